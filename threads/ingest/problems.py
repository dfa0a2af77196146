"""What the parser noticed, in the language of whoever reads it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from threads.wikitext import PROBLEM_MESSAGES


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """A problem's message, translated with what is filled into it.

    In: a problem as revisions keep it, in English. One that the parser of today does not say
    comes back as it is.
    """
    kept = str(problem["message"])
    written = PROBLEM_MESSAGES.get(problem["code"], kept)
    parts = re.split(r"\{(\w+)\}", written)
    pattern = "".join(
        f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, kept, re.DOTALL)
    return gettext(written).format(**found.groupdict()) if found else kept
