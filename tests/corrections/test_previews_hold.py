"""Whatever is corrected: the preview is what the page shows then, and shows what is different."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.corrections.editing import address, by, fields_of, send
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, UnsignedText, Wiki

TEXT = (
    "== Lamps ==\nSell one? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    ": '''Keep''' both. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
    ": {{done}} so. [[User:Cem]] 09:00, 2 May 2019 (UTC)\n\n"
    "Oil is dear, they say. [[User:Dag]] 13:00, 2 May 2019 (UTC)\n"
    ":Thank you. [[User:Eva]] 14:00, 2 May 2019 (UTC)\n:Loose end.\n"
)
PAGE = "/wiki/lanternwiki/Talk:Lights"
LATER = f"{TEXT}\n== Wicks ==\nShort. [[User:Eva]] 15:00, 2 May 2019 (UTC)\n"


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a page, or an editor of a preview."""

    items: list[tuple[str, int, str, str]]  # in order: who, how deep, which position, which words
    decided: list[tuple[str, str, str]]  # topics: by whom they were decided, in which words; or ""


def words(node: LexborNode | None) -> str:
    """What it says; without blanks, which paragraphs do not have between them."""
    return "".join(node.text().split()) if node else ""


def depth(node: LexborNode) -> int:
    above = node.parent
    if above is None:
        return 0
    return depth(above) + ("replies" in (above.attributes.get("class") or ""))


def on_page(client: Client) -> Seen:
    html = LexborHTMLParser(client.get(PAGE).text)
    items = [
        (
            words(each.css_first(".person, .byline b")),
            depth(each),
            words(each.css_first(".position bdi")),
            words(each.css_first(".text")),
        )
        for each in html.css("article.comment, .unsigned")
    ]
    topics = [each for each in html.css("section.section") if each.css_first("h2")]
    decided = [
        (
            words(each.css_first("h2")),
            words(each.css_first(".outcome .person")),
            words(each.css_first(".gist")),
        )
        for each in topics
    ]
    return Seen(items, decided)


def in_preview(html: str) -> tuple[Seen, Seen]:
    """Before and after."""
    states = LexborHTMLParser(html).css(".states > section")
    before, after = (
        Seen(
            [
                (
                    words(each.css_first("b bdi")),
                    int((each.attributes["class"] or "").split()[0].removeprefix("indent-")),
                    words(each.css_first(".position bdi")),
                    words(each.css("span")[-1]),
                )
                for each in state.css(".thread-state li")
            ],
            [
                (
                    words(each.css_first("b")),
                    words(each.css_first(".by")).removeprefix("Decidedby"),
                    words(each.css_first(".gist")),
                )
                for each in state.css(".topic-state")
            ],
        )
        for state in states
    )
    return before, after


def is_part(part: Seen, whole: Seen) -> bool:
    """Whether all of it is there, in that order."""
    there = iter(whole.items)
    return all(each in there for each in part.items) and {*part.decided} <= {*whole.decided}


def rest(whole: Seen, part: Seen) -> Seen:
    """What a preview leaves out."""
    return Seen(
        [each for each in whole.items if each not in part.items],
        [each for each in whole.decided if each not in part.decided],
    )


def loose() -> UnsignedText:
    return UnsignedText.objects.current().get(text="Loose end.")


AT = {"at": "they say", "author": "Ada"}
EVERY: dict[str, tuple[Callable[[], Comment | UnsignedText], str, Callable[[], dict[str, Any]]]] = {
    "author": (lambda: by("Ben"), "author", lambda: {"author": "Ada"}),
    "author of a decision": (lambda: by("Cem"), "author", lambda: {"author": "Ada"}),
    "author of unsigned text": (loose, "author", lambda: {"author": "Ada"}),
    "parent": (lambda: by("Dag"), "parent", lambda: {"parent": by("Ben").pk}),
    "no parent": (lambda: by("Ben"), "parent", lambda: {"parent": ""}),
    "unsigned part": (lambda: by("Dag"), "split", lambda: AT),
    "signed part": (lambda: by("Dag"), "split", lambda: {**AT, "timestamp": "2019-05-02 12:30"}),
    "part by nobody": (lambda: by("Dag"), "split", lambda: {"at": "they say"}),
    "merged": (lambda: by("Dag"), "join", lambda: {"neighbour": by("Eva").position}),
    "merged, unsigned": (lambda: by("Eva"), "join", lambda: {"neighbour": loose().position}),
    "position": (lambda: by("Ben"), "position", lambda: {"stance": "delete", "word": "Sell"}),
    "new position": (lambda: by("Ada"), "position", lambda: {"stance": "oppose", "word": "Sell"}),
    "no position": (lambda: by("Ben"), "position", lambda: {"stance": ""}),
    "no decision": (lambda: by("Ben"), "decision", dict),
}


@pytest.mark.parametrize("of", EVERY)
def test_the_page_becomes_what_the_preview_shows(admin_client: Client, of: str) -> None:
    item, kind, given = EVERY[of]
    was, at = on_page(admin_client), item()

    html = send(admin_client, at, kind, **given())
    before, after = in_preview(html)
    admin_client.post(address(at), fields_of(LexborHTMLParser(html)) | {"step": "save"})

    now = on_page(admin_client)
    assert before != after
    assert now != was
    assert is_part(before, was)
    assert is_part(after, now)
    assert rest(was, before) == rest(now, after)


def test_what_the_history_tells_is_in_the_preview(admin_client: Client) -> None:
    known_by = UnsignedText.KnownBy.HISTORY
    UnsignedText.objects.update(author=by("Ada").author, known_by=known_by)

    states = in_preview(send(admin_client, by("Dag"), "parent", parent=by("Ben").pk))

    for state in states:
        assert "Ada" in {who for who, _depth, _position, said in state.items if "Loose" in said}


def test_an_import_of_a_corrected_page_is_previewed_with_its_corrections(
    admin_client: Client,
) -> None:
    for of in ("parent", "unsigned part", "author of unsigned text", "author"):
        item, kind, given = EVERY[of]
        send(admin_client, item(), kind, step="save", **given())
    wiki = Wiki.objects.get()
    page = {"wiki": wiki.pk, "title": "Talk:Lights", "text": LATER, "step": "preview"}

    html = LexborHTMLParser(admin_client.post("/admin/threads/talkpage/add/", page).text)
    shown = [
        (words(each.css_first("b")), words(each.css("span")[-1]))
        for each in html.css(".outline li:not(.section)")
    ]
    start_run(wiki, paste(LATER, wiki=wiki, title="Talk:Lights"))

    assert shown == [(who, said) for who, _depth, _position, said in on_page(admin_client).items]
