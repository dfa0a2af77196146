"""Nodes to what a reader sees: safe HTML, and plain text."""

from collections.abc import Iterable
from html import escape

from threads.wikitext.flow.nodes import (
    BREAK,
    CLOSE,
    OBJECT,
    OPEN,
    RULE,
    SEPARATOR,
    TEXT,
    Break,
    Node,
)
from threads.wikitext.flow.notes import Note
from threads.wikitext.markup.allowlist import clean
from threads.wikitext.markup.icons import with_icons

from .paragraphs import HtmlChunk, Paragraphs, one_paragraph

# How much text is cleaned as one, in characters: for the “&” of a text, nh3 takes time with the
# square of their number.
_STRETCH = 20_000


def plain_text(nodes: Iterable[Node]) -> str:
    """What a reader sees, as text: blocks and line breaks begin new lines."""
    text = "".join(
        [
            node.text if kind is TEXT else "\n"
            for node in nodes
            if (kind := node.kind) is TEXT or kind is BREAK or kind is SEPARATOR
        ]
    )
    if "\n" not in text:
        return _with_single_blanks(text)
    return "\n".join(filter(None, map(_with_single_blanks, text.split("\n"))))


def _with_single_blanks(line: str) -> str:
    if line.isprintable() and "  " not in line:  # then it has no other blanks
        return line.strip(" ")
    return " ".join(line.split())


def render_inline(nodes: Iterable[Node]) -> str:
    """Safe HTML of a stretch without blocks: a heading."""
    return with_icons(inline_part(nodes))


def render(nodes: Iterable[Node], prefix: str) -> str:
    """Safe HTML of a comment or an unsigned text.

    `prefix` is the list markup of the line on which it begins: what a reader sees as the
    comment's own place in the thread, and not as a list.
    """
    return with_icons(part(nodes, prefix))


# What becomes part of an item is cleaned once more with it, and cleaning takes icons out: so
# they are put in last of all.


def inline_part(nodes: Iterable[Node]) -> str:
    """As `render_inline`, for what becomes part of an item's HTML."""
    return clean("".join(_inline(node) for node in nodes)).strip()


def part(nodes: Iterable[Node], prefix: str = "") -> str:
    """As `render`, for what becomes part of an item's HTML."""
    nodes = list(nodes)
    page: Paragraphs | None = None  # made for what is more than inline HTML
    stretch: list[str] = []  # inline HTML that is still to be added
    for node in nodes:
        kind = node.kind
        if kind is TEXT:
            text = node.text
            if node.html or len(text) <= _STRETCH:
                stretch.append(node.html or _escaped(text))
            else:
                stretch += (
                    escape(text[start : start + _STRETCH], quote=False)
                    for start in range(0, len(text), _STRETCH)
                )
            continue
        if kind is OPEN or kind is CLOSE:
            stretch.append(node.html)
            continue
        page = page or Paragraphs(prefix, listed=_returns(nodes, prefix))
        if kind is BREAK:
            assert isinstance(node.info, Break)
            page.add(stretch)
            stretch = []
            page.begin(node.info)
        elif kind is SEPARATOR and node.html.startswith("<hr"):
            page.add(stretch)
            stretch = []
            page.rule(node.html, line=node.info is RULE)
        else:
            stretch.append(node.html)
            if kind is OBJECT and isinstance(node.info, Note):
                page.note(node.info)
    if page is None and (html := one_paragraph(stretch, prefix)) is not None:
        return clean(html)
    page = page or Paragraphs(prefix, listed=False)
    page.add(stretch)
    return "".join(map(_cleaned, page.finish()))


def _escaped(text: str) -> str:
    """As HTML; most texts have nothing to escape, which is found faster than done."""
    if "&" in text or "<" in text or ">" in text:
        return escape(text, quote=False)
    return text


def _cleaned(piece: HtmlChunk) -> str:
    html = clean(piece.html)
    return html[len(piece.before) : len(html) - len(piece.after)]


def _returns(nodes: list[Node], prefix: str) -> bool:
    """Whether several lines have this bullet or number: then the item holds a list."""
    if not prefix.endswith(("*", "#")):
        return False
    first = next((index for index, node in enumerate(nodes) if node.kind is not BREAK), 0)
    lines = (node.info for node in nodes[first:] if isinstance(node.info, Break))
    return any(line.begins_line and line.prefix == prefix for line in lines)


def _inline(node: Node) -> str:
    if node.kind is TEXT:
        return node.html or _escaped(node.text)
    return node.html
