"""What the tables themselves hold true, and what they tell."""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import example, given

from tests.wikitext.test_properties import languages, parse, texts
from threads.models import (
    Author,
    Comment,
    FormerId,
    ImportItem,
    ImportRun,
    Reply,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.models.discussion.comment_ids import times_in
from threads.models.wiki.packing import pack

NOON = datetime(2019, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", server="https://lantern.example.org")


@pytest.fixture
def page(wiki: Wiki) -> TalkPage:
    return TalkPage.objects.create(wiki=wiki, title="Talk:Harbour lights")


@pytest.fixture
def revision(page: TalkPage) -> Revision:
    revision = Revision.objects.create(page=page, sha256="0" * 64, size=1, compressed=b"")
    page.current_revision = revision
    page.save()
    return revision


@pytest.fixture
def section(page: TalkPage, revision: Revision) -> Section:
    return Section.objects.create(**place(page, 0), ident="h-Lamps", heading_level=2)


def place(page: TalkPage, position: int, **other: Any) -> dict[str, Any]:
    """The fields that every item has."""
    return {
        "page": page,
        "revision": page.current_revision,
        "position": position,
        "last_position": position,
        "depth": 0,
        "start": 0,
        "end": 1,
        **other,
    }


def add_comment(section: Section, position: int, ident: str, **other: Any) -> Comment:
    author, _new = Author.objects.get_or_create(wiki=section.page.wiki, name="Ada")
    first = section.page.current_revision
    assert first
    fields = {
        "author": author,
        "name": f"name of {ident}",
        "timestamp": NOON,
        "level": 1,
        "section": section,
        **other,
    }
    return Comment.objects.create(
        **place(section.page, position), ident=ident, first_revision=first, **fields
    )


def refused(constraint: str) -> Any:
    """The database itself says no, by this constraint or by the columns that it is about."""
    return pytest.raises(IntegrityError, match=constraint)


def test_an_id_is_on_its_page_once(section: Section) -> None:
    add_comment(section, 1, "c-Ada")

    with refused(r"comment_id_once_on_its_page|threads_comment\.ident"), transaction.atomic():
        add_comment(section, 2, "c-Ada")


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("c-Ada-2019-05-01T12:00:00.000Z", NOON),
        ("c-Ada-20230501120000", NOON.replace(year=2023)),
        ("c-20220712000000-20230501120000", NOON.replace(year=2023)),
        ("c-20229999000000-20230501120000", NOON.replace(year=2023)),
        ("c-Anne-Marie-2019-05-01T12:00:00.000Z-2020-05-01T12:00:00.000Z", NOON.replace(year=2020)),
    ],
)
@pytest.mark.parametrize("rest", ["", "-1", "-Lamps", "-Ben-20230501110000", "-20230501110000-2"])
def test_a_comment_is_found_by_its_id_on_whatever_page(
    section: Section, name: str, when: datetime, rest: str
) -> None:
    comment = add_comment(section, 1, name + rest, name=name, timestamp=when)
    other = add_comment(section, 2, f"{name}-Elsewhere", name=name, timestamp=when)

    assert Comment.objects.with_ids([name + rest]).get() == comment
    assert set(Comment.objects.with_names([name])) == {comment, other}


@given(texts, languages)
@example("Old. [[User:Heron]] 23:59, 11 July 2022 (UTC)", "en")
@example("New. [[User:Otter]] 00:00, 12 July 2022 (UTC)", "en")
def test_ids_and_names_hold_the_time_of_their_comment(text: str, language: str) -> None:
    for comment in parse(text, language).comments:
        assert times_in(comment.name) >= {comment.timestamp}
        assert times_in(comment.id) >= {comment.timestamp}


def test_a_place_is_taken_once_by_what_stands_on_the_page(section: Section) -> None:
    add_comment(section, 1, "c-1")
    add_comment(section, 2, "c-2")
    Comment.objects.filter(ident="c-1").update(is_current=False)
    add_comment(section, 1, "c-3")

    with refused(r"comment_place_once_on_its_page|threads_comment\.position"), transaction.atomic():
        add_comment(section, 2, "c-4")


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"last_position": 0}, "unsignedtext_ends_after_its_start"),
        ({"start": 5}, "unsignedtext_span_forward"),
    ],
)
def test_an_item_ends_after_its_start(
    section: Section, wrong: dict[str, int], constraint: str
) -> None:
    with refused(constraint), transaction.atomic():
        UnsignedText.objects.create(**{**place(section.page, 1), **wrong}, section=section, level=1)


def test_an_author_of_unsigned_text_is_known_by_something(section: Section) -> None:
    ada = Author.objects.create(wiki=section.page.wiki, name="Heron")
    text = UnsignedText.objects.create(**place(section.page, 1), section=section, level=1)

    plain = {"plain_name": "Heron"}
    assert UnsignedText.objects.filter(pk=text.pk).update(known_by="name", **plain)
    for wrong in (
        *({"author": ada}, {"author": ada, "known_by": "x"}, {"known_by": "link"}),
        *({"author": ada, "known_by": "name"}, {"known_by": "", **plain}, {"plain_name": ""}),
        {"author": ada, "known_by": "link", **plain},
    ):
        with refused("unsignedtext_author_known_by_something"), transaction.atomic():
            UnsignedText.objects.filter(pk=text.pk).update(**wrong)


def test_how_exactly_a_time_is_known_is_one_of_three(section: Section) -> None:
    comment = add_comment(section, 1, "c-1")

    assert comment.precision == "minute"
    with refused("comment_precision_known"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(precision="year")


def test_a_comment_does_not_answer_itself(section: Section) -> None:
    comment = add_comment(section, 1, "c-1")

    with refused("comment_answers_another_one"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(parent=comment)


def test_a_heading_has_a_level_of_six_at_most(page: TalkPage, revision: Revision) -> None:
    with refused("section_level_is_a_heading_level"), transaction.atomic():
        Section.objects.create(**place(page, 0), ident="h-", heading_level=7)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Wiki, {"dbname": ""}),
        (Wiki, {"dbname": "x", "language": ""}),
        (TalkPage, {"title": ""}),
        (Author, {"name": ""}),
        (ImportRun, {"state": "lost"}),
    ],
)
def test_what_has_to_be_given_is(wiki: Wiki, kind: Any, fields: dict[str, str]) -> None:
    known = {} if kind is Wiki else {"wiki": wiki}

    with refused("_given|_known"), transaction.atomic():
        kind.objects.create(**known, **fields)


def test_a_revision_number_is_on_its_page_once(page: TalkPage) -> None:
    fields = {"page": page, "size": 1, "compressed": b"", "number": 5}
    Revision.objects.create(sha256="a", **fields)

    with refused(r"revision_number_once|threads_revision\.number"), transaction.atomic():
        Revision.objects.create(sha256="b", **fields)


@pytest.mark.parametrize(
    ("number", "day", "later"),
    [
        (4, None, {5, 9}),
        (5, None, {9}),
        (9, None, set()),
        (None, None, set()),
        (None, 1, {9}),
        (1, 1, {5, 9}),  # 5 has no time, so its number tells
        (99, 1, {9}),
        (99, 2, set()),
        (8, 2, {9}),
    ],
)
def test_time_and_else_number_tell_which_revision_is_later(
    page: TalkPage, number: int | None, day: int | None, later: set[int]
) -> None:
    fields = {"page": page, "size": 1, "compressed": b""}
    Revision.objects.create(number=5, sha256="a", **fields)
    Revision.objects.create(
        number=9, timestamp=datetime(2019, 5, 2, tzinfo=UTC), sha256="b", **fields
    )
    timestamp = datetime(2019, 5, day, tzinfo=UTC) if day else None

    found = page.revisions.later_than(number, timestamp)

    assert {revision.number for revision in found} == later


def test_replies_are_the_comments_that_answer_another(section: Section) -> None:
    comment = add_comment(section, 1, "c-1")
    add_comment(section, 2, "c-2", parent=comment)

    assert [reply.ident for reply in Reply.objects.all()] == ["c-2"]
    assert [reply.ident for reply in comment.replies.all()] == ["c-2"]


def test_a_deleted_page_takes_all_of_its_own_with_it(section: Section) -> None:
    page = section.page
    comment = add_comment(section, 1, "c-1")
    add_comment(section, 2, "c-2", parent=comment)
    UnsignedText.objects.create(**place(page, 3), section=section, level=1)
    FormerId.objects.create(page=page, ident="c-0", comment=comment)
    run = ImportRun.objects.create(source="paste", wiki=page.wiki)
    item = ImportItem.objects.create(
        run=run, title=page.title, page=page, revision=page.current_revision
    )
    page.latest_comment = comment
    page.save()

    page.delete()

    for kind in (TalkPage, Revision, Section, Comment, UnsignedText, FormerId):
        assert not kind._default_manager.exists()
    item.refresh_from_db()
    assert (item.page, item.title) == (None, "Talk:Harbour lights")


@pytest.mark.parametrize("packed_by", [pack, zlib.compress], ids=["zstd", "zlib"])
@pytest.mark.parametrize("text", ["", "Lit? — [[User:Ada]] سلام"])
def test_kept_wikitext_comes_back(
    page: TalkPage, packed_by: Callable[[bytes], bytes], text: str
) -> None:
    packed = packed_by(text.encode())
    Revision.objects.create(page=page, sha256="0" * 64, size=len(text), compressed=packed)

    assert Revision.objects.get().text == text


def test_a_wiki_with_pages_cannot_be_deleted(page: TalkPage) -> None:
    with pytest.raises(ProtectedError):
        page.wiki.delete()
