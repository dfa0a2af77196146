"""What comes out in each format, read by what reads that format."""

import csv
import io
import json
import mailbox
import sys
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import FrameType
from typing import Any
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tests.views import writing
from threads.export import FORMATS, ExportError, Selection
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Comment, Section, TalkPage, Wiki
from threads.store import delete_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_wikis_once")]

WEATHER = """\
== Weather *and* <tide> ==
From the pier:
# not a <b>list</b> [[User:Åse Öst|Åse Öst]] 08:00, 1 May 2020 (UTC)
:From here, no. [[User:Åse Öst|Åse Öst]] 08:05, 1 May 2020 (UTC)
::Odd. See [[Talk:Plan#Lanterns]]. [[User:Ben|Ben]] 09:05, 1 May 2020 (UTC)

Nobody signed this.
"""


def exported(form: str, **asked: str) -> bytes:
    return b"".join(FORMATS[form].write(Selection(**asked)))


def shown(**asked: str) -> set[str]:
    """The IDs of the comments that readers see."""
    return set(Comment.objects.current().filter(**asked).values_list("ident", flat=True))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def messages(data: bytes, tmp_path: Path) -> list[Any]:
    file = tmp_path / "talk.mbox"
    file.write_bytes(data)

    def read(source: Any) -> Any:
        return message_from_bytes(source.read(), policy=default)

    with closing(mailbox.mbox(file, factory=read, create=False)) as box:
        return list(box)


def corpus(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_csv_has_every_comment_with_what_it_answers(filled: None) -> None:
    found = {row["id"]: row for row in rows(exported("csv"))}
    assert found == {row["id"]: row for row in rows(exported("csv-raw"))}
    assert set(found) == shown()
    for comment in Comment.objects.current().select_related("author", "parent"):
        row = found[comment.ident]
        assert row["text"] == comment.text
        assert row["author"] == comment.author.name
        assert row["parent"] == (comment.parent.ident if comment.parent else "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "'"])
def test_no_cell_of_csv_is_run_by_a_spreadsheet(filled: None, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    Comment.objects.filter(text="Boats.").update(text=text)
    told = {row["id"]: row["text"] for row in rows(exported("csv"))}
    raw = {row["id"]: row["text"] for row in rows(exported("csv-raw"))}
    assert f"'{text}" in told.values()
    assert text in raw.values()
    assert {key: cell.removeprefix("'") for key, cell in told.items()} == raw


def test_csv_of_an_author_is_theirs_alone(filled: None) -> None:
    found = rows(exported("csv", author="Ben"))
    assert {row["author"] for row in found} == {"Ben"}
    assert {row["wiki"] for row in found} == {"lanternwiki", "pierwiki"}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        pytest.param({"wiki": "pierwiki"}, {"page__wiki__dbname": "pierwiki"}, id="a wiki"),
        pytest.param({"page": "Talk:Plan"}, {"page__title": "Talk:Plan"}, id="a page"),
        pytest.param(
            {"collection": "lanterns"}, {"page__wiki__dbname": "lanternwiki"}, id="a collection"
        ),
        pytest.param({"author": "Ada"}, {"author__name": "Ada"}, id="an author"),
        pytest.param({}, {}, id="everything"),
    ],
)
def test_each_format_has_the_selected_comments(
    filled: None, tmp_path: Path, asked: dict[str, str], wanted: dict[str, str]
) -> None:
    number = len(Comment.objects.current().filter(**wanted))
    assert len(rows(exported("csv", **asked))) == number
    assert len(messages(exported("mbox", **asked), tmp_path)) == number
    files = corpus(exported("convokit", **asked))
    assert len(files["utterances.jsonl"].splitlines()) == number
    assert len(LexborHTMLParser(exported("html", **asked)).css("p.by")) == number
    assert exported("markdown", **asked).decode().count("**, ") == number


def test_markdown_shows_texts_as_they_are(filled: None) -> None:
    tree = LexborHTMLParser(MarkdownIt().render(exported("markdown", wiki="pierwiki").decode()))
    assert [each.text() for each in tree.css("h1, h2")] == ["Talk:Weather", "Weather *and* <tide>"]
    assert "Nobody signed this." in tree.text()
    answers = tree.css("blockquote > blockquote")
    assert ["Odd." in each.text() for each in answers] == [True]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_heading_without_text_is_told_as_such(filled: None, form: str) -> None:
    Section.objects.filter(page__title="Talk:Weather", heading_level=2).update(heading="", html="")
    assert "no heading" in exported(form, wiki="pierwiki").decode()


def test_html_nests_replies_and_leads_to_the_wiki(filled: None) -> None:
    tree = LexborHTMLParser(exported("html", wiki="pierwiki"))
    assert ["Odd." in each.text() for each in tree.css("div > div")] == [True]
    assert [each.text() for each in tree.css("h2")] == ["Weather *and* <tide>"]
    links = [each.attributes.get("href") for each in tree.css("div section a")]
    assert "https://pier.example/wiki/Talk:Plan#Lanterns" in links
    assert not tree.css("script")


def test_mail_is_in_threads(filled: None, tmp_path: Path) -> None:
    found = messages(exported("mbox"), tmp_path)
    by_id = {message["Message-ID"]: message for message in found}
    assert len(by_id) == len(found)
    for message in found:
        assert message["From"].addresses[0].domain.endswith(".invalid")
        references = (message["References"] or "").split()
        assert references[-1:] == [message["In-Reply-To"]][: len(references)]
        assert set(references) <= set(by_id)
    odd = next(message for message in found if "Odd." in message.get_content())
    above = [by_id[each]["From"].addresses[0] for each in odd["References"].split()]
    assert [each.display_name for each in above] == ["Åse Öst", "Åse Öst"]


def test_an_author_has_one_address(filled: None, tmp_path: Path) -> None:
    found = messages(exported("mbox", wiki="pierwiki"), tmp_path)
    senders = [str(message["From"].addresses[0]) for message in found]
    assert len(set(senders)) == 2


def test_mail_keeps_lines_that_begin_as_a_message_does(db: None, tmp_path: Path) -> None:
    text = "<poem>\nFrom here\nFrom there\n</poem> [[User:Ben|Ben]] 09:05, 1 May 2020 (UTC)\n"
    start_run(Wiki(dbname="pierwiki"), Source("paste", [PageRevision("Talk:Poem", text)]))
    (message,) = messages(exported("mbox", page="Talk:Poem"), tmp_path)
    assert (
        message.get_content().strip() == Comment.objects.get(page__title="Talk:Poem").text.strip()
    )
    assert "\nFrom there" in message.get_content()


def test_a_corpus_has_every_parent_and_root(filled: None) -> None:
    files = corpus(exported("convokit"))
    utterances = [json.loads(line) for line in files["utterances.jsonl"].splitlines()]
    by_id = {each["id"]: each for each in utterances}
    speakers = json.loads(files["speakers.json"])
    conversations = json.loads(files["conversations.json"])
    assert len(by_id) == len(utterances)
    for each in utterances:
        root = by_id[each["conversation_id"]]
        assert root["reply-to"] is None
        assert each["speaker"] in speakers
        assert (each["reply-to"] is None) is (each is root)
        assert each["reply-to"] is None or by_id[each["reply-to"]]["conversation_id"] == root["id"]
        assert set(each["meta"]) == set(json.loads(files["index.json"])["utterances-index"])
    assert set(conversations) == {each["conversation_id"] for each in utterances}


def test_a_corpus_of_an_author_names_no_comment_of_others(filled: None) -> None:
    files = corpus(exported("convokit", author="Ben"))
    for line in files["utterances.jsonl"].splitlines():
        assert json.loads(line)["reply-to"] is None


@pytest.mark.parametrize("form", ["convokit", "csv", "html", "markdown", "mbox"])
def test_what_was_removed_is_in_no_format_of_what_readers_see(filled: None, form: str) -> None:
    assert not Comment.objects.get(text__startswith="Fine with").is_current
    data = exported(form)
    parts = corpus(data).values() if form == "convokit" else [data.decode()]
    assert not any("Fine with" in part for part in parts)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_deleted_page_leaves_nothing(filled: None, form: str) -> None:
    delete_pages(TalkPage.objects.filter(title="Talk:Weather"))
    data = exported(form)
    parts = corpus(data).values() if form == "convokit" else [data.decode()]
    for gone in ("From here", "Weather", "Åse"):
        assert not any(gone in part for part in parts), gone


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_same_archive_gives_the_same_bytes(filled: None, form: str) -> None:
    assert exported(form) == exported(form)


@pytest.mark.parametrize(
    "asked", [{"wiki": "nowiki"}, {"collection": "none"}, {"page": "Talk:No"}, {"author": "No"}]
)
def test_what_is_not_in_the_archive_is_told(filled: None, asked: dict[str, str]) -> None:
    with pytest.raises(ExportError):
        Selection(**asked).check()


def actions(**asked: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported("wikiconv", **asked).splitlines()]


def test_actions_tell_what_happened_to_a_comment(filled: None) -> None:
    found = [each for each in actions() if "#c-Ben-2019-05-01T10:05" in each["comment_id"]]
    assert [(each["type"], each["text"]) for each in found] == [
        ("ADDITION", "Too early, I think."),
        ("MODIFICATION", "Too early, as I said."),
    ]
    assert [each["rev_id"] for each in found] == [11, 12]
    assert [each["parent_id"] for each in found] == [None, found[0]["id"]]


def test_actions_tell_of_removed_comments_that_histories_show(filled: None) -> None:
    found = [each for each in actions() if each["speaker"] == "Cyd" and each["reply-to"]]
    assert ("DELETION", "") in [(each["type"], each["text"]) for each in found]


def test_every_action_has_its_conversation(filled: None) -> None:
    found = actions()
    ids = {each["id"] for each in found}
    comments = {each["comment_id"] for each in found}
    assert len(ids) == len(found)
    for each in found:
        assert each["conversation_id"] in comments
        assert each["reply-to"] is None or each["reply-to"] in comments
        assert each["ancestor_id"] in ids
    assert {each["speaker"] for each in actions(author="Ada")} == {"Ada"}


def chain_of_replies(length: int) -> writing.Comment:
    comment = writing.Comment("Ada", "The last.")
    for _each in range(length - 1):
        comment = writing.Comment("Ada", "What I said.", comment)
    return comment


def cost_of(form: str, title: str) -> tuple[int, int]:
    """What exporting a page takes: lines of our own code that run, and bytes."""
    lines = 0

    def count(frame: FrameType, event: str, _value: object) -> Any:
        nonlocal lines
        if "/threads/export/" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        size = len(exported(form, page=title))
    finally:
        sys.settrace(before)
    return lines, size


def test_no_format_takes_more_than_its_part_for_a_long_chain_of_replies(db: None) -> None:
    writing.write_page("Talk:Short", writing.Section("Plan", chain_of_replies(60)))
    writing.write_page("Talk:Long", writing.Section("Plan", chain_of_replies(240)))
    for form in FORMATS:
        short, long = cost_of(form, "Talk:Short"), cost_of(form, "Talk:Long")
        for one, other in zip(short, long, strict=True):
            assert other < 5 * one, f"{form}: {short} for 60 replies, {long} for 240"


def test_whom_a_reply_answers_is_told_where_its_quote_does_not_show_that(db: None) -> None:
    writing.write_page("Talk:Long", writing.Section("Plan", chain_of_replies(33)))
    for form in ("markdown", "html"):
        assert exported(form).decode().count("in reply to") == 2
