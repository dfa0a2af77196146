"""How a discussion was closed, as a reader is told."""

from urllib.parse import quote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page
from threads import models

pytestmark = pytest.mark.django_db

CLOSED = {
    "by": "Lark",
    "when": "2019-06-22T12:00:00Z",
    "words": "Keep <both>\nlamps.",
    "status": "no consensus",
    "source": "template",
}
UNTOLD = dict.fromkeys(("by", "when", "words", "status"), "") | {"source": "markup"}


def read(client: Client, *closures: dict[str, str]) -> str:
    write_page("Talk:Lamps", Section("Plan", Comment("Ada", "Keep or sell?")), Section("Bell"))
    models.Section.objects.filter(heading="Plan").update(closures=list(closures))
    response = client.get("/wiki/examplewiki/Talk:Lamps")
    assert response.status_code == 200
    return response.text


def outcome(html: str) -> str:
    """The outcome's markup, the first on the page."""
    return html.partition('<details class="outcome">')[2].partition("</details>")[0]


def test_the_outcome_stands_first_in_its_topic(client: Client) -> None:
    html = read(client, CLOSED)
    _, topic = html.split('id="h-Plan"')
    topic, _ = topic.split('id="h-Bell"')
    assert topic.index('class="outcome"') < topic.index('class="gathering"')
    assert topic.index('class="outcome"') < topic.index("Keep or sell?")
    assert html.count('class="outcome"') == 1


def test_it_says_who_closed_it_when_and_in_which_words(client: Client) -> None:
    shown = outcome(read(client, CLOSED))
    assert "<bdi>no consensus</bdi>" in shown
    assert "/author/examplewiki/Lark" in shown
    assert 'datetime="2019-06-22T12:00' in shown
    assert "Keep &lt;both&gt;<br>lamps." in shown


def test_its_first_line_says_it_all_in_short(client: Client) -> None:
    line, _, full = outcome(read(client, CLOSED)).partition("</summary>")
    assert "Keep &lt;both&gt;\nlamps." in line
    assert full.count("<br>") == 1


def test_it_is_labelled_as_detected(client: Client) -> None:
    line = outcome(read(client, CLOSED)).partition("</summary>")[0]
    assert line.endswith(">Detected from the wikitext: closing box</span></bdi>")


def test_what_cannot_be_told_is_left_out(client: Client) -> None:
    shown = outcome(read(client, UNTOLD))
    assert "Closed" in shown
    assert ">Detected from the wikitext: closing box</span>" in shown
    for part in ("/author/", "<time", "<p", "<strong>Closed</strong> <bdi"):
        assert part not in shown


def test_a_topic_may_hold_several(client: Client) -> None:
    assert read(client, CLOSED, UNTOLD).count('class="outcome"') == 2


def test_a_topic_that_nobody_closed_has_none(client: Client) -> None:
    assert "outcome" not in read(client)


def test_what_the_box_leaves_open_is_told_by_the_decision(client: Client) -> None:
    write_page("Talk:Lamps", Section("Plan", Comment("Ada", "Keep or sell?")))
    decided = {"outcome": "Not done", "by": "Ben", "when": "2019-06-23T12:00:00Z", "comment": ""}
    sources = {"sources": ["box", "template"]}
    models.Section.objects.filter(heading="Plan").update(
        closures=[UNTOLD], decision=decided | sources
    )
    models.Wiki.objects.update(decisions_shown=True)
    shown = outcome(client.get("/wiki/examplewiki/Talk:Lamps").text)
    assert "Not done" in shown
    assert "/author/examplewiki/Ben" in shown
    assert 'datetime="2019-06-23T12:00' in shown
    assert '<a class="when"' not in shown


def test_the_comment_that_decided_is_a_click_away(client: Client) -> None:
    write_page("Talk:Lamps", Section("Plan", Comment("Ada", "Keep or sell?")))
    ident = models.Comment.objects.get().ident
    decision = {"outcome": "Kept", "by": "Ada", "when": CLOSED["when"], "comment": ident}
    models.Section.objects.update(decision=decision | {"sources": ["template"]})
    models.Wiki.objects.update(decisions_shown=True)
    line = LexborHTMLParser(outcome(client.get("/wiki/examplewiki/Talk:Lamps").text))
    (when,) = line.css("a.when")
    assert when.attributes["href"] == (
        f"/wiki/examplewiki/Talk:Lamps?comment={quote(ident)}#{quote(ident)}"
    )
