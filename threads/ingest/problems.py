"""What the parser noticed, in the language of whoever reads it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from threads.wikitext import PROBLEM_MESSAGES, PROBLEM_SENTENCES


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """A problem's message, translated with what is filled into it.

    In: a problem as revisions keep it, in English. One that the parser of today does not say
    comes back as it is.
    """
    kept = str(problem["message"])
    written = PROBLEM_MESSAGES.get(problem["code"], "")
    values = _values(written, kept)
    if values is None:
        return kept
    return gettext(written).format(**{name: _sentence(value) for name, value in values.items()})


def _sentence(value: str) -> str:
    """A value, translated where it is a sentence of ours."""
    for written in PROBLEM_SENTENCES:
        values = _values(written, value)
        if values is not None:
            return gettext(written).format(**values)
    return value


def _values(written: str, kept: str) -> dict[str, str] | None:
    """What was filled into a message; None where the text is not made from it."""
    parts = re.split(r"\{(\w+)\}", written)
    pattern = "".join(
        f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, kept, re.DOTALL)
    return found.groupdict() if found else None
