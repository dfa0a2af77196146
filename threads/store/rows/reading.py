"""Wikitext read as its wiki has it."""

from collections.abc import Callable
from typing import TypeAlias

from threads.models import Wiki
from threads.wikitext import ParsedPage, ParseOptions, parse_page

# What `read_text` takes and gives, by whoever has read the text before.
ReadText: TypeAlias = Callable[[Wiki, str, str], ParsedPage]


def read_text(wiki: Wiki, title: str, text: str) -> ParsedPage:
    """A page's wikitext, parsed with its wiki's language, time zone and profile.

    Raises UnknownLanguage, UnknownTimezone and BadProfile.
    """
    return parse_page(text, title=title, **parse_options(wiki))


def parse_options(wiki: Wiki) -> ParseOptions:
    """How the wiki's pages are to be read."""
    return {
        "language": wiki.language,
        "timezone": wiki.timezone,
        "profile": wiki.profile,
        "wiki": wiki.known_as,
    }
