"""Sections: what a heading says, and its anchor."""

import re

from threads.wikitext.flow.nodes import OBJECT, TEXT, Node
from threads.wikitext.flow.notes import Note
from threads.wikitext.rendering.html import plain_text, render_inline
from threads.wikitext.site.links import normalise_fragment

from .comments import DraftHeading

_WHITE = re.compile(r"[ \t\n\f\r]")


def set_headings(headings: list[DraftHeading]) -> None:
    """Give each heading its text, its HTML and its anchor.

    Rule: MediaWiki's HTML5 ids: the text with blanks as "_"; "_2", "_3" behind repeats,
    compared without case.
    """
    seen: dict[str, int] = {}
    for draft in headings:
        if draft.heading is None:
            continue
        nodes = _with_marks(draft.heading.nodes)
        draft.text = plain_text(nodes).strip()
        draft.html = render_inline(draft.heading.nodes)
        anchor = _WHITE.sub("_", normalise_fragment(_anchor_text(nodes).strip(" _\t\n")))
        key = anchor.lower()
        number = seen.get(key, 0) + 1
        if number > 1:
            while f"{key}_{number}" in seen:
                number += 1
            anchor = f"{anchor}_{number}"
            seen[f"{key}_{number}"] = 1
        seen[key] = number
        draft.anchor = anchor


def _with_marks(nodes: list[Node]) -> list[Node]:
    """The same with texts for what marks notes: "[1]"."""
    return [
        Node(TEXT, node.start, node.end, f"[{node.info.label}]")
        if isinstance(node.info, Note) and node.kind is OBJECT
        else node
        for node in nodes
    ]


def _anchor_text(nodes: list[Node]) -> str:
    return "".join(node.text for node in nodes if node.kind is TEXT)
