"""Parsing as a job for another process: plain data in, plain data out, and no Django.

What the index has of each text is made ready here too: the one process that writes has enough
to do.
"""

import copyreg
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from time import perf_counter
from typing import NamedTuple, ParamSpec, TypeVar

from threads.search.tokens.folding import words_of
from threads.wikitext import PARSER_VERSION, ParsedPage, ParseOptions, model, parse_page
from threads.wikitext.collector import collector_at_rest

Given = ParamSpec("Given")
Result = TypeVar("Result")


class UnparsedPage(NamedTuple):
    """A page's full title and its whole wikitext."""

    title: str
    text: str


class TimedParse(NamedTuple):
    """What parsing a page made of it."""

    parsed: ParsedPage
    seconds: float  # that it took
    words: dict[str, str]  # by text of a comment or an unsigned text, what the index has of it


class OtherParser(RuntimeError):
    """This machine's parser is not that of the machine that asks."""


def parse_pages(pages: Sequence[UnparsedPage], options: ParseOptions) -> list[TimedParse]:
    """What each of the pages is, in their order; see `parse_page`."""
    with collector_at_rest():
        return [_timed_parse(page, options) for page in pages]


def with_parser(
    version: str, fn: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> Result:
    """Do it where another machine asks for it. In: the PARSER_VERSION there. Raises OtherParser."""
    if version != PARSER_VERSION:
        raise OtherParser(f"{PARSER_VERSION} != {version}")
    return fn(*args, **kwargs)


def _timed_parse(page: UnparsedPage, options: ParseOptions) -> TimedParse:
    begin = perf_counter()
    parsed = parse_page(page.text, title=page.title, **options)
    texts = (item.text for item in parsed.items if not isinstance(item, model.Section))
    words = {text: words_of(text) for text in texts}
    return TimedParse(parsed, perf_counter() - begin, words)


def _hand_over_by_place(kind: type) -> None:
    """Have these packed for another process as their fields' values in order.

    That takes half the time that dataclasses take with their fields named one by one.
    """
    values = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda one: (kind, values(one)))


for kind in (model.ParsedPage, model.Section, model.Comment, model.Unsigned, model.Signature):
    _hand_over_by_place(kind)
