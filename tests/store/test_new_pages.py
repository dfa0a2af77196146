"""Many new pages at once: the same rows as one by one, in few statements."""

import gc
import weakref
from collections.abc import Sequence
from datetime import UTC, datetime
from zlib import crc32

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.rows import rows_of
from threads.edits import Edit, RevisionFacts
from threads.models import Author, Comment, Repair, TalkPage, Wiki
from threads.search.index.names import Kind, find_names
from threads.search.index.texts import entries, newest
from threads.search.tokens.terms import IndexQuery, Term
from threads.store import Counts, NewPage, authors, store_new_pages, store_page
from threads.wikitext import parse_page

ADA = "[[User:Ada]] 10:00, 1 May 2019 (UTC)"
BEN = "[[User:Ben]] ([[User talk:Ben|talk]]) 11:00, 1 May 2019 (UTC)"
TEXTS = {
    "Talk:Lamps": f"Nobody signed.\n== Lamps ==\nLit? {ADA}\n:Yes. {BEN}\n=== Oil ===\nNone. {BEN}",
    "Talk:Piers": f"== Piers ==\nLong? {ADA}\n\nNot signed.\n== Lamps ==\nLit? {ADA}",
    "Talk:Empty": "",
    "Talk:Oil": "Who has taken all of the oil?\n\nNobody has.\n",
    "Talk:Rope": "Rope? {{unsigned|Eve}}\n:None. [[User:Ben|Ben]] 11 March 2003\n",
    "Talk:Boats": f"== Lamps ==\nLit? {ADA}\n::No. {BEN}\n",
}


EDIT = Edit("Ben", "asks", minor=True, parent_number=0)


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


@pytest.fixture
def other(db: None) -> Wiki:
    return Wiki.objects.create(dbname="otherwiki")


def new_pages(texts: dict[str, str] = TEXTS, first: int = 1) -> list[NewPage]:
    """Pages to be stored; their revisions are numbered from `first` on."""
    when = datetime(2019, 6, 1, tzinfo=UTC)
    pages = []
    for number, (title, text) in enumerate(texts.items(), first):
        facts = RevisionFacts(number, when, crc32(title.encode()), EDIT)
        pages.append(NewPage(parse_page(text, title=title), text, facts))
    return pages


def one_by_one(wiki: Wiki, pages: Sequence[NewPage]) -> list[Counts]:
    return [store_page(wiki, page.parsed, page.text, page.facts).counts for page in pages]


def test_pages_stored_together_have_the_rows_of_pages_stored_one_by_one(
    wiki: Wiki, other: Wiki
) -> None:
    counts = one_by_one(other, new_pages())

    stored = store_new_pages(wiki, new_pages())

    assert rows_of(wiki) == rows_of(other)
    assert [each.counts for each in stored] == counts
    assert [each.page.title for each in stored] == list(TEXTS)
    assert sum(each.moved for each in counts) == 2, "known from the pages before"


def test_what_was_stored_goes_without_the_collector(wiki: Wiki) -> None:
    gc.disable()
    try:
        kept = [weakref.ref(each.revision) for each in store_new_pages(wiki, new_pages())]
        gone = [each() is None for each in kept]
    finally:
        gc.enable()

    assert gone == [True] * len(TEXTS)


def test_pages_can_follow_others_and_be_followed(wiki: Wiki, other: Wiki) -> None:
    first, *rest = new_pages()
    for each, store in ((wiki, store_new_pages), (other, one_by_one)):
        one_by_one(each, [first])
        store(each, rest)
        again = {"Talk:Boats": f"== Lamps ==\nLit? {ADA}\n::No! {BEN}\n", "Talk:Late": "x"}
        one_by_one(each, new_pages(again, 10))

    assert rows_of(wiki) == rows_of(other)


def test_what_was_set_right_follows_its_comment_to_new_pages(wiki: Wiki) -> None:
    store_new_pages(wiki, new_pages({"Talk:Lamps": TEXTS["Talk:Lamps"]}))
    comment = Comment.objects.get(author__name="Ada")
    Repair.objects.create(
        page=comment.page,
        kind=Repair.Kind.AUTHOR,
        target=comment.ident,
        name=comment.name,
        text=comment.text,
        value={"author": "Ada Lantern"},
    )

    store_new_pages(wiki, new_pages({"Talk:Archive": TEXTS["Talk:Lamps"]}, 2))

    assert Author.objects.filter(comments__page__title="Talk:Archive", name="Ada Lantern").exists()


def test_the_number_of_statements_does_not_grow_with_the_pages(wiki: Wiki) -> None:
    def statements(titles: Sequence[str], first: int) -> int:
        pages = new_pages(dict.fromkeys(titles, TEXTS["Talk:Lamps"]), first)
        with CaptureQueriesContext(connection) as queries:
            store_new_pages(wiki, pages)
        return len(queries)

    statements(["Talk:First"], 1)
    assert statements(["Talk:A", "Talk:B"], 10) == statements(["Talk:C", "Talk:D", "Talk:E"], 20)


def test_a_page_that_is_there_is_refused_and_nothing_is_written(wiki: Wiki) -> None:
    one_by_one(wiki, new_pages({"Talk:Boats": "x"}))

    with pytest.raises(IntegrityError):
        store_new_pages(wiki, new_pages())

    assert TalkPage.objects.count() == 1
    assert not Comment.objects.exists()


def test_new_pages_are_found_by_their_words(wiki: Wiki) -> None:
    store_new_pages(wiki, new_pages())

    found = entries(newest(IndexQuery(((Term(("long",)),),)), limit=9).keys)
    assert [entry.page_id for entry in found] == [TalkPage.objects.get(title="Talk:Piers").pk]
    assert [name.text for name in find_names("piers", kinds=[Kind.TOPIC], limit=9)] == ["Piers"]


def test_an_author_whom_another_import_adds_in_this_moment_is_the_same(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = Author.objects.create(wiki=wiki, name="Ada")
    looked_up, answers = authors._known, [dict[str, int]()]  # she is not there yet, at first
    monkeypatch.setattr(
        authors, "_known", lambda *asked: answers.pop() if answers else looked_up(*asked)
    )

    store_new_pages(wiki, new_pages())

    assert Author.objects.filter(name="Ada").get() == ada
    assert Comment.objects.filter(author=ada).count() == 4
