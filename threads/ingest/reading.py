"""Parsing as a job for another process: plain data in, plain data out, and no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

from threads.wikitext import ParsedPage, parse_page


@dataclass(frozen=True, slots=True)
class Manner:
    """How a wiki's pages are to be read; the fields are the wiki's."""

    language: str
    timezone: str
    dbname: str
    profile: Mapping[str, Any] = field(default_factory=dict)


class Reading(NamedTuple):
    """A page that was read."""

    parsed: ParsedPage
    seconds: float  # that it took


def read(text: str, title: str, manner: Manner) -> Reading:
    """The page that a wikitext makes; see `parse_page`."""
    begin = perf_counter()
    parsed = parse_page(
        text,
        title=title,
        language=manner.language,
        timezone=manner.timezone,
        profile=manner.profile,
        wiki=manner.dbname,
    )
    return Reading(parsed, perf_counter() - begin)
