"""Anchors: links within a page to the places that {{anchor|Name}} makes on it."""

from collections.abc import Iterable

from threads.wikitext.markup.allowlist import NOTE

from .nodes import ANCHOR, OPEN, Node

_PLACE = '<span id="'
_LINK = '<a class="wiki" href="#'


def link_anchors(parts: Iterable[list[Node]]) -> None:
    """Let [[#Name]] lead to an anchor of that name: its id has a prefix in cleaned HTML.

    `parts` are the flow of a page, and what its headings hold.
    """
    openings = [node for part in parts for node in part if node.kind is OPEN]
    names = {node.html.removeprefix(_PLACE) for node in openings if node.info is ANCHOR}
    if names:
        leads = {_LINK + name: _LINK + NOTE + name for name in names}
        for node in openings:
            node.html = leads.get(node.html, node.html)


def place(ident: str) -> str:
    """The opening tag of an anchor; the id is escaped."""
    return f'{_PLACE}{ident}">'
