"""Pages that were moved on their wiki, and comments that were moved between pages."""

from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.store.conftest import TITLE, Store
from threads.edits import RevisionFacts
from threads.models import Comment, FormerTitle, ImportItem, ImportRun, TalkPage, Wiki
from threads.models.wiki.wikis import title_on_wiki
from threads.store import Counts, Stored, compare_page, settle, settle_dry
from threads.wikitext import parse_page

ASK = "Shall we light both? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
LATER = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
ARCHIVE = f"{TITLE}/Archive 1"


def titles() -> dict[int | None, str]:
    return dict(TalkPage.objects.values_list("number", "title"))


def test_a_page_keeps_its_rows_when_it_is_moved(store: Store) -> None:
    before = store(ASK, page_number=7).page

    stored = store(ASK + LATER, title="Talk:Lamps", page_number=7)

    assert stored.page.pk == before.pk
    assert stored.counts == Counts(new=1, unchanged=1)
    assert titles() == {7: "Talk:Lamps"}
    assert FormerTitle.objects.get().title == TITLE
    assert FormerTitle.objects.get().page == stored.page


def test_a_page_learns_its_number(store: Store) -> None:
    store(ASK)

    store(ASK, page_number=7)

    assert titles() == {7: TITLE}


def test_without_a_number_the_title_tells(store: Store) -> None:
    store(ASK, page_number=7)

    assert store(ASK).counts == Counts(unchanged=1)
    assert titles() == {7: TITLE}


def test_another_page_under_the_same_title_is_another_page(store: Store) -> None:
    store(ASK, page_number=7)

    stored = store(LATER, page_number=9)

    assert stored.counts == Counts(new=1)
    assert titles() == {7: f"{TITLE} [page 7]", 9: TITLE}
    assert title_on_wiki(titles()[7]) == "Special:Redirect/page/7"


@pytest.mark.parametrize("archive_first", [True, False])
def test_a_page_that_was_moved_to_its_archive_makes_room_for_a_new_one(
    store: Store, archive_first: bool
) -> None:
    store(ASK, page_number=7)
    imports = [(ASK, ARCHIVE, 7), (LATER, TITLE, 9)]

    for text, title, number in imports if archive_first else reversed(imports):
        store(text, title=title, page_number=number)

    assert titles() == {7: ARCHIVE, 9: TITLE}


def test_two_pages_may_swap_their_titles(store: Store) -> None:
    store(ASK, page_number=7)
    store(LATER, title="Talk:Lamps", page_number=9)

    store(ASK, title="Talk:Lamps", page_number=7)
    store(LATER, title=TITLE, page_number=9)

    assert titles() == {7: "Talk:Lamps", 9: TITLE}


def test_a_page_without_number_makes_way_for_the_one_that_was_moved_there(store: Store) -> None:
    pasted = store(LATER, title="Talk:Lamps").page
    store(ASK, page_number=7)

    store(ASK, title="Talk:Lamps", page_number=7)

    assert titles() == {None: f"Talk:Lamps [earlier page {pasted.pk}]", 7: "Talk:Lamps"}


def test_comparing_knows_a_moved_page_and_leaves_its_title(wiki: Wiki, store: Store) -> None:
    store(ASK, page_number=7)

    compared = compare_page(
        wiki, parse_page(ASK, title="Talk:Lamps"), ASK, RevisionFacts(page_number=7)
    )

    assert compared.counts == Counts(unchanged=1)
    assert titles() == {7: TITLE}


def record(run: ImportRun, stored: Stored) -> ImportItem:
    """What an import notes down of a page."""
    return ImportItem.objects.create(
        run=run,
        title=stored.page.title,
        page=stored.page,
        revision=stored.revision,
        counts=asdict(stored.counts),
    )


@pytest.mark.parametrize("archive_first", [True, False])
def test_an_archived_comment_is_counted_once(wiki: Wiki, store: Store, archive_first: bool) -> None:
    store(ASK + LATER, number=1)
    run = ImportRun.objects.create(source="test", wiki=wiki)
    versions = [(ASK, TITLE), (LATER, ARCHIVE)]

    items = {
        title: record(run, store(text, title=title, number=number))
        for number, (text, title) in enumerate(versions[:: -1 if archive_first else 1], 2)
    }
    settle(run)
    settle(run)

    for item in items.values():
        item.refresh_from_db()
    assert items[TITLE].counts["left"] == items[ARCHIVE].counts["moved"] == 1
    assert items[TITLE].counts["gone"] == items[ARCHIVE].counts["new"] == 0


def test_what_stands_nowhere_else_is_gone(wiki: Wiki, store: Store) -> None:
    store(ASK + LATER, number=1)
    run = ImportRun.objects.create(source="test", wiki=wiki)
    item = record(run, store(ASK, number=2))

    settle(run)

    item.refresh_from_db()
    assert (item.counts["gone"], item.counts["left"]) == (1, 0)


def test_a_comment_of_the_same_name_with_another_text_did_not_move(store: Store) -> None:
    store(LATER)

    assert store(LATER.replace("tends", "keeps"), title=ARCHIVE).counts == Counts(new=1)


def test_white_space_does_not_make_another_comment(store: Store) -> None:
    store(LATER)

    assert store(LATER.replace("Who ", "Who\n"), title=ARCHIVE).counts == Counts(moved=1)


def test_the_same_comment_on_another_wiki_did_not_move(wiki: Wiki, store: Store) -> None:
    store(LATER)
    other = Wiki.objects.create(dbname="otherwiki")

    compared = compare_page(other, parse_page(LATER, title=TITLE), LATER)

    assert compared.counts == Counts(new=1)


def test_a_dry_run_tells_what_moves_as_the_import_itself(wiki: Wiki, store: Store) -> None:
    store(ASK + LATER)

    tallies = {
        title: compare_page(wiki, parse_page(text, title=title), text).tally
        for title, text in ((TITLE, ASK), (ARCHIVE, LATER))
    }

    assert settle_dry(tallies) == {
        TITLE: Counts(unchanged=1, left=1),
        ARCHIVE: Counts(moved=1),
    }


def test_settling_asks_the_same_for_few_comments_and_for_many(wiki: Wiki, store: Store) -> None:
    def queries(comments: int) -> int:
        title = f"Talk:{comments}"
        text = "".join(f"{i} [[User:U{i}]] 10:00, 1 May 2019 (UTC)\n\n" for i in range(comments))
        store(text, title=title, number=1)
        run = ImportRun.objects.create(source="test", wiki=wiki)
        record(run, store("", title=title, number=2))
        with CaptureQueriesContext(connection) as captured:
            settle(run)
        return len(captured)

    assert queries(3) == queries(100)
    assert not Comment.objects.current().exists()
