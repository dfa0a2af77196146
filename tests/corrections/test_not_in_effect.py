"""Corrections that a newer revision leaves nothing of: readers are not told that they hold."""

import csv
import io
import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.corrections.editing import address, by
from tests.privacy.archive import hold
from tests.privacy.ways_out import copied, exports, shown
from threads.ingest.repairing import make_repair, undo_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Comment, Repair, RepairFailure, TalkPage, UnsignedText, Wiki
from threads.privacy import apply_rule, take_down_page, undo_rule
from threads.store import elsewhere

TITLE = "Talk:Lights"
ADA = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
BEN = "Both of them. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
CEM = "I light them. [[User:Cem]] 12:00, 1 May 2019 (UTC)\n"
DAG = "Who sells oil? Who buys it? [[User:Dag]] 13:00, 1 May 2019 (UTC)\n"
EVA = "'''Keep''' the lamps. [[User:Eva]] 14:00, 1 May 2019 (UTC)\n"
FAY = "So be it. [[User:Fay]] 15:00, 1 May 2019 (UTC)\n"
GIL = "{{done}} [[User:Gil]] 16:00, 1 May 2019 (UTC)\n"
LOOSE = "Loose end.\n"
TEXT = (
    f"== Lamps ==\n{ADA}\n{BEN}\n{CEM}\n{DAG}\n{EVA}\n{FAY}\n== Oil ==\n{GIL}\n== Wax ==\n{LOOSE}"
)
# All comments but two stand there, none of them so that its correction can be applied.
LATER = (
    f"== Candles ==\n{BEN}\n{CEM}\n{DAG.replace('Who buys it?', 'Who does?')}\n{EVA}\n{FAY}\n"
    f"== Wicks ==\n{EVA}\n{FAY}\n== Oil ==\n{GIL.replace('{{done}}', 'Done?')}\n"
    f"== Wax ==\nAll said.\n\n== One ==\n{LOOSE}\n== Other ==\n{LOOSE}"
)
PART = {"at": "Who buys", "author": "Hal", "timestamp": "2019-05-01T12:30:00+00:00"}
SAID = {
    "parent": "Corrected from a reply to the topic to a reply to “Ada”.",
    "author": "Author corrected from “Fay” to “Ivy”.",
    "split": "Split into two parts, one of them by “Hal”.",
    "join": "Merged with the text next to it.",
    "position": "Detected position removed: keep.",
    "decision": "The detected decision of this topic was removed.",
}
FORMATS = {"markdown", "html", "mbox", "convokit", "tei"}  # and CSV
IN_EXPORTS = re.compile(r'\(corrected:|X-Corrected|"corrected": ?"\w|subtype="corrected"')


def save(text: str, day: int) -> None:
    """Import the page as it was saved on a day of June."""
    when = datetime(2020, 6, day, tzinfo=UTC)
    state = PageRevision(TITLE, text, day, when)
    assert start_run(Wiki.objects.get(), Source("dump", [state])).state == "done"


def correct_all() -> None:
    """One correction of each kind."""
    ada, ben, cem = by("Ada"), by("Ben"), by("Cem")
    make_repair(ben, "parent", {"parent": ada.ident, "name": ada.name})
    make_repair(by("Dag"), "split", PART)
    make_repair(by("Eva"), "position", {"stance": "", "word": ""})
    make_repair(by("Fay"), "author", {"author": "Ivy"})
    make_repair(by("Gil"), "decision", {})
    make_repair(UnsignedText.objects.current().get(), "author", {"author": "Joy"})
    make_repair(cem, "join", {"with": by("Ben").ident, "words": by("Ben").text})


def claims(ways: list[tuple[str, str]]) -> set[str]:
    """Where it is said that something was corrected."""
    return {
        where
        for where, text in ways
        if any(said in text for said in SAID.values()) or IN_EXPORTS.search(text)
    }


def kinds_in_csv(ways: list[tuple[str, str]]) -> set[str]:
    rows = csv.DictReader(io.StringIO(dict(ways)["csv"]))
    return {kind for row in rows for kind in row["corrected"].split()}


def marks(client: Client, query: str = "") -> dict[str, str]:
    """What is said of corrected comments, by who signed them."""
    page = LexborHTMLParser(client.get(f"/wiki/lanternwiki/{TITLE}{query}", follow=True).text)
    return {
        str(each.attributes["id"]).split("-")[1]: str(mark.attributes["title"])
        for each in page.css("article.comment")
        if (mark := each.css_first("a.mark[title]")) is not None
    }


@pytest.mark.any_database
def test_no_way_out_tells_of_a_correction_of_any_kind_that_failed(client: Client) -> None:
    save(TEXT, 1)
    correct_all()
    assert {repair.kind for repair in Repair.objects.all()} == set(SAID) == set(Repair.Kind)
    ways = list(exports())
    assert kinds_in_csv(ways) == set(SAID) - {"parent"}  # of what was merged into another one
    assert {where.partition(":")[0] for where in claims(ways)} == FORMATS
    before = marks(client)
    assert {"Cem", "Dag", "Hal", "Eva", "Fay", "Gil"} == set(before)

    save(LATER, 2)
    assert RepairFailure.objects.count() == Repair.objects.count()
    assert marks(client) == {}
    ways = [*shown(), *exports(), *copied()]
    assert kinds_in_csv(ways) == set()
    told = claims(ways)
    past = {where for where in told if "as_of=" in where}
    assert any("2020-06-01" in where for where in past), "the earlier revision is read with them"
    assert not any("2020-06-02" in where for where in past)
    histories = {where for where in told if "history/" in where or "histories/" in where}
    assert told == past | histories
    assert all("Not applied since the revision of" in dict(ways)[where] for where in histories)
    assert marks(client, "?as_of=2020-06-01T00:00:00Z") == before

    save(TEXT, 3)
    assert not RepairFailure.objects.exists()
    assert marks(client) == before
    assert marks(client, "?as_of=2020-06-02T00:00:00Z") == {}
    assert by("Ivy").is_current


def test_an_editor_sees_why_and_undoes_it(admin_client: Client) -> None:
    save(TEXT, 1)
    ada, ben = by("Ada"), by("Ben")
    make_repair(ben, "parent", {"parent": ada.ident, "name": ada.name})
    save(TEXT.replace(ADA, ""), 2)
    why = "the comment that it replies to is no longer on the page."

    page = LexborHTMLParser(admin_client.get(address(by("Ben"))).text)
    lapsed, button = page.css_first("#ta-lapsed"), page.css_first("button[name=undo]")
    assert lapsed is not None and button is not None
    assert page.css_first("#ta-made") is None
    told = page.css_first(".made .notice")
    assert told is not None
    assert " ".join(told.text().split()).endswith(f" 2 June 2020: {why}")
    for narrowed in ("", "?in_effect=no"):
        assert why in admin_client.get(f"/admin/threads/repair/{narrowed}").text
    assert why not in admin_client.get("/admin/threads/repair/?in_effect=yes").text
    assert why in admin_client.get(f"/admin/threads/repair/{Repair.objects.get().pk}/change/").text

    admin_client.post(address(by("Ben")), {"undo": button.attributes["value"]})
    assert Repair.objects.get().undone_at
    assert not RepairFailure.objects.exists()


def test_a_page_that_is_taken_down_comes_back_with_what_failed_on_it_and_elsewhere() -> None:
    save(TEXT, 1)
    ada, ben = by("Ada"), by("Ben")
    make_repair(ben, "parent", {"parent": ada.ident, "name": ada.name})
    save(TEXT.replace(ADA, ""), 2)
    half = PageRevision("Talk:Half", f"== Old ==\n{BEN}")
    start_run(Wiki.objects.get(), Source("dump", [half]))
    before = list(RepairFailure.objects.values())
    assert len(before) == 2
    for title in ("Talk:Half", TITLE):
        rule = hold(take_down_page(TalkPage.objects.get(title=title)))
        assert RepairFailure.objects.count() == (title == "Talk:Half")
        undo_rule(rule)
        apply_rule(rule)
        assert list(RepairFailure.objects.values()) == before


def test_a_comment_that_left_the_page_is_told_as_it_was_corrected(client: Client) -> None:
    save(TEXT, 1)
    make_repair(by("Fay"), "author", {"author": "Ivy"})
    save(TEXT.replace(FAY, ""), 2)
    gone = Comment.objects.get(author__name="Ivy")
    for view in ("history", "cite"):
        assert SAID["author"] in client.get(f"/{view}/lanternwiki/{gone.ident}").text


def test_where_a_merged_comment_was_is_not_told_when_it_is_merged_no_more(client: Client) -> None:
    save(TEXT, 1)
    ident = by("Ben").ident
    make_repair(by("Cem"), "join", {"with": ident, "words": by("Ben").text})
    led_to = client.get(f"/comment/{ident}", follow=True).redirect_chain[-1][0]
    assert by("Cem").ident in unquote(str(led_to))
    save(TEXT.replace(BEN, ""), 2)
    assert client.get(f"/comment/{ident}").status_code == 410


def test_another_page_with_the_comment_is_told_as_corrected_once_it_is_read_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "MOST", 0)  # of others, as where very many have it
    save(TEXT, 1)
    copy = PageRevision("Talk:Copy", f"== Old ==\n{FAY}")
    start_run(Wiki.objects.get(), Source("dump", [copy]))
    fay = Comment.objects.current().get(page__title=TITLE, author__name="Fay")
    make_repair(fay, "author", {"author": "Ivy"})
    here = "/wiki/lanternwiki/Talk:Copy"
    assert SAID["author"] not in client.get(here).text
    start_run(Wiki.objects.get(), Source("dump", [PageRevision("Talk:Copy", f"{copy.text}\n")]))
    assert SAID["author"] in client.get(here).text
    undo_repair(Repair.objects.get())
    assert SAID["author"] not in client.get(here).text
