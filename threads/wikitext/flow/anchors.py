"""Anchors: links within a page to the places that {{anchor|Name}} makes on it."""

from collections.abc import Iterable
from html import unescape

from threads.wikitext.markup.allowlist import NOTE, link

from .nodes import ANCHOR, OPEN, Node

_PLACE, _PLACE_END = '<span id="', '">'


def anchors_in(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that begin an anchor."""
    return [node for node in nodes if node.kind is OPEN and node.info is ANCHOR]


def link_anchors(parts: Iterable[list[Node]], anchors: Iterable[Node]) -> None:
    """Let [[#Name]] lead to an anchor of that name: its id has a prefix in cleaned HTML.

    `parts` are the flow of a page, and what its headings hold; `anchors` all that are there.
    """
    places = (node.html.removeprefix(_PLACE).removesuffix(_PLACE_END) for node in anchors)
    idents = {unescape(ident) for ident in places}
    if idents:
        leads = {link("wiki", f"#{ident}"): link("wiki", f"#{NOTE}{ident}") for ident in idents}
        for node in (node for part in parts for node in part if node.kind is OPEN):
            node.html = leads.get(node.html, node.html)


def place(ident: str) -> str:
    """The opening tag of an anchor; the id is escaped."""
    return f"{_PLACE}{ident}{_PLACE_END}"
