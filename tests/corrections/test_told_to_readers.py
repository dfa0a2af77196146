"""Readers are told what was corrected: on the page, in the history, and in citations."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads.ingest.repairing import make_repair, undo_repair
from threads.models import Comment, Repair

TEXT = (
    "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n"
    "Yes, both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n\n"
    "Oil? [[User:Cem]] 12:00, 1 May 2019 (UTC)\n"
)
PAGE = "/wiki/lanternwiki/Talk:Lights"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("dora")


def signed(name: str) -> Comment:
    return Comment.objects.current().with_context().get(ident__startswith=f"c-{name}-")


def correct(kind: str, value: dict[str, str], editor: User | None = None, of: str = "Ben") -> None:
    make_repair(signed(of), kind, value, user=editor)


def marks(client: Client, address: str = PAGE) -> list[tuple[str, str]]:
    """The ids of comments that are marked as corrected, and what is said of them."""
    page = LexborHTMLParser(client.get(address).text)
    return [
        (str(each.attributes["id"]), str(mark.attributes["title"]))
        for each in page.css("article.comment")
        if (mark := each.css_first("a.mark[title]")) is not None
    ]


def cited(client: Client, kind: str) -> str:
    return client.get(f"/cite/lanternwiki/{signed('Ben').ident}?format={kind}").text


def test_a_corrected_author_is_marked_with_the_old_and_the_new_one(client: Client) -> None:
    correct("author", {"author": "Dag"})

    assert marks(client) == [(signed("Ben").ident, "Author corrected from “Ben” to “Dag”.")]


@pytest.mark.parametrize(
    ("of", "steps", "said"),
    [
        ("Ben", ["Ada"], "Corrected from a reply to the topic to a reply to “Ada”."),
        ("Cem", ["Ada", "Ben"], "Corrected from a reply to “Ada” to a reply to “Ben”."),
        ("Ben", ["Ada", ""], "Corrected from a reply to “Ada” to a reply to the topic."),
    ],
)
def test_a_corrected_parent_is_marked_with_the_old_and_the_new_one(
    client: Client, of: str, steps: list[str], said: str
) -> None:
    for name in steps:
        parent = signed(name) if name else None
        value = {"parent": parent.ident, "name": parent.name} if parent else {"parent": ""}
        correct("parent", value, of=of)

    [(ident, told)] = marks(client)
    assert ident == signed(of).ident
    assert told.endswith(said)


def test_what_was_split_off_is_marked_as_well(client: Client) -> None:
    correct("split", {"at": "both", "author": "Dag", "timestamp": "2019-05-01T10:30:00+00:00"})

    said = "Split into two parts, one of them by “Dag”."
    assert marks(client) == [(signed("Dag").ident, said), (signed("Ben").ident, said)]


def test_the_mark_leads_to_the_history_which_says_who_corrected_it_and_when(
    client: Client, editor: User
) -> None:
    correct("author", {"author": "Dag"}, editor)
    mark = LexborHTMLParser(client.get(PAGE).text).css_first("a.mark[title]")
    assert mark is not None

    told = LexborHTMLParser(client.get(str(mark.attributes["href"])).text)
    note = told.css_first(".is-correction")
    assert note is not None
    assert "Author corrected from “Ben” to “Dag”." in note.text()
    assert "Corrected in this archive by dora" in note.text()
    assert note.css_first("time") is not None


def test_citations_tell_of_it(client: Client, editor: User) -> None:
    correct("author", {"author": "Dag"}, editor)
    day = f"{Repair.objects.get().made_at:%Y-%m-%d}"
    said = f"Author corrected from “Ben” to “Dag”. Corrected in this archive by dora on {day}."

    [item] = json.loads(cited(client, "csl"))
    assert (item["author"], item["note"]) == ([{"literal": "Dag"}], said)
    assert said in cited(client, "bibtex")
    assert said in client.get(f"/cite/lanternwiki/{signed('Ben').ident}").text


def test_where_nothing_was_corrected_nothing_is_said(client: Client) -> None:
    assert marks(client) == []
    assert "note" not in json.loads(cited(client, "csl"))[0]


def test_an_undone_correction_is_told_no_more(client: Client) -> None:
    correct("author", {"author": "Dag"})
    marks(client)
    undo_repair(Repair.objects.get())

    assert marks(client) == []


def test_a_correction_of_an_earlier_version_says_what_it_knows(client: Client) -> None:
    correct("author", {"author": "Dag"})
    Repair.objects.update(value={"author": "Dag"})

    assert marks(client) == [(signed("Ben").ident, "Author corrected to “Dag”.")]


def test_replies_that_are_fetched_by_themselves_are_marked_too(client: Client) -> None:
    correct("parent", {"parent": signed("Ada").ident, "name": signed("Ada").name})

    address = f"{PAGE}?branch={signed('Ada').ident}"
    html = client.get(address, headers={"HX-Request": "true"}).text
    assert "Corrected from a reply to the topic to a reply to “Ada”." in html


def test_a_corrected_position_is_told_with_what_was_detected(client: Client) -> None:
    correct("position", {"stance": "oppose", "word": "Yes, both"})
    assert marks(client) == [(signed("Ben").ident, "Position set to oppose (“Yes, both”).")]
    position = LexborHTMLParser(client.get(PAGE).text).css_first(".position")
    assert position is not None
    assert position.attributes["title"] == "corrected"
    assert "etected" not in position.text()
    correct("position", {"stance": "keep", "word": "keep"})
    assert marks(client)[0][1].endswith("corrected from oppose (“Yes, both”) to keep.")
    correct("position", {"stance": "oppose", "word": "Yes, both"})
    correct("position", {"stance": "", "word": ""})
    assert marks(client)[0][1].endswith("Detected position removed: oppose (“Yes, both”).")
