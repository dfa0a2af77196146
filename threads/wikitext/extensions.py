"""Extension tags: <nowiki>, <pre>, <ref> and their like, whose content has rules of its own."""

import html
import re
from collections.abc import Callable, Mapping

from .html import note_mark
from .nodes import BLOCK_CLOSE, BLOCK_OPEN, CLOSE, OBJECT, OPEN, TEXT, Node, Note
from .tags import HIDDEN, LITERAL, LITERAL_BLOCK, Tag, attributes


class Extensions:
    """Reads the extension elements of one page.

    `ends` tells for each where it ends; `render` makes safe HTML of wikitext that is no part
    of the page's flow.
    """

    def __init__(self, text: str, ends: Mapping[int, int], render: Callable[[str], str]) -> None:
        self._text = text
        self._ends = ends
        self._render = render
        self._numbers = 0  # of notes
        self._notes: dict[str, tuple[int, int]] = {}  # by their names: (place, number)

    def nodes(self, match: re.Match[str]) -> list[Node]:
        """What an element shows; `match` is its opening tag, as "tag", with its name as
        "extension"."""
        begin, end = match.start(), self._ends[match.start()]
        name = match["extension"].lower()
        if name == "ref":
            return [self._note(match, end)]
        if end == match.end() or name in HIDDEN:
            return []
        inside = match.end(), self._text.rindex("<", begin, end)
        inner = self._text[inside[0] : inside[1]]
        text = html.unescape(inner) if name in ("nowiki", "pre") else inner
        content = Node(TEXT, *inside, text, "", "literal")
        if name in LITERAL:
            return [content]
        block = name in LITERAL_BLOCK
        element = Tag("pre" if block else "code", False, False, {})
        kinds = (BLOCK_OPEN, BLOCK_CLOSE) if block else (OPEN, CLOSE)
        return [
            Node(kinds[0], begin, inside[0], "", element.html, element),
            content,
            Node(kinds[1], inside[1], end, "", f"</{element.name}>", element),
        ]

    def _note(self, match: re.Match[str], end: int) -> Node:
        """A <ref>: a number here, and what it says below the item."""
        name = attributes(match["tag"][4:-1].rstrip("/")).get("name", "")
        closing = self._text.rfind("<", match.end(), end)
        inner = self._text[match.end() : closing] if closing >= 0 else ""
        place, number = self._notes.get(name, (match.start(), 0))
        first = not number
        if first:
            self._numbers += 1
            number = self._numbers
            if name:
                self._notes[name] = place, number
        shown = self._render(inner) if inner.strip() else ""
        mark = note_mark(number, place, first=first)
        return Node(OBJECT, match.start(), end, "", mark, Note(number, place, shown))
