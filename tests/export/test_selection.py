"""Topics and searches, exported: the same comments in every format."""

import csv
import io
import json

import pytest

from threads.export import FORMATS, ExportError, Selection
from threads.models import Comment, SearchState, Section, TalkPage
from threads.search.index import texts as index
from threads.store import delete_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

WEATHER = """\
== Lanterns ==
A lantern on the pier. [[User:Ada|Ada]] 08:00, 1 May 2020 (UTC)

Nobody signed this.
=== More ===
Two lanterns. [[User:Ben|Ben]] 09:00, 1 May 2020 (UTC)
== Other ==
None. [[User:Ben|Ben]] 10:00, 1 May 2020 (UTC)
"""


def exported(form: str, **asked: str) -> str:
    return b"".join(FORMATS[form].write(Selection(**asked))).decode()


def texts(**asked: str) -> list[str]:
    """The texts of the exported comments, in their order."""
    return [row["text"] for row in csv.DictReader(io.StringIO(exported("csv", **asked)))]


LANTERNS = ["A lantern on the pier.", "Two lanterns."]


@pytest.mark.parametrize(
    "topic",
    [
        "https://pier.example/wiki/Talk:Weather#Lanterns",
        "https://archive.example/wiki/pierwiki/Talk:Weather#Lanterns",
        "Talk:Weather#Lanterns",
        "h-Lanterns-2020-05-01T08:00:00.000Z",
        "#h-Lanterns-2020-05-01T08:00:00.000Z",
        "https://archive.example/wiki/pierwiki/Talk:Weather?topic=h-Lanterns-2020-05-01T08:00:00.000Z",
        "/wiki/pierwiki/Talk:Weather?topic=h-Lanterns-2020-05-01T08:00:00.000Z#c-Ben-2020-05-01T09:00:00.000Z",
        "/wiki/pierwiki/Talk:Weather?comment=c-Ben-2020-05-01T09:00:00.000Z",
        "https://pier.example/wiki/Talk:Weather#c-Ben-2020-05-01T09:00:00.000Z",
        "https://archive.example/comment/c-Ben-2020-05-01T09:00:00.000Z",
        "c-Ben-2020-05-01T09:00:00.000Z",
    ],
)
def test_a_topic_is_found_by_what_people_copy(topic: str) -> None:
    ident = Section.objects.get(page__title="Talk:Weather", heading="Lanterns").ident
    assert texts(topic=topic.replace("h-Lanterns-2020-05-01T08:00:00.000Z", ident)) == LANTERNS


def test_an_anchor_is_of_every_page_that_has_it() -> None:
    assert texts(topic="Lanterns") == ["Who brings lanterns?", *LANTERNS]
    assert texts(topic="Lanterns", wiki="pierwiki") == LANTERNS


def test_a_topic_has_its_headings_and_its_unsigned_texts() -> None:
    written = exported("markdown", topic="Talk:Weather#Lanterns")
    assert "Nobody signed this" in written
    assert "## Lanterns" in written
    assert "### More" in written
    assert "Other" not in written


def test_a_search_has_all_that_it_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many stretches the index gives them in."""
    expected = texts(search="lantern*")
    assert expected == ["Who brings lanterns?", *LANTERNS]
    monkeypatch.setattr(index, "STRETCH", 1)
    assert texts(search="lantern*") == expected


def test_a_search_is_in_the_language_of_the_search_box() -> None:
    assert texts(search="lantern* author:Ben -wiki:lanternwiki") == ["Two lanterns."]
    assert texts(search="lantern*", author="Ada", wiki="pierwiki") == ["A lantern on the pier."]


def test_a_search_has_the_headings_around_what_it_finds() -> None:
    written = exported("markdown", search="two lanterns")
    assert "### More" in written
    assert "Nobody signed" not in written


def test_conversation_actions_of_a_topic_tell_of_what_was_removed() -> None:
    lines = map(json.loads, exported("wikiconv", topic="Talk:Plan#Our_plan").splitlines())
    assert "DELETION" in {line["type"] for line in lines}


@pytest.mark.parametrize("asked", [{"topic": "Talk:Weather#Lanterns"}, {"search": "two"}])
def test_json_lines_have_the_whole_pages(asked: dict[str, str]) -> None:
    lines = exported("jsonl", **asked)
    assert lines == exported("jsonl", page="Talk:Weather")
    assert "None." in lines


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_can_be_of_a_topic_or_a_search(form: str) -> None:
    for asked in ({"topic": "Lanterns"}, {"search": "two lanterns"}):
        data = b"".join(FORMATS[form].write(Selection(**asked)))
        assert data == b"".join(FORMATS[form].write(Selection(**asked)))
        assert data


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": "Nothing"},
        {"topic": "Talk:Plan#Other"},
        {"topic": "/wiki/pierwiki/Talk:Weather"},
        {"topic": "/wiki/pierwiki/Talk:Plan?topic=h-Lanterns"},
        {"search": "unheard"},
        {"search": "  "},
    ],
)
def test_what_is_not_there_is_told(asked: dict[str, str]) -> None:
    with pytest.raises(ExportError):
        Selection(**asked).check()


def test_an_index_that_is_being_filled_is_not_asked() -> None:
    SearchState.objects.create()
    with pytest.raises(ExportError, match="rebuild_search"):
        Selection(search="two").check()


def test_deleted_pages_are_not_found() -> None:
    delete_pages(TalkPage.objects.filter(title="Talk:Weather"))
    assert texts(topic="Lanterns") == ["Who brings lanterns?"]
    assert Comment.objects.current().exists()
