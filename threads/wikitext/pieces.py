"""A piece of a page by itself: what a reader sees of it."""

import re
from typing import NamedTuple, Unpack

from .flow.nodes import HEADING
from .model import Comment, Item, Section, Signature
from .pipeline import ParseOptions, build_flow, page_of
from .rendering.html import plain_text, render
from .site.languages import zone
from .structure.identity import SHORT_TIMES_FROM, time_string, truncate

_LIST_MARKS = re.compile(r"[*#:;]*")


class Piece(NamedTuple):
    """What a reader sees of some wikitext."""

    text: str  # plain
    html: str  # safe, block level


def render_piece(wikitext: str, *, title: str, **options: Unpack[ParseOptions]) -> Piece:
    """Some wikitext of a page as a reader sees it; the rest as for `parse_page`.

    The list marks with which it begins are its place in the thread, and not a list.
    """
    page = page_of(wikitext, title, **options)
    build_flow(page)
    nodes = [node for node in page.flow if node.kind is not HEADING]
    marks = _LIST_MARKS.match(wikitext)
    return Piece(plain_text(nodes), render(nodes, marks[0] if marks else ""))


def identity_of(signature: Signature, parent: Item, timezone: str) -> tuple[str, str]:
    """The (id, name) that DiscussionTools would give such a comment under this parent."""
    border = SHORT_TIMES_FROM.replace(tzinfo=zone(timezone))
    author = truncate(signature.author.replace(" ", "_"))
    name = f"c-{author}-{time_string(signature.timestamp, border)}"
    if isinstance(parent, Comment):
        return f"{name}-{parent.name.removeprefix('c-')}", name
    if isinstance(parent, Section) and not parent.placeholder:
        return f"{name}-{truncate(parent.anchor)}", name
    return name, name
