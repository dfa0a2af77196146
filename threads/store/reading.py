"""Wikitext read as its wiki has it."""

from threads.models import Wiki
from threads.wikitext import ParsedPage, parse_page


def read_text(wiki: Wiki, title: str, text: str) -> ParsedPage:
    """A page's wikitext, parsed with its wiki's language, time zone and profile.

    Raises UnknownLanguage, UnknownTimezone and BadProfile.
    """
    return parse_page(
        text,
        title=title,
        language=wiki.language,
        timezone=wiki.timezone,
        profile=wiki.profile,
        wiki=wiki.known_as,
    )
