"""Talk pages as wikitext in, threads out. Pure Python: it does not need Django."""

from collections.abc import Mapping
from typing import Any

from .collector import collector_at_rest
from .model import ParsedPage
from .pipeline import STAGES, page_of
from .site.languages import UnknownLanguage, UnknownTimezone, profile_for
from .site.overrides import BadProfile

__all__ = [
    "PARSER_VERSION",
    "BadProfile",
    "ParsedPage",
    "UnknownLanguage",
    "UnknownTimezone",
    "parse_page",
]

# Stored with what was parsed; a change here tells that a reparse would give other rows.
PARSER_VERSION = "3"


def parse_page(
    text: str,
    *,
    title: str,
    language: str = "en",
    timezone: str = "UTC",
    profile: Mapping[str, Any] | None = None,
    wiki: str = "",
) -> ParsedPage:
    """Read a talk page.

    In: its whole wikitext, its full title, MediaWiki's code of the wiki's language, the IANA
    name of its time zone, what the wiki has of its own (see languages.profile_for), and its
    database name, by which one of Wikimedia's wikis is known.
    Out: its items, whose spans are a partition of the text, and what is odd about them.
    Raises UnknownLanguage, UnknownTimezone and BadProfile; never for what the text holds.
    """
    page = page_of(text, title, profile_for(language, timezone, profile, wiki))
    with collector_at_rest():
        for stage in STAGES:
            stage(page)
    return ParsedPage(
        page.title,
        page.profile.language,
        timezone,
        tuple(page.items),
        tuple(page.closures),
        tuple(page.boxes),
        tuple(page.problems),
    )
