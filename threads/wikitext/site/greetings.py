"""Words with which people close what they write, before their name (data/greetings.json)."""

import re
from functools import cache

from threads.wikitext.markup.alternatives import any_of

from .tables import table


def ends_with_greeting(text: str) -> bool:
    """Whether a text ends with such words, in whatever language, that stand on a line of their
    own or behind a sentence."""
    return _greeting().search(text) is not None


@cache
def _greeting() -> re.Pattern[str]:
    words = (word for many in table("greetings").values() for word in many)
    return re.compile(rf"(?:\A|\n|[.!?…,;:。！？،)])\s*{any_of(words)}\W*\Z", re.IGNORECASE)
