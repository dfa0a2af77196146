"""Finding what was said, on both databases: what a query finds, in which order, how many."""

from datetime import UTC, datetime

import pytest

from tests.views.writing import Comment, Section, write_page
from threads import models
from threads.search.finding import OLDEST, PAGE_LENGTH, Found, find
from threads.search.index.texts import entries
from threads.search.query.parsing import read_query
from threads.store.index.indexing import index_page

pytestmark = pytest.mark.django_db


def search(typed: str, **how: object) -> Found:
    return find(read_query(typed), list(models.Wiki.objects.all()), **how)  # type: ignore[arg-type]


def found(typed: str, **how: object) -> list[str]:
    rows = entries(search(typed, **how).keys)
    texts = models.Comment.objects.in_bulk([row.comment_id for row in rows if row.comment_id])
    return [texts[row.comment_id].text for row in rows if row.comment_id]


def change(word: str, **values: object) -> None:
    """Change the comment with this word, as the store does."""
    comment = models.Comment.objects.get(text__contains=word)
    models.Comment.objects.filter(pk=comment.pk).update(**values)
    index_page(comment.page)


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    write_page(
        "Talk:Bridges",
        Section(
            "Repairs",
            Comment("Ada", "The lamps of the old bridge are out."),
            Comment("Ben", "There is oil for one lamp, 100% sure."),
            Comment("Cem", "港の灯台が消えた"),
            Comment("Dee", "Die Straße über den Fluß"),
            Comment("Esi", "यह हिन्दी है"),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("lamp", 1),
        ("lamp*", 2),
        ('"lamp"', 1),
        ("lam", 2),  # nothing has the word
        ("LAMPS bridge", 1),
        ("ben oil", 1),
        ("oil 2019", 1),
        ('"old bridge"', 1),
        ('"bridge old"', 0),
        ("lamp* -oil", 1),
        ("-oil", 4),
        ("灯台", 1),
        ("lamp* -灯台", 2),
        ("100%", 1),
        ("straße", 1),
        ("हिन्दी", 1),
        ("हि", 1),
        ("nowhere", 0),
        ("'); DROP", 0),
        ("lamp NOT oil", 0),
        ("th* OR (", 0),
    ],
)
def test_comments_are_found_by_their_words(typed: str, number: int) -> None:
    assert len(found(typed)) == search(typed).total == number


@pytest.mark.parametrize("typed", ["partnerships", "2018", "movement/2018-20", "example", '"b"'])
def test_words_stand_by_themselves_in_paths_hosts_and_tags(typed: str) -> None:
    write_page(
        "Talk:X", Section("A", Comment("Eve", "At wiki.example: Movement/2018-20/Partnerships <b>"))
    )

    assert len(found(typed)) == 1


def test_what_left_its_page_is_not_found() -> None:
    change("oil", is_current=False)

    assert found("oil") == []


def test_a_changed_text_is_found_by_its_new_words_only() -> None:
    change("oil", text="There is none.")

    assert found("oil") == []
    assert found("none") == ["There is none."]


def test_a_deleted_comment_is_not_found() -> None:
    models.Comment.objects.filter(text__contains="oil").delete()

    assert found("oil") == []


def test_the_newest_comes_first_unless_the_oldest_is_wanted() -> None:
    newest = found("lamp*")

    assert newest[0].startswith("There is oil")
    assert found("lamp*", order=OLDEST) == newest[::-1]


def test_results_come_in_pages() -> None:
    said = [
        Comment("Eve", f"wick {number}", at=datetime(2020, 1, 1 + number, tzinfo=UTC))
        for number in range(PAGE_LENGTH + 5)
    ]
    write_page("Talk:Wicks", Section("A", *said))

    first = search("wick")
    second = search("wick", after=first.following)

    assert (len(first.keys), first.total) == (PAGE_LENGTH, PAGE_LENGTH + 5)
    assert (len(second.keys), second.following, second.total) == (5, None, PAGE_LENGTH + 5)


def test_a_query_of_nothing_finds_nothing() -> None:
    assert search(" ?! ").meaning.asked is None
    assert search(" ?! ").total == 0


def test_a_text_of_any_length_can_be_kept_and_searched() -> None:
    words = " ".join(f"oil{number}" for number in range(300_000))
    change("oil", text=f"beginning {words}")

    assert search("beginning").total == 1
