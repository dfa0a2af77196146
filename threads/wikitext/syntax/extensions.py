"""Extension tags: <nowiki>, <pre>, <ref> and their like, whose content has rules of its own."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from threads.wikitext.flow.nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    CODE,
    LITERAL,
    OBJECT,
    OPEN,
    SEPARATOR,
    TEXT,
    Node,
)
from threads.wikitext.flow.notes import Note, Notes
from threads.wikitext.markup import highlighting
from threads.wikitext.markup.entities import unescape
from threads.wikitext.markup.styles import classes
from threads.wikitext.markup.tags import Tag, attributes
from threads.wikitext.rendering.html import inline_part, part, plain_text

# How much source on a page gets colours: the sum of the squares of their lengths, which the
# work of some lexers grows with.
MAX_COLOURED = 40_000_000
_INNER_NOWIKI = re.compile(r"</?nowiki\s*/?>", re.IGNORECASE)
_REF = re.compile(r"<ref(?=[\s/>])[^<>]*>", re.IGNORECASE)
_POEM_LINE = re.compile(r"^(:*)((?:[ ]+(?=[^ \n]))?)(.*?)[ ]*$", re.MULTILINE)
_BREAK = Tag("br", False, False, {})
_GALLERY_OPTION = re.compile(r"\s*(?:alt|link|lang|page|class|start|thumbtime)\s*=", re.IGNORECASE)
_MATH = {"math": "TeX", "chem": "mhchem", "ce": "mhchem"}
Span = tuple[int, int]


class Extensions:
    """Reads the extension elements of one page.

    `ends` tells for each where it ends; `lines` and `blocks` make nodes of wikitext that is no
    part of the page's flow: of lines each by itself, and of a text with all that it holds.
    """

    def __init__(
        self,
        text: str,
        ends: Mapping[int, int],
        lines: Callable[[list[str]], list[list[Node]]],
        blocks: Callable[[str], list[Node]],
        is_file: Callable[[str], bool],
        notes: Notes,
    ) -> None:
        self._text = text
        self._ends = ends
        self._lines = lines
        self._blocks = blocks
        self._is_file = is_file
        self._notes = notes
        self._colours = MAX_COLOURED  # how much may still get them

    def nodes(self, match: re.Match[str]) -> list[Node]:
        """What an element shows; `match` is its opening tag, as "tag", with its name as
        "extension"."""
        begin, end = match.start(), self._ends[match.start()]
        name = match["extension"].lower()
        given = attributes(match[0][len(name) + 1 : -1].rstrip("/"))
        given["<>"] = name
        closing = self._text.rfind("<", match.end(), end) if end > match.end() else -1
        inner = self._text[match.end() : closing] if closing >= 0 else ""
        if name == "ref":
            return self._ref(inner, given, (begin, end))
        if name == "references":
            return self._references(inner, given, (begin, end))
        show = _SHOWING.get(name)
        return show(self, inner, given, (begin, end)) if show and inner else []

    # What stands as it is

    def _nowiki(self, inner: str, _: dict[str, str], at: Span) -> list[Node]:
        return [Node(TEXT, *at, unescape(inner), "", LITERAL)]

    def _pre(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        shown = unescape(_INNER_NOWIKI.sub("", inner)).removeprefix("\n")
        node = Node(TEXT, *at, shown, "", LITERAL)
        return _block("pre", node, at=at, looks=_looks("pre", given))

    def _math(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        opening = f'<code class="math" dir="ltr" title="{_MATH[given["<>"]]}">'
        return _inline(opening, Node(TEXT, *at, inner.strip(), "", LITERAL))

    def _code(self, inner: str, _: dict[str, str], at: Span) -> list[Node]:
        return _inline("<code>", Node(TEXT, *at, inner, "", LITERAL))

    def _drawn(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """What a wiki draws: its source, to unfold."""
        return _folded(given["<>"], Node(TEXT, *at, inner.strip("\n"), "", LITERAL))

    def _undrawn(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """The same, where the source is nothing that a reader of the wiki sees as text."""
        shown = escape(inner.strip("\n"), quote=False)
        return _folded(given["<>"], Node(OBJECT, *at, "", shown))

    # Source

    def _source(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        code = inner.rstrip()
        while code.startswith("\n"):
            code = code[1:]
        if "inline" in given or given.get("enclose") == "none":
            node = Node(TEXT, *at, code, self._coloured(code.strip(), given), LITERAL)
            return _inline('<code dir="ltr">', node)
        shown = self._coloured(code, given)
        if "line" not in given:
            return _block("pre", Node(TEXT, *at, code, shown, LITERAL), at=at, looks=' dir="ltr"')
        first = given.get("start", "1")
        start = f' start="{first}"' if re.fullmatch(r"[0-9]{1,6}", first) else ""
        items = "".join(f"<li>{line or '<br>'}</li>" for line in highlighting.lines(shown))
        listed = f'<ol class="code" dir="ltr"{start}>{items}</ol>'
        content = Node(TEXT, *at, code, listed, LITERAL)
        return _block("div", content, at=at, looks=' class="scroll"')

    def _coloured(self, code: str, given: dict[str, str]) -> str:
        self._colours -= len(code) ** 2
        return highlighting.coloured(code, given.get("lang", "") if self._colours >= 0 else "")

    # What holds wikitext

    def _poem(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """Lines stay lines, blanks stay blanks, and colons indent. Comments may stand in it."""
        begin = self._text.rfind("<", *at) - len(inner.lstrip("\n"))
        lines = list(_POEM_LINE.finditer(inner.strip("\n")))
        read = self._lines([line[3] for line in lines])
        first = 0  # where a line begins in what was read
        content: list[Node] = []
        for line, nodes in zip(lines, read, strict=True):
            indent = "\u2003" * 2 * len(line[1]) + "\u00a0" * len(line[2])
            start = begin + line.start(3)
            if content:
                content.append(Node(SEPARATOR, start, start, "", "<br>\n", _BREAK))
            if indent:
                content.append(Node(TEXT, start, start, "", indent, LITERAL))
            for node in nodes:
                node.start += start - first
                node.end += start - first
            content += nodes
            first += len(line[3]) + 1
        return _block("div", *content, at=at, looks=_looks("div", given, "poem"))

    def _gallery(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """A list of links to files, each with its caption."""
        lines = [line.strip().partition("|") for line in inner.splitlines()]
        lines = [line for line in lines if line[0] and not line[0].startswith(("<!--", "//"))]
        above, *read = self._lines(
            [given.get("caption", "")]
            + [f"[[{self._file_title(title)}]]" for title, _, _ in lines]
            + [_caption(options) for _, _, options in lines]
        )
        files, captions = read[: len(lines)], read[len(lines) :]
        items = "".join(
            f"<li>{inline_part(file)} {inline_part(caption)}".rstrip() + "</li>"
            for file, caption in zip(files, captions, strict=True)
        )
        head = f'<p class="bold">{inline_part(above)}</p>' if above else ""
        words = "\n".join(plain_text(nodes) for nodes in (above, *captions))
        content = Node(TEXT, *at, words, f'{head}<ul class="gallery">{items}</ul>', LITERAL)
        return _block("div", content, *_notes(captions), at=at)

    def _file_title(self, title: str) -> str:
        """A file's title with its namespace, which a gallery may leave out."""
        title = unescape(title).strip()
        return title if self._is_file(title) else f"File:{title}"

    # Notes

    def _ref(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """A <ref>: a mark here, and what it says below the item."""
        group, name = given.get("group", ""), given.get("name", "")
        said = self._said(inner)
        followed = self._notes.named(group, given.get("follow", ""))
        if followed is not None:
            followed.say(said)
            return []
        note = self._notes.met(group, name)
        note.say(said)
        return [Node(OBJECT, *at, "", note.mark(), note)]

    def _references(self, inner: str, given: dict[str, str], at: Span) -> list[Node]:
        """A list of notes: what it says of them belongs where they are marked."""
        unmarked: list[Node] = []
        match = _REF.search(inner)
        while match:
            after = match.end()
            if not match[0].endswith("/>"):
                after = inner.find("</ref", match.end())
                if after < 0:
                    break
                own = attributes(match[0][4:-1])
                group = own.get("group", given.get("group", ""))
                name = own.get("name", "")
                marked = self._notes.named(group, name)
                note = marked or self._notes.met(group, name)
                note.say(self._said(inner[match.end() : after]))
                if marked is None:
                    unmarked.append(Node(OBJECT, *at, "", "", note))
            match = _REF.search(inner, after)
        return _between("", "", "div", unmarked, at)

    def _said(self, inner: str) -> str:
        """Safe HTML of what a note says."""
        if not inner.strip():
            return ""
        html = part(self._blocks(inner.strip()))
        alone = html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>")
        return html[3:-4] if alone else html


_SHOWING: dict[str, Callable[[Extensions, str, dict[str, str], Span], list[Node]]] = {
    "nowiki": Extensions._nowiki,
    "pre": Extensions._pre,
    "syntaxhighlight": Extensions._source,
    "source": Extensions._source,
    "poem": Extensions._poem,
    "gallery": Extensions._gallery,
    **dict.fromkeys(("math", "chem", "ce"), Extensions._math),
    **dict.fromkeys(("hiero", "charinsert"), Extensions._code),
    **dict.fromkeys(("imagemap", "timeline", "score", "inputbox"), Extensions._drawn),
    **dict.fromkeys(("graph", "mapframe", "templatedata", "categorytree"), Extensions._undrawn),
}


def _looks(name: str, given: dict[str, str], own: str = "") -> str:
    """What is added to an opening tag."""
    names = [own, *classes(name, given)] if own else classes(name, given)
    return f' class="{" ".join(names)}"' if names else ""


def _block(name: str, *content: Node, at: Span, looks: str = "") -> list[Node]:
    return _between(f"<{name}{looks}>", f"</{name}>", name, content, at)


def _folded(name: str, content: Node) -> list[Node]:
    """Something to unfold, under its name."""
    opening = f'<details class="fold"><summary>{name}</summary><pre dir="ltr">'
    at = content.start, content.end
    return _between(opening, "</pre></details>", "pre", [content], at)


def _between(
    opening: str, closing: str, name: str, content: Sequence[Node], at: Span
) -> list[Node]:
    """A block that is an element of that name; `opening` and `closing` are its tags."""
    tag, (start, end) = Tag(name, False, False, {}), at
    return [
        Node(BLOCK_OPEN, start, start, "", opening, tag),
        *content,
        Node(BLOCK_CLOSE, end, end, "", closing, tag),
    ]


def _inline(opening: str, content: Node) -> list[Node]:
    """A line's code: `opening` is its tag."""
    return [
        Node(OPEN, content.start, content.start, "", opening, CODE),
        content,
        Node(CLOSE, content.end, content.end, "", "</code>", CODE),
    ]


def _caption(options: str) -> str:
    """The caption among what stands behind a gallery's file."""
    return "|".join(part for part in options.split("|") if not _GALLERY_OPTION.match(part))


def _notes(read: list[list[Node]]) -> list[Node]:
    """What bears the notes of wikitext that is shown as one piece."""
    return [
        Node(OBJECT, node.start, node.end, "", "", node.info)
        for nodes in read
        for node in nodes
        if isinstance(node.info, Note)
    ]
