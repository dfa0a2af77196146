"""A page read again: comments and sections keep their rows, whatever was done around them."""

from tests.store.conftest import (
    ANSWER,
    ASK,
    DEEPER,
    LATER,
    PAGE,
    Store,
    comment_by,
)
from threads.models import (
    Comment,
    FormerId,
    Section,
)
from threads.store import Counts


def test_a_new_comment_leaves_the_others_their_keys(store: Store) -> None:
    store(PAGE)
    keys = set(Comment.objects.values_list("pk", flat=True))

    stored = store(PAGE.replace(DEEPER, DEEPER + ":No. [[User:Dag]] 13:00, 1 May 2019 (UTC)\n"))

    assert stored.counts == Counts(new=1, unchanged=4)
    assert keys < set(Comment.objects.values_list("pk", flat=True))
    assert {row.revision_id for row in Comment.objects.all()} == {stored.revision.pk}


def test_an_edited_comment_is_changed_in_place(store: Store) -> None:
    store(PAGE)
    key = comment_by("Cem").pk

    stored = store(PAGE.replace("Who tends them?", "Who keeps them?"))

    assert stored.counts == Counts(changed=1, unchanged=3)
    assert Comment.objects.get(pk=key).text == "Who keeps them?"


def test_comments_that_change_places_keep_their_keys(store: Store) -> None:
    store(PAGE)
    keys = dict(Comment.objects.values_list("ident", "pk"))

    store(f"== Keepers ==\n{LATER}== Lamps ==\n{ASK}{ANSWER}{DEEPER}")

    assert dict(Comment.objects.values_list("ident", "pk")) == keys
    assert comment_by("Cem").position == 1


def test_a_renamed_heading_keeps_its_comments_and_their_old_ids(store: Store) -> None:
    store(PAGE)
    ask = comment_by("Ada", text__startswith="Shall")
    section = Section.objects.get(heading="Lamps")

    stored = store(PAGE.replace("== Lamps ==", "== The two lamps =="))

    renamed = Comment.objects.get(pk=ask.pk)
    assert renamed.ident == "c-Ada-2019-05-01T10:00:00.000Z-The_two_lamps"
    assert FormerId.objects.get().ident == ask.ident
    assert FormerId.objects.get().comment == renamed
    assert Section.objects.get(heading="The two lamps").pk == section.pk
    assert stored.counts == Counts(changed=1, unchanged=3)


def test_a_renamed_heading_remembers_what_it_was_called(store: Store) -> None:
    store(PAGE)
    lamps = Section.objects.get(heading="Lamps")

    store(PAGE.replace("== Lamps ==", "== The two lamps =="))
    store(PAGE.replace("== Lamps ==", "== Both lamps =="))

    assert Section.objects.get(pk=lamps.pk).former_ids == [
        "h-Lamps-2019-05-01T10:00:00.000Z",
        "Lamps",
        "h-The_two_lamps-2019-05-01T10:00:00.000Z",
        "The_two_lamps",
    ]


def test_what_another_heading_is_called_now_is_its_own(store: Store) -> None:
    store(PAGE)
    renamed = PAGE.replace("== Lamps ==", "== Both ==")
    store(renamed)

    store(f"{renamed}== Lamps ==\nOil? [[User:Dag]] 10:00, 3 May 2019 (UTC)\n")

    assert Section.objects.get(heading="Both").former_ids == ["h-Lamps-2019-05-01T10:00:00.000Z"]


def test_a_comment_edited_under_a_renamed_heading_is_still_the_same(store: Store) -> None:
    store(PAGE)
    key = comment_by("Cem").pk

    store(PAGE.replace("== Keepers ==\nWho tends", "== Wardens ==\nWho keeps"))

    assert comment_by("Cem").pk == key
    assert comment_by("Cem").text == "Who keeps them?"


def test_a_heading_renamed_back_leaves_no_former_id_of_its_own(store: Store) -> None:
    store(PAGE)
    ident = comment_by("Ada", text__startswith="Shall").ident
    store(PAGE.replace("== Lamps ==", "== The two lamps =="))

    store(PAGE)

    assert not FormerId.objects.filter(ident=ident).exists()
    assert FormerId.objects.get().comment.ident == ident


def test_a_comment_that_is_gone_stays_readable(store: Store) -> None:
    first = store(PAGE)

    stored = store(PAGE.replace(f"== Keepers ==\n{LATER}", ""))

    gone = comment_by("Cem")
    assert not gone.is_current
    assert gone.revision == first.revision
    assert "Who tends them?" in gone.source
    assert gone.section.heading == "Keepers"
    assert stored.counts == Counts(unchanged=3, gone=1)
    assert stored.page.latest_comment == comment_by("Ada", text="Both.")


def test_a_comment_comes_back_with_its_text(store: Store) -> None:
    store(PAGE)
    key = comment_by("Cem").pk
    store(PAGE.replace(LATER, ""))

    stored = store(PAGE)

    assert stored.counts == Counts(unchanged=3, returned=1)
    assert Comment.objects.get(pk=key).is_current


def test_a_comment_comes_back_under_another_heading(store: Store) -> None:
    store(PAGE)
    key = comment_by("Cem").pk
    store(PAGE.replace(LATER, ""))

    store(f"== Lamps ==\n{ASK}== Archive ==\n{LATER}")

    assert Comment.objects.get(pk=key).section.heading == "Archive"


def test_a_page_may_become_empty_of_discussion(store: Store) -> None:
    store(PAGE)

    stored = store("")

    assert stored.counts == Counts(gone=4, problems=1)
    assert stored.page.latest_comment is None
    assert stored.page.topic_count == 0
    assert not Section.objects.current().filter(heading_level=2).exists()


def test_a_new_topic_does_not_take_over_one_of_the_same_name_that_is_gone(store: Store) -> None:
    store(PAGE)
    store(PAGE.replace(f"== Keepers ==\n{LATER}", ""))
    gone = comment_by("Cem")

    store(f"{PAGE.replace(LATER, '')}Again? [[User:Dag]] 09:00, 3 May 2020 (UTC)\n")

    gone.refresh_from_db()
    assert not gone.section.is_current
