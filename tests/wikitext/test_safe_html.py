"""Whatever a text says, its HTML is what the allowlist names, and means the same to any reader."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from threads.wikitext import parse_page
from threads.wikitext.markup import allowlist
from threads.wikitext.markup.allowlist import ATTRIBUTES, CLASSES, NOTE, SCHEMES, TAGS, clean
from threads.wikitext.markup.entities import cleaned
from threads.wikitext.markup.icons import ICONS, place_of, with_icons
from threads.wikitext.rendering import html, paragraphs

from .test_properties import FRAGMENTS, languages, parse, texts

NAMES = (
    "a abbr b bdo big blockquote body br button caption center code col dd del details div dl dt "
    "em font form frameset h1 head hr html i iframe img input ins li link marquee math meta "
    "nobr noscript object ol option p plaintext pre q ruby rp rt s script section select small "
    "span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead "
    "time title tr tt u ul var wbr foo nowiki ref references poem gallery syntaxhighlight source "
    "math chem timeline imagemap score includeonly onlyinclude translate"
).split()
VALUES = (
    "x",
    "javascript:alert(1)",
    "red",
    "#fff",
    "position:fixed;color:red",
    "background:url(//evil.example)",
    "rtl",
    "en",
    "7",
    "-1",
    "comment",
    "icon yes",
    "ta-main",
    "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
    "\u202e",
    "x' onclick='alert(1)",
)
ATTRIBUTE_NAMES = (
    "align bgcolor border cellpadding class color colspan datetime dir face group height href id "
    "lang line name onclick open rel rowspan scope size span src start style title type value width"
).split()
attributes = st.lists(
    st.builds(
        "{}={}{}{}".format,
        st.sampled_from(ATTRIBUTE_NAMES),
        (quote := st.sampled_from(["", "'", '"'])),
        st.sampled_from(VALUES),
        quote,
    ),
    max_size=3,
).map(" ".join)
tags = st.builds(
    "<{}{}{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    st.sampled_from(NAMES),
    st.sampled_from([" ", "\n", "/", ""]),
    attributes,
    st.sampled_from(["", "", "/", " "]),
)
TEMPLATES = ("{{done|", "{{hat|", "{{hab}}", "{{collapse top|", "{{quote|", "{{color|red|", "{{tl|")
soup = st.lists(
    tags | st.sampled_from(FRAGMENTS + TEMPLATES) | st.text("ab '<>&|\n", max_size=3), max_size=30
).map("".join)
DRAWN = {with_icons(place_of(icon)) for icon in ICONS}
ADDRESSES = SCHEMES - {"javascript", "data", "vbscript", "blob", "file"}


class Events(HTMLParser):
    """What HTML says, tag by tag, to one who knows no rules of what may stand in what."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [(name, value or "") for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.found.append(["", data])

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read(html: str) -> LexborHTMLParser:
    """The HTML as a browser reads it in a comment's element."""
    return LexborHTMLParser(html, is_fragment=True, fragment_tag="div")


@given(texts | soup, languages)
@example("[[Lamp|a [[Oil]] b]] <table><tr><td>''x", "en")
def test_a_browser_reads_the_html_as_it_is_written(text: str, language: str) -> None:
    for item in parse(text, language).items:
        assert Events(read(item.html).html or "").found == Events(item.html).found


@given(texts | soup, languages)
def test_the_html_holds_only_what_is_allowed(text: str, language: str) -> None:
    for item in parse(text, language).items:
        root = read(item.html).root
        for node in root.traverse() if root else ():
            assert_allowed(node)


def assert_allowed(node: LexborNode) -> None:
    if node.tag in ("svg", "path"):
        drawing = node if node.tag == "svg" else node.parent
        assert drawing is not None
        assert drawing.html in DRAWN
        return
    tag = node.tag or ""
    assert tag in TAGS - {"script", "style", "iframe", "object", "form", "input", "img"}
    for name, value in node.attributes.items():
        if name == "class":
            assert set((value or "").split()) <= CLASSES[tag]
        elif name == "rel":
            assert value == "nofollow noopener"
        else:
            assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
        if name == "id":
            assert (value or "").startswith(NOTE)
        if name == "href":
            scheme, colon, _ = (value or "").partition("#")[0].partition(":")
            assert not colon or scheme.lower() in ADDRESSES or "/" in scheme


LINK = '<a class="{}" href="{}" rel="nofollow noopener">'
elements = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<small>", "</small>", "<br>", "</a>"),
        *("&amp;", "&lt;", "&gt;", "&quot;", "&", "<", ">", '"', "\n", "\xa0", "\u200e", "a"),
        LINK.format("wiki", "wiki:Oil_lamp#Wick"),
        LINK.format("user", "wiki:User:Wächter's"),
        LINK.format("wiki", "wiki:a b"),
        LINK.format("wiki", "wiki:a&amp;b"),
        LINK.format("wiki", "javascript:alert(1)"),
        *(
            LINK.format("external", f"https://{rest}")
            for rest in (
                "lamps.example/",
                "lamps.example",
                "a-b.lamps.example?q=a&amp;b=&quot;c&quot;#'d'",
                "xn--a.example/",
                "1.2.3.4.5/",
                "lamps.example:99999/",
                "a@lamps.example/",
                "[::1/",
            )
        ),
        '<a class="wiki" href="wiki:Oil">',
    ]
)
wholes = st.builds("{}{}{}".format, st.text(max_size=3), elements, st.text("a &\n", max_size=3))
paired = st.builds(
    "<{0}>{1}</{0}>".format, st.sampled_from(["p", "b", "i", "small"]), st.text(max_size=5)
)


@given(st.lists(elements | wholes | paired, max_size=12).map("".join))
def test_what_is_let_through_as_it_is_is_what_cleaning_would_give(text: str) -> None:
    text = cleaned(text)
    assert clean(text) == allowlist._CLEANER.clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Oil &amp; <b>wicks</b>,<br>\n<i>lamps</i></p><p>Yes. <small>No.</small></p>",
        f"<p>{LINK.format('user', 'wiki:User:Heron')}Heron</a></p>",
        f"<p>{LINK.format('external', 'http://lamps.example/?a=b&amp;c')}Lamps</a></p>",
    ],
)
def test_what_most_items_are_made_of_is_not_cleaned_once_more(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowlist, "_CLEANER", None)
    assert clean(text) == text


def test_what_is_too_long_to_be_cleaned_at_once_is_shown_as_ever() -> None:
    block = "<div>'''Oil'''</div>\n"
    short, long = (parse(block * times).items[-1].html for times in (1, 10_000))
    assert long == short * 10_000


def test_halves_of_characters_are_shown_as_what_cannot_be_shown() -> None:
    text = "== A\ud800 ==\nB\ud800. [[User:Heron\udfff]]"
    page = parse_page(text, title="Talk:X\ud800", language="en", timezone="UTC")

    assert page.title == "Talk:X\ufffd"
    assert [section.heading for section in page.sections if section.heading] == ["A\ufffd"]
    assert [text.html for text in page.unsigned] == ["<p>B\ufffd. [[User:Heron\ufffd]]</p>"]


MANY_THINGS = (
    "An [[oil]] lamp,<br>a '''[[wick|long]] ''wick'' of''' [http://lamps.example cotton]\n"
    "</b> and <span lang=fr>[[huile]] d'[[olive]]</span> <s>for {{tl|lamps}}<ref>a</ref> </s> "
)


@pytest.mark.parametrize("text", [MANY_THINGS, "Oil & wicks < lamps. " * 20])
def test_a_very_long_paragraph_is_cleaned_in_pieces_and_reads_as_one(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (whole,) = parse_page(text * 3, title="Talk:Lamps").unsigned
    given = []

    def noted(piece: str) -> str:
        given.append(piece)
        return clean(piece)

    monkeypatch.setattr(paragraphs, "_PIECE", 5)
    monkeypatch.setattr(html, "_STRETCH", 50)
    monkeypatch.setattr(html, "clean", noted)
    (cut,) = parse_page(text * 3, title="Talk:Lamps").unsigned
    assert cut.html == whole.html
    assert max(map(len, given)) < len(whole.html) / 5
