"""Sections: what a heading says, and its anchor."""

import re

from .comments import DraftHeading
from .html import plain_text, render_inline
from .nodes import (
    TEXT,
)

_BLANKS = re.compile(r"[ _]+")
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
        nodes = draft.heading.nodes
        draft.text = plain_text(nodes).strip()
        draft.html = render_inline(nodes)
        anchor = _WHITE.sub("_", _BLANKS.sub(" ", anchor_text(draft)).strip())
        key = anchor.lower()
        number = seen.get(key, 0) + 1
        if number > 1:
            while f"{key}_{number}" in seen:
                number += 1
            anchor = f"{anchor}_{number}"
            seen[f"{key}_{number}"] = 1
        seen[key] = number
        draft.anchor = anchor


def anchor_text(draft: DraftHeading) -> str:
    """The text of which the anchor is made."""
    assert draft.heading is not None
    return "".join(node.text for node in draft.heading.nodes if node.kind is TEXT)
