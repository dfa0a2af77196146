"""What is read without tokens is read as it would be by them."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from threads.wikitext.syntax.inline import reader
from threads.wikitext.syntax.inline.state import InlineState

from .test_properties import FRAGMENTS, languages, parse

PARTS = (
    *("[[Lamp]]", "[[User:Heron|Heron]]", "[[lamp]]s", "[[:de:Lampe|a ''b'']]", "[[#Oil]]", "[[]]"),
    *("[[Lamp|]]", "[[Lamp|a|b]]", "[[ Lamp |<b>a</b>]]", "[[Lamp|a\nb]]", "[[Lamp||b]]", "[[|a]]"),
    *("[[Lamp|see http://a.example]]", "[[Lamp|mailto:a]]", "[[mailto:a|b]]", "[[//a.example b]]"),
    *("[[Lamp|[a]]]", "[[[Lamp]]]", "[[Lamp]", "[Lamp]]", "[[a&amp;b]]", "[[a%20b]]", "[[-{a}-]]"),
    *(
        "news:a",
        "NEWS:a ",
        "10:08",
        "a:b",
        "://",
        "<ref>[[Lamp]]</ref>",
        "<!-- [[a]] -->",
        "__TOC__",
    ),
    *("[//a.example b]", "[HTTP://a.example/ä?b&c=d#e b&c ''d'']", "[https://a.example/User:A e]"),
    *("[http://a.example]", "[http://a.example  ]", "[http://a.example&amp; b]", "[http:// b]"),
    *(
        "[http://a.example b [[Lamp]] c]",
        "[http://a.example 'b",
        "[[Lamp]][//a.example b]s",
        "a & b",
    ),
    *("&nbsp;", "&eacute;", "&nope;", "&Nbsp;", "&#32;", "&#x20;", "&#0;", "&#x0A;", "&#120000;"),
    *("[http://a.example \u00a0]", "[http://a.example|b c]", "[mailto:a b]", "a:b & c", "Tel:1"),
    *("[[Lamp<nowiki/>|a]]", "[[Lamp|<nowiki>]]</nowiki>]]", "'''", " ", "ا", "ß", "é"),
)
lines = st.lists(
    st.sampled_from(PARTS) | st.sampled_from(FRAGMENTS) | st.text("a :[]|&", max_size=3)
)


def by_tokens(state: InlineState, place: int, _end: int) -> bool:
    """Nothing is read without them."""
    state.first = state.text.rfind(" ", state.begin, place) + 1 or state.begin
    return False


@given(lines.map("".join), languages)
def test_links_are_read_alike_with_tokens_and_without(text: str, language: str) -> None:
    page = parse(text, language)
    with patch.object(reader, "add_linked_text", by_tokens):
        assert parse(text, language) == page
