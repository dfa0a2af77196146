"""A fragment of a page by itself: what a reader sees of it."""

import re
from typing import NamedTuple, Unpack

from .flow.nodes import HEADING
from .pipeline import ParseOptions, build_flow, page_of
from .rendering.html import plain_text, render

_LIST_MARKS = re.compile(r"[*#:;]*")


class RenderedFragment(NamedTuple):
    """What a reader sees of some wikitext."""

    text: str  # plain
    html: str  # safe, block level


def render_fragment(
    wikitext: str, *, title: str, **options: Unpack[ParseOptions]
) -> RenderedFragment:
    """Some wikitext of a page as a reader sees it; the rest as for `parse_page`.

    The list marks with which it begins are its place in the thread, and not a list.
    """
    page = page_of(wikitext, title, **options)
    build_flow(page)
    nodes = [node for node in page.flow if node.kind is not HEADING]
    marks = _LIST_MARKS.match(wikitext)
    return RenderedFragment(plain_text(nodes), render(nodes, marks[0] if marks else ""))
