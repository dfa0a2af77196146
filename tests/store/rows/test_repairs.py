"""What editors set right: applied again whenever the page is stored, undone without a trace."""

from typing import Any

import pytest
from django.utils import timezone

from tests.store.conftest import TITLE, Store
from threads.models import Comment, Repair, Section, TalkPage, UnsignedText
from threads.store import compare_page, replay
from threads.wikitext import ParsedPage, parse_page

ASK = "Shall we light both? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
ANSWER = "Yes, let us. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
LATER = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
PAGE = f"== Lamps ==\n{ASK}\n{ANSWER}\n{LATER}"


def by(name: str, **other: Any) -> Comment:
    return Comment.objects.current().get(author__name=name, **other)


def repair(name: str, kind: str, **value: Any) -> Repair:
    """Of the comment that this author signed."""
    comment = by(name)
    return Repair.objects.create(
        page=comment.page,
        kind=kind,
        target=comment.ident,
        name=comment.name,
        text=comment.text,
        value=value,
    )


def check_partition(page: TalkPage) -> None:
    """The spans of all that stands on the page are its wikitext, each character once."""
    assert page.current_revision
    items = [*page.sections.current(), *page.comments.current(), *page.unsignedtexts.current()]
    at = 0
    for item in sorted(items, key=lambda item: item.start):
        assert item.start == at
        at = item.end
    assert at == len(page.current_revision.text)


@pytest.fixture(autouse=True)
def page(store: Store) -> TalkPage:
    return store(PAGE).page


def test_a_comment_answers_whom_an_editor_says(store: Store) -> None:
    repair("Cem", "parent", parent=by("Ben").ident)

    stored = store(PAGE)

    assert by("Cem").parent == by("Ben")
    assert (by("Cem").depth, by("Ben").descendants) == (1, 1)
    assert stored.counts.unchanged == 3
    check_partition(stored.page)


def test_a_comment_stands_below_what_it_answers_wherever_it_was_written(store: Store) -> None:
    text = f"{PAGE}:I do. [[User:Dag]] 10:00, 2 May 2019 (UTC)\n"
    store(text)
    repair("Cem", "parent", parent=by("Ada").ident)

    stored = store(text)

    names = Comment.objects.current().order_by("position").values_list("author__name", "depth")
    assert [*names] == [("Ada", 0), ("Cem", 1), ("Dag", 2), ("Ben", 0)]
    check_partition(stored.page)


def test_a_comment_may_answer_the_topic_itself(store: Store) -> None:
    store(PAGE.replace("Yes,", ":Yes,"))
    repair("Ben", "parent", parent="")

    store(PAGE.replace("Yes,", ":Yes,"))

    assert by("Ben").parent is None


def test_an_author_is_named(store: Store) -> None:
    ident = by("Ben").ident
    repair("Ben", "author", author="Dag")

    store(PAGE)

    assert by("Dag").ident == ident


def test_a_comment_is_split_and_the_first_part_gets_an_author(store: Store) -> None:
    repair("Ben", "split", at="let us", author="Dag", timestamp="2019-05-01T10:30:00+00:00")

    stored = store(PAGE)

    assert (by("Dag").text, by("Ben").text) == ("Yes,", "let us.")
    assert by("Dag").ident == "c-Dag-2019-05-01T10:30:00.000Z-Lamps"
    assert by("Ben").ident == "c-Ben-2019-05-01T11:00:00.000Z-Lamps"
    assert by("Dag").position < by("Ben").position
    assert by("Ben").html == "<p>let us.</p>"
    check_partition(stored.page)


def test_a_part_that_nobody_is_known_to_have_written_is_unsigned(store: Store) -> None:
    repair("Ben", "split", at="let us", author="", timestamp="")

    stored = store(PAGE)

    assert UnsignedText.objects.current().get().text == "Yes,"
    check_partition(stored.page)


def test_what_stands_behind_a_signature_can_be_split_off(store: Store) -> None:
    text = PAGE.replace("11:00, 1 May 2019 (UTC)", "11:00, 1 May 2019 (UTC) And I too")
    store(text)
    repair("Ben", "split", at="And I", author="Dag", timestamp="2019-05-01T12:00:00+00:00")

    stored = store(text)

    assert (by("Ben").text, by("Dag").text) == ("Yes, let us.", "And I too")
    assert by("Dag").position > by("Ben").position
    check_partition(stored.page)


def test_two_comments_that_are_one_are_joined(store: Store) -> None:
    text = PAGE + ":Nobody does. [[User:Dag]] 09:30, 2 May 2019 (UTC)\n"
    store(text)
    repair("Cem", "join", **{"with": by("Ben").ident})

    stored = store(text)

    joined = by("Cem")
    assert joined.text == "Yes, let us. User:Ben 11:00, 1 May 2019 (UTC)\nWho tends them?"
    assert by("Dag").parent == joined
    assert not Comment.objects.current().filter(author__name="Ben").exists()
    check_partition(stored.page)


def test_unsigned_text_is_joined_with_the_comment_before_it(store: Store) -> None:
    text = f"{PAGE}Loose end.\n"
    store(text)
    repair("Cem", "join", **{"with": "", "words": "Loose end."})

    stored = store(text)

    assert by("Cem").text == "Who tends them?\nLoose end."
    assert not UnsignedText.objects.current().exists()
    check_partition(stored.page)


def test_a_repair_holds_for_every_later_text_of_the_page(store: Store) -> None:
    repair("Cem", "parent", parent=by("Ben").ident)
    store(PAGE)

    store(PAGE + ":No. [[User:Eve]] 10:00, 3 May 2019 (UTC)\n")

    assert by("Cem").parent == by("Ben")
    assert by("Eve").parent == by("Cem")


def test_a_repair_finds_its_comment_under_a_renamed_heading(store: Store) -> None:
    repair("Cem", "author", author="Dag")

    store(PAGE.replace("Lamps", "Both lamps"))

    assert by("Dag").text == "Who tends them?"


def test_a_repair_follows_its_comment_to_the_archive(store: Store) -> None:
    repair("Cem", "author", author="Dag")

    store(f"== Old ==\n{LATER}", title=f"{TITLE}/Archive 1")

    assert by("Dag").page.title == f"{TITLE}/Archive 1"


def test_a_repair_does_not_touch_another_comment_of_the_same_name(store: Store) -> None:
    repair("Cem", "author", author="Dag")

    stored = store(f"== Old ==\n{LATER.replace('tends', 'paints')}", title="Talk:Paint")

    assert stored.page.comments.get().author.name == "Cem"
    assert not stored.remarks


def test_what_a_repair_was_about_and_is_gone_is_told(store: Store) -> None:
    repair("Cem", "author", author="Dag")

    stored = store(PAGE.replace(LATER, ""))

    (said,) = stored.remarks  # imports keep it: without words, which may be taken down later
    assert "the comment is no longer on the page" in said
    assert "“Author changed: c-Cem-" in said and "Who tends them?" not in said


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("parent", {"parent": "c-none"}, "the comment that it replies to is no longer on the page"),
        ("split", {"at": "nowhere"}, "the words to split at were not found"),
        ("split", {"at": "e"}, "occur more than once"),
        ("split", {"at": "Ben]]"}, "are part of the signature"),
        ("join", {"with": "c-none"}, "is no longer next to it"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_the_page_as_it_was_read(
    store: Store, kind: str, value: dict[str, str], said: str
) -> None:
    before = list(Comment.objects.values())
    repair("Ben", kind, **value)

    stored = store(PAGE)

    assert said in stored.remarks[0]
    assert list(Comment.objects.values()) == before


def test_nobody_answers_what_stands_below(store: Store) -> None:
    repair("Ada", "parent", parent=by("Ben").ident)

    assert "reply to an earlier one" in store(PAGE).remarks[0]


def test_what_was_undone_is_as_if_it_had_never_been(store: Store) -> None:
    before = list(Comment.objects.order_by("pk").values())
    made = repair("Ben", "split", at="let us", author="Dag", timestamp="2019-05-01T10:30:00+00:00")
    store(PAGE)
    made.undone_at = timezone.now()
    made.save()

    store(PAGE)

    assert list(Comment.objects.current().order_by("pk").values()) == before


def test_repairs_are_applied_in_their_order(store: Store) -> None:
    repair("Ben", "split", at="let us", author="Dag", timestamp="2019-05-01T10:30:00+00:00")
    store(PAGE)
    repair("Ben", "parent", parent=by("Dag").ident)

    store(PAGE)

    assert by("Ben").parent == by("Dag")


def test_comparing_and_telling_anew_apply_repairs_as_well(store: Store, page: TalkPage) -> None:
    repair("Cem", "author", author="Dag")
    store(PAGE)

    compared = compare_page(page.wiki, parse(PAGE), PAGE)
    replay(page)

    assert (compared.counts.unchanged, compared.counts.changed) == (3, 0)
    assert by("Dag").text == "Who tends them?"


def parse(text: str) -> ParsedPage:
    return parse_page(text, title=TITLE)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("Ada", "split", {"at": "both"}),
        ("Cem", "split", {"at": "tends"}),
        ("Ben", "join", {"with": "c-Ada-2019-05-01T10:00:00.000Z-Lamps"}),
        ("Ben", "join", {"with": "c-Cem-2019-05-02T09:00:00.000Z-Lamps"}),
    ],
)
def test_a_box_stays_around_what_it_held(
    store: Store, name: str, kind: str, value: dict[str, str]
) -> None:
    boxed = f"== Lamps ==\n{{{{archive top}}}}\n{ASK}\n{ANSWER}\n{LATER}\n{{{{archive bottom}}}}\n"
    store(boxed)
    section = Section.objects.current().get(heading="Lamps")
    assert section.boxes
    repair(name, kind, **value)

    stored = store(boxed)

    section.refresh_from_db()
    positions = [item.position for item in stored.page.comments.current()]
    assert section.boxes[0]["first"] == 1
    assert section.boxes[0]["last"] >= max(positions)
    check_partition(stored.page)
