"""What the archive remembers of a comment: where it came from, and what happened since."""

from tests.store.conftest import Store
from threads.models import Change, Comment, Revision
from threads.store import delete_pages, replay

ASK = "Shall we light both? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
LATER = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
KEEPS = LATER.replace("tends", "keeps")


def log() -> list[tuple[str, str, int | None]]:
    """Whom it happened to, what, and in which revision."""
    changes = Change.objects.order_by("revision__number", "pk")
    return list(changes.values_list("comment__author__name", "kind", "revision__number"))


def first_seen() -> dict[str, int | None]:
    return dict(Comment.objects.values_list("author__name", "first_revision__number"))


def test_a_comment_knows_the_revision_in_which_it_was_first_seen(store: Store) -> None:
    store(ASK, number=1)
    store(ASK + LATER, number=2)
    store(ASK + KEEPS, number=3)

    assert first_seen() == {"Ada": 1, "Cem": 2}


def test_an_edited_comment_keeps_its_earlier_text(store: Store) -> None:
    store(ASK + LATER, number=1)
    store(ASK + KEEPS, number=2)

    change = Change.objects.get()
    assert log() == [("Cem", "changed", 2)]
    assert (change.text, change.html) == ("Who tends them?", "<p>Who tends them?</p>")


def test_leaving_and_coming_back_are_noted(store: Store) -> None:
    store(ASK + LATER, number=1)
    store(ASK, number=2)
    store(ASK, number=3)
    store(ASK + KEEPS, number=4)

    assert log() == [("Cem", "left", 2), ("Cem", "returned", 4), ("Cem", "changed", 4)]


def test_the_same_revision_again_is_no_change(store: Store) -> None:
    store(ASK, number=1)
    Comment.objects.update(text="as an earlier parser had it")

    store(ASK, number=1)

    assert log() == []


def test_what_a_better_parser_reads_in_a_later_revision_is_no_change(store: Store) -> None:
    store(ASK, number=1)
    Comment.objects.update(text="as an earlier parser had it")

    store(ASK + LATER, number=2)

    assert log() == []


def test_a_comment_that_only_changes_its_place_did_not_change(store: Store) -> None:
    store(ASK + LATER, number=1)
    store(LATER + ASK, number=2)

    assert log() == []


def everything() -> list[tuple[object, ...]]:
    """All that is known of comments, but their keys."""
    fields = ("ident", "is_current", "position", "text", "revision__number", "section__heading")
    comments = Comment.objects.order_by("ident").values_list(
        *fields, "first_revision__number", "parent__ident"
    )
    return [*comments, *log()]


VERSIONS = [
    ASK,
    f"{ASK}{LATER}",
    f"== Lamps ==\n{ASK}== Keepers ==\n{LATER}:Ben does. [[User:Ben]] 10:00, 2 May 2019 (UTC)\n",
    f"== Lamps ==\n{ASK}",
    f"== Both lamps ==\n{ASK}== Keepers ==\n{KEEPS}",
]


def test_older_revisions_that_come_late_leave_the_same_as_in_order(store: Store) -> None:
    for number, text in enumerate(VERSIONS, 1):
        page = store(text, number=number).page
    expected = everything()
    delete_pages([page])

    for number, text in sorted(enumerate(VERSIONS, 1), key=lambda pair: pair[0] % 3):
        page = store(text, number=number).page
    replay(page)

    assert everything() == expected


def test_a_replay_changes_nothing_that_came_in_order(store: Store) -> None:
    for number, text in enumerate(VERSIONS, 1):
        page = store(text, number=number).page
    before = [list(Comment.objects.order_by("pk").values()), log()]

    replay(page)

    assert [list(Comment.objects.order_by("pk").values()), log()] == before


def test_a_replay_leaves_the_current_revision_current(store: Store) -> None:
    store(ASK + LATER, number=5)
    page = store(ASK, number=1).page

    replay(page)

    page.refresh_from_db()
    assert page.current_revision == Revision.objects.get(number=5)
    assert page.comment_count == 2
    assert first_seen() == {"Ada": 1, "Cem": 5}
