"""Anchors: links within a page to the places that {{anchor|Name}} makes on it."""

from collections.abc import Iterable

from threads.wikitext.markup.allowlist import NOTE

from .nodes import ANCHOR, OPEN, Node

_PLACE = '<span id="'
_LINK = '<a class="wiki" href="#'


def anchors_in(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that begin an anchor."""
    return [node for node in nodes if node.kind is OPEN and node.info is ANCHOR]


def link_anchors(parts: Iterable[list[Node]], anchors: Iterable[Node]) -> None:
    """Let [[#Name]] lead to an anchor of that name: its id has a prefix in cleaned HTML.

    `parts` are the flow of a page, and what its headings hold; `anchors` all that are there.
    """
    names = {node.html.removeprefix(_PLACE) for node in anchors}
    if names:
        leads = {_LINK + name: _LINK + NOTE + name for name in names}
        for node in (node for part in parts for node in part if node.kind is OPEN):
            node.html = leads.get(node.html, node.html)


def place(ident: str) -> str:
    """The opening tag of an anchor; the id is escaped."""
    return f'{_PLACE}{ident}">'
