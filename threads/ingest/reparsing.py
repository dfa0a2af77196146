"""Reading pages again from their kept wikitext, with the parser of today."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.db.models import QuerySet

from threads.models import Revision, TalkPage
from threads.store import Stored, compare_page, facts_of, parse_options, store_page
from threads.wikitext import PARSER_VERSION, ParsedPage

from .database import persistently, room_to_write
from .errors import ImportStopped
from .runs.parse_job import UnparsedPage
from .runs.parser_pool import ParseFuture, ParserPool
from .runs.stream import ahead

ReparseOutcome = Stored | Exception


def stale(pages: QuerySet[TalkPage]) -> QuerySet[TalkPage]:
    """Those of these pages that an earlier parser read."""
    return pages.exclude(current_revision__parser_version=PARSER_VERSION)


def reparse_all(
    keys: Iterable[int], pool: ParserPool, *, dry: bool = False
) -> Iterator[tuple[TalkPage, ReparseOutcome]]:
    """The same for the pages of these keys; with `dry`, only what would become of them.

    `pool` parses ahead. Out: each page with what became of it, or with the error that left
    it as it was. Raises ImportStopped where the archive cannot be written.
    """
    pages = TalkPage.objects.select_related("wiki", "current_revision")

    def begin(page: TalkPage) -> ParseFuture:
        text = _current(page).text
        return pool.submit([UnparsedPage(page.title, text)], parse_options(page.wiki))[0]

    each = (pages.get(pk=key) for key in keys)
    with room_to_write():
        for page, future in ahead(each, begin, pool.ahead):
            outcome: ReparseOutcome
            try:
                parsed = pool.result(future).parsed
                outcome = persistently(partial(_store, page, parsed, future.page.text, dry=dry))
            except ImportStopped:
                raise
            except Exception as error:  # the others are to be read all the same
                outcome = error
            yield page, outcome


def _current(page: TalkPage) -> Revision:
    if page.current_revision is None:
        raise ValueError(f"{page} has no revision to read.")
    return page.current_revision


def _store(page: TalkPage, parsed: ParsedPage, text: str, *, dry: bool = False) -> Stored:
    facts = facts_of(_current(page))
    return (compare_page if dry else store_page)(page.wiki, parsed, text, facts)
