"""Each page of a dump comes as it can be imported, and what cannot be says why."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.ingest.exports import SIGNED, export, page, read_dump, revision
from threads.edits import Edit
from threads.ingest.sources import PageRevision, Unusable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lanternwiki.xml"


@pytest.mark.parametrize("schema", ["0.10", "0.11"])
def test_a_talk_page_comes_with_its_numbers_and_time(file: Path, schema: str) -> None:
    text = "A & B < C\n\nÄ 😀"
    [found] = read_dump(file, export(page("Talk:Lamp_posts", revision(text)), schema=schema))

    assert found == PageRevision(
        "Talk:Lamp posts",
        text,
        70,
        datetime(2019, 5, 2, 10, tzinfo=UTC),
        7,
        at=file.stat().st_size,
        edit=Edit("Ada", "lit", parent_number=1),
    )


def test_a_page_that_was_blanked_is_a_page_without_text(file: Path) -> None:
    [found] = read_dump(file, export(page("Talk:A", revision(""))))

    assert isinstance(found, PageRevision)
    assert found.text == ""


def test_further_slots_of_a_revision_are_not_its_text(file: Path) -> None:
    slot = "<content><role>aux</role><model>json</model><text bytes='2'>{}</text></content>"
    [found] = read_dump(file, export(page("Talk:A", revision("main", more=slot))))

    assert isinstance(found, PageRevision)
    assert found.text == "main"


def edit_in(file: Path, revision: str, schema: str = "0.11") -> Edit:
    """What is told of the edit of the only revision of a file."""
    [found] = read_dump(file, export(page("Talk:A", revision), schema=schema))
    assert isinstance(found, PageRevision)
    return found.edit


def test_who_saved_it_and_why_may_be_hidden(file: Path) -> None:
    contributor = "<contributor><username>Ada</username><id>3</id></contributor>"
    hidden = revision().replace(contributor, '<contributor deleted="deleted" />')
    assert edit_in(file, hidden) == Edit("", "lit", user_hidden=True, parent_number=1)

    hidden = revision().replace("<comment>lit</comment>", '<comment deleted="deleted" />')
    assert edit_in(file, hidden) == Edit("Ada", summary_hidden=True, parent_number=1)


def test_users_without_account_and_minor_edits_are_told(file: Path) -> None:
    contributor = "<username>Ada</username><id>3</id>"
    minor = (
        revision()
        .replace(contributor, "<ip>192.0.2.7</ip>")
        .replace("<comment>", "<minor/><comment>")
    )

    assert edit_in(file, minor) == Edit("192.0.2.7", "lit", minor=True, parent_number=1)


@pytest.mark.parametrize(("schema", "parent"), [("0.6", None), ("0.7", 0), ("0.11", 0)])
def test_a_first_revision_names_no_parent_where_others_do(
    file: Path, schema: str, parent: int | None
) -> None:
    first = revision().replace("<parentid>1</parentid>", "")

    assert edit_in(file, first, schema).parent_number == parent


def test_what_no_user_can_be_called_is_not_known(file: Path) -> None:
    assert edit_in(file, revision().replace(">Ada<", f">{'A' * 300}<")).user == ""
    assert edit_in(file, revision().replace(">lit<", f">{'l' * 3000}<")).summary == "l" * 999 + "…"
    assert (
        edit_in(file, revision().replace(">1</parentid>", ">-1</parentid>")).parent_number is None
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('<redirect title="Talk:New" />', "Redirect to “Talk:New” (skipped)."),
        ("<redirect />", "Redirect (skipped)."),
    ],
)
def test_a_redirect_is_skipped_and_nothing_is_wrong(file: Path, more: str, said: str) -> None:
    moved = page("Talk:Old", revision(number=1), revision(number=2), more=more)

    [found] = read_dump(file, export(moved))

    assert isinstance(found, Unusable)
    assert (found.failed, found.reason) == (False, said)


def test_with_history_a_redirect_comes_as_it_was_before(file: Path) -> None:
    states = [SIGNED, "#REDIRECT [[Talk:Newer]]", "#redirect: [[Talk:New]]"]
    revisions = [revision(text, number=number) for number, text in enumerate(states, 1)]
    moved = page("Talk:Old", *revisions)

    before, told = read_dump(file, export(moved), history=True)

    assert isinstance(before, PageRevision)
    assert (before.text, before.number) == (SIGNED, 1)
    assert isinstance(told, Unusable)
    assert (told.failed, told.title) == (False, "Talk:Old")
    assert told.reason == "Redirect to “Talk:New” (skipped)."


def test_a_redirect_in_a_pages_history_is_no_state_of_its_discussion(file: Path) -> None:
    states = [SIGNED, "#REDIRECT [[Talk:New]]", f"{SIGNED}\n\nMore."]
    revisions = [revision(text, number=number) for number, text in enumerate(states, 1)]

    found = read_dump(file, export(page("Talk:Old", *revisions)), history=True)

    assert [given.number for given in found if isinstance(given, PageRevision)] == [1, 3]
    assert len(found) == 2


def test_a_redirect_that_holds_comments_comes_with_them(file: Path) -> None:
    text = f"#REDIRECT [[Talk:New]]\n\n{SIGNED}"

    [found] = read_dump(file, export(page("Talk:Old", revision(text))), history=True)

    assert isinstance(found, PageRevision)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (page("Talk:A", revision("", attributes='deleted="deleted"')), "is hidden on the wiki"),
        (page("Talk:A", revision("x" * 2001)), "exceeds the limit"),
        (page("Talk:A", revision("ä" * 1001)), "exceeds the limit"),
        (
            page("Talk:A", revision().replace(f"{SIGNED}</text>", "</text>")),
            "contains no text for this page",
        ),
        (page("Talk:A", revision(time="yesterday")), "Invalid timestamp “yesterday”"),
        (page("Talk:A", revision(time="0001-01-01T00:00:00+23:00")), "Invalid timestamp"),
        (page("Talk:A", revision(number="-4")), "Invalid page or revision ID “-4”"),
        (page("Talk:A", revision(number="9" * 30)), "Invalid page or revision ID"),
        (page("Talk:A", number="99999999999999999999"), "Invalid page or revision ID"),
        (page("Talk:A").replace("<revision>", "<x>").replace("</revision>", "</x>"), "no revision"),
        (page(""), "0 characters"),
        (page("Talk:" + "A" * 3000), "3005 characters"),
        (page("Talk:" + "A" * 300_000), "4096 characters"),
        (page("Talk:A\tB"), "a control character"),
        (page("Talk:A").replace("Lit?", "<b>Lit?</b>"), "Unexpected element <b> in <text>"),
        (page("Talk:A").replace("<text ", "<text>a</text><text "), "Duplicate element <text>."),
        (page("Talk:A").replace("<id>70", "<id>1</id><id>70"), "Duplicate element <id>."),
        (page("Talk:A").replace("<title>", "<title><b/>"), "Unexpected element <b> in <title>"),
        (page("Talk:A").replace("</page>", "<ns>1</ns></page>"), "<ns> after a revision"),
        (page("Talk:A").replace("Lit?", "&lit;"), "Invalid XML: undefined entity"),
        (page("Talk:A").replace("Lit?", "\x08"), "Invalid XML: not well-formed"),
        (page("Talk:A").replace("Lit?", "a & b"), "Invalid XML: not well-formed"),
        (page("Talk:A").replace("</revision>", ""), "Invalid XML: mismatched tag"),
        (page("Talk:A").replace("</page>", ""), "<page> is inside <page>, which is not closed"),
        (page("Talk:A").replace("<revision>", "<x><revision>"), "<revision> is inside <x>"),
        (page("Talk:A").replace("<page>", "<pag>"), "<revision> is inside <pag>"),
        (page("Talk:A").replace("<title>", f"<!--{'-' * 99}"), "not well-formed"),
        (page("Talk:A").replace("Talk:A", '<?x a="' + "A" * 100_000), "A tag is longer than"),
    ],
)
def test_a_page_that_cannot_be_taken_says_why_and_the_next_one_comes(
    file: Path, settings: Settings, bad: str, said: str
) -> None:
    settings.MAX_PAGE_BYTES = 2000
    refused, good = read_dump(file, export(bad, page("Talk:Next", number=99)))

    assert isinstance(refused, Unusable)
    assert refused.failed
    assert said in refused.reason
    assert len(refused.title) <= 150 and len(refused.reason) < 300
    assert good.title == "Talk:Next"


@pytest.mark.parametrize("model", ["flow-board", "json"])
def test_what_is_no_wikitext_is_nothing_to_try_again(file: Path, model: str) -> None:
    [told] = read_dump(file, export(page("Talk:A", revision(model=model))))

    assert isinstance(told, Unusable)
    assert (told.failed, told.reason) == (
        False,
        f"Revision 70: Content model “{model}” is not supported (only wikitext).",
    )


def test_an_earlier_revision_that_the_wiki_has_hidden_is_no_failure(file: Path) -> None:
    hidden = revision("", number=5, attributes='deleted="deleted"')
    found = read_dump(file, export(page("Talk:A", hidden, revision(number=6))), history=True)

    assert isinstance(found[0], Unusable) and isinstance(found[1], PageRevision)
    assert not found[0].failed
    assert found[0].reason == "Revision 5: The text of this revision is hidden on the wiki."
