"""Whatever is written on a talk page, its readers are safe, and the page stays the archive's."""

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import quote

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Author, Comment, TalkPage, Wiki
from threads.presentation.page import parts
from threads.wikitext.markup.allowlist import ATTRIBUTES, CLASSES, NOTE, SCHEMES, TAGS
from threads.wikitext.markup.icons import ICONS, place_of, with_icons

from .conftest import OpenPage
from .payloads import MARKUP, payloads, pieces

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIECES_A_PAGE = 650
# What the views add to stored HTML: where links lead.
ADDED_CLASSES = {"a": ["archived", "leaving"]}
ALLOWED = {
    "tags": sorted(TAGS),
    "attributes": {tag: sorted(names) for tag, names in ATTRIBUTES.items()},
    "classes": {tag: sorted(names) + ADDED_CLASSES.get(tag, []) for tag, names in CLASSES.items()},
    "protocols": [f"{scheme}:" for scheme in sorted(SCHEMES - {"wiki"})],
    "note": NOTE,
    "icons": [with_icons(place_of(icon)) for icon in sorted(ICONS)],
    # Whatever the allowlist says.
    "never": "^(on.*|style|src.*|name|action|formaction|background|ping|(data-)?hx-.*|xlink:.*)$",
    "neverProtocols": ["javascript:", "data:", "vbscript:", "blob:", "file:", "filesystem:"],
}
# What is wrong in the texts of a page, as far as only a browser can tell.
FAULTS_IN_TEXTS = """allowed => {
    const faults = []
    const fault = (element, why) => faults.push(`${why}: ${element.outerHTML.slice(0, 200)}`)
    const texts = document.querySelectorAll(".text, .heading > :first-child")
    for (const text of texts) {
        if (text.querySelector(".text, .comment, article, section, header")) fault(text, "forged")
        const again = document.createElement("div")
        again.innerHTML = text.innerHTML
        if (again.innerHTML !== text.innerHTML) fault(text, "reads otherwise the second time")
        for (const element of text.querySelectorAll("*")) {
            const tag = element.localName
            if (allowed.icons.includes(element.closest("svg")?.outerHTML)) continue
            if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") fault(element, "foreign")
            if (!allowed.tags.includes(tag)) fault(element, "element")
            const names = ["class", "rel", ...allowed.attributes["*"]]
            names.push(...(allowed.attributes[tag] ?? []))
            if (element.matches("a.leaving[aria-describedby=ta-leaving]"))
                names.push("aria-describedby")
            // Our own script lets a keyboard scroll what is wide.
            if (element.matches("pre[tabindex='0'], .scroll[tabindex='0']")) names.push("tabindex")
            for (const name of element.getAttributeNames())
                if (name.match(allowed.never) || !names.includes(name)) fault(element, name)
            for (const name of element.classList)
                if (!allowed.classes[tag]?.includes(name)) fault(element, `class ${name}`)
            if (element.id && !element.id.startsWith(allowed.note)) fault(element, "id")
            if (element.hasAttribute("href") && (
                    !allowed.protocols.includes(element.protocol) ||
                    allowed.neverProtocols.includes(element.protocol)))
                fault(element, element.protocol)
            const style = getComputedStyle(element)
            if (!["static", "relative"].includes(style.position)) fault(element, style.position)
            if (style.zIndex !== "auto") fault(element, "z-index")
        }
    }
    return faults
}"""
# The page's own controls that something else lies upon.
COVERED = """() => {
    const covered = []
    for (const control of document.querySelectorAll(
        ".crumbs a, .byline .when, .heading .menu summary, .colophon a")) {
        control.scrollIntoView({block: "center", behavior: "instant"})
        const box = control.getClientRects()[0]
        if (!box) continue
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        if (!control.contains(top)) covered.push(`${control.outerHTML} by ${top?.outerHTML}`)
    }
    return covered
}"""
DOUBLED_IDS = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
    return ids.filter((id, index) => ids.indexOf(id) !== index)
}"""


@pytest.fixture
def wiki() -> Wiki:
    """A wiki whose name was somebody's to choose."""
    return Wiki.objects.create(
        dbname="hostilewiki",
        name="\"><img src=x onerror=alert(1)>' onclick=alert(1) x='",
        server="https://wiki.example",
    )


def write(wiki: Wiki, title: str, texts: list[str], author: str = "Heron") -> TalkPage:
    """A page with a topic for each text, imported as any page is."""
    signature = f"[[User:{author}|{author}]] 10:08, 21 June 2019 (UTC)"
    topics = (f"== Topic {n} ==\n{text} {signature}\n" for n, text in enumerate(texts))
    run = start_run(wiki, paste("\n".join(topics), wiki=wiki, title=title))
    item = run.items.get()
    assert item.page, item.log
    page: TalkPage = item.page
    return page


def assert_harmless(page: Page) -> None:
    assert page.evaluate(FAULTS_IN_TEXTS, ALLOWED) == []
    assert page.evaluate(COVERED) == []
    page.keyboard.press("Tab")
    page.mouse.move(200, 200)


def chunks() -> Iterator[list[str]]:
    """The pieces, page by page; those that comment out what follows stand at the end."""
    ordered = sorted(pieces(), key=lambda piece: "<!--" in piece)
    for start in range(0, len(ordered), PIECES_A_PAGE):
        yield ordered[start : start + PIECES_A_PAGE]


def test_there_are_payloads_enough() -> None:
    assert len(list(payloads())) >= 300


@pytest.mark.parametrize("texts", list(chunks()), ids=lambda texts: f"from {texts[0]!r:.40}")
def test_a_page_of_hostile_texts_is_harmless(
    open_page: OpenPage, wiki: Wiki, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", PIECES_A_PAGE)  # all of it at once
    page = write(wiki, "Talk:Lamps", texts)
    assert Comment.objects.count() > 0.9 * len(texts)
    shown = open_page(page.get_absolute_url())
    expect(shown.locator("article.comment")).to_have_count(Comment.objects.count())
    assert_harmless(shown)


TITLES = (
    'Talk:"onmouseover=alert(1) x="',
    "Talk:'onfocus=alert(1) autofocus x='/javascript:alert(1)//",
    'Talk:Lamps\\" onload=alert(1)/*',
    "User talk:\u202ealert(1)",
)
AUTHORS = (
    '" onclick=alert(1) x="',
    "' onclick=alert(1) x='",
    "javascript:alert(1)",
    "\u202ehsilgne",
    "ta-main",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_is_a_title(open_page: OpenPage, wiki: Wiki, title: str) -> None:
    page = write(wiki, title, ["Lit?", f"See [[{title}]] and [[{title}#x|y]]."])
    for address in ("/", f"/wiki/{wiki.dbname}/", page.get_absolute_url()):
        shown = open_page(address)
        assert_harmless(shown)
        assert not shown.locator("[onmouseover], [onfocus], [onload]").count()


@pytest.mark.parametrize("author", AUTHORS)
def test_a_hostile_name_is_a_name(open_page: OpenPage, wiki: Wiki, author: str) -> None:
    page = write(wiki, "Talk:Lamps", ["Lit?", ":No."], author=author)
    person = Author.objects.get()
    comment = Comment.objects.earliest("position")
    for address in (
        page.get_absolute_url(),
        f"/comment/{quote(comment.ident)}",
        f"/author/{wiki.dbname}/{quote(person.name)}",
    ):
        shown = open_page(address)
        assert_harmless(shown)
        expect(shown.locator("body")).to_contain_text(person.name)
        assert not shown.locator("[onclick]").count()


def test_a_branch_that_is_fetched_is_as_harmless(
    open_page: OpenPage, wiki: Wiki, small_parts: None
) -> None:
    chosen = [piece for piece in pieces() if "\n" not in piece and "<!--" not in piece][::12]
    signature = "[[User:Heron]] 10:08, 21 June 2019 (UTC)"
    answers = "\n".join(f":: {piece} {signature}" for piece in chosen)
    page = write(wiki, "Talk:Lamps", [f"Lit? {signature}\n: No. {signature}\n{answers}\n"])
    shown = open_page(page.get_absolute_url())
    before = shown.locator("article.comment").count()
    shown.locator("main [hx-get]").first.click()
    expect(shown.locator("article.comment")).not_to_have_count(before)
    assert_harmless(shown)


def test_a_heading_takes_no_id_that_the_page_uses(open_page: OpenPage, wiki: Wiki) -> None:
    signature = "[[User:Heron]] 10:08, 21 June 2019 (UTC)"
    comment = Comment.objects.get(page=write(wiki, "Talk:One", ["Lit?"]))
    names = ["ta-main", "ta-contents", comment.ident, "note-1", "main"]
    text = "".join(f"\n== {name} ==\nx {signature}\n" for name in names)
    page = write(wiki, "Talk:Two", [f"Lit? {signature}{text}"])
    shown = open_page(page.get_absolute_url())
    assert shown.locator("#ta-main").first.evaluate("element => element.localName") == "main"
    assert shown.evaluate(DOUBLED_IDS) == []


FORBIDDEN = (
    "img, iframe, svg, form:not([role=search], [method=dialog]), base, style, [onclick], [onload]"
)
# Which leave a text and an attribute; without a slash, behind which a page may show no more of it.
LEAVING = tuple(f"{end}<img src=x onerror=alert(1)>" for end in ("", '">', "'>"))
PLACES = ("/comment/", "/author/hostilewiki/", "/wiki/hostilewiki/", "/wiki/")
UNESCAPED = (
    "{}",
    '<a title="{}">',
    "<a title='{}'>",
    "<title>{}</title>",
    "<textarea>{}</textarea>",
)


def tells(payload: str) -> bool:
    """Whether an answer could tell that something goes wrong with it: by what it would have in it
    unescaped, or by its status, as for what no address may have in it and what templates read."""
    if payload in MARKUP or not payload.isprintable():
        return True
    pages = (LexborHTMLParser(around.replace("{}", payload)) for around in UNESCAPED)
    return any(page.css_first(FORBIDDEN) for page in pages)


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_address_finds_nothing_and_does_nothing(
    wiki: Wiki, client: Client, place: str
) -> None:
    # Mixed, a quarter of them has some of every kind: what a place does not escape shows in it.
    mixed = sorted(filter(tells, payloads()), key=lambda payload: sha256(payload.encode()).digest())
    for payload in (*LEAVING, *mixed[PLACES.index(place) :: len(PLACES)]):
        answer = client.get(place + quote(payload, safe=""), follow=True)
        assert answer.status_code in (400, 404), payload
        page = LexborHTMLParser(answer.content)
        assert page.css_first(FORBIDDEN) is None
