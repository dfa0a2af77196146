"""Parsing as a job for another process: plain data in, plain data out, and no Django."""

import copyreg
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from time import perf_counter
from typing import NamedTuple

from threads.wikitext import ParsedPage, ParseOptions, model, parse_page
from threads.wikitext.collector import collector_at_rest


class Reading(NamedTuple):
    """A page that was read."""

    parsed: ParsedPage
    seconds: float  # that it took


class Page(NamedTuple):
    """A page to be read."""

    title: str
    text: str


def read_all(pages: Sequence[Page], options: ParseOptions) -> list[Reading]:
    """What each of these wikitexts makes, in their order."""
    with collector_at_rest():
        return [read(page.text, page.title, options) for page in pages]


def read(text: str, title: str, options: ParseOptions) -> Reading:
    """The page that a wikitext makes; see `parse_page`."""
    begin = perf_counter()
    parsed = parse_page(text, title=title, **options)
    return Reading(parsed, perf_counter() - begin)


def _hand_over_by_place(kind: type) -> None:
    """Have these packed for another process as their fields' values in order.

    That takes half the time that dataclasses take with their fields named one by one.
    """
    values = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda one: (kind, values(one)))


for kind in (model.ParsedPage, model.Section, model.Comment, model.Unsigned, model.Signature):
    _hand_over_by_place(kind)
