"""Parsing as a job for another process: plain data in, plain data out, and no Django."""

import copyreg
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from time import perf_counter
from typing import Any, NamedTuple

from threads.wikitext import ParsedPage, model, parse_page
from threads.wikitext.collector import collector_at_rest


@dataclass(frozen=True, slots=True)
class Manner:
    """How a wiki's pages are to be read; the fields are the wiki's."""

    language: str
    timezone: str
    known_as: str
    profile: Mapping[str, Any] = field(default_factory=dict)


class Reading(NamedTuple):
    """A page that was read."""

    parsed: ParsedPage
    seconds: float  # that it took


class Page(NamedTuple):
    """A page to be read."""

    title: str
    text: str


def read_all(pages: Sequence[Page], manner: Manner) -> list[Reading]:
    """What each of these wikitexts makes, in their order."""
    with collector_at_rest():
        return [read(page.text, page.title, manner) for page in pages]


def read(text: str, title: str, manner: Manner) -> Reading:
    """The page that a wikitext makes; see `parse_page`."""
    begin = perf_counter()
    parsed = parse_page(
        text,
        title=title,
        language=manner.language,
        timezone=manner.timezone,
        profile=manner.profile,
        wiki=manner.known_as,
    )
    return Reading(parsed, perf_counter() - begin)


def _hand_over_by_place(kind: type) -> None:
    """Have these packed for another process as their fields' values in order.

    That takes half the time that dataclasses take with their fields named one by one.
    """
    values = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda one: (kind, values(one)))


for kind in (model.ParsedPage, model.Section, model.Comment, model.Unsigned, model.Signature):
    _hand_over_by_place(kind)
