"""Which openings have their ends: one pass over the page, whatever it holds.

MediaWiki reads comments, extension tags and templates before it looks at lines, and takes
an opening without its end for text. Knowing this beforehand keeps the cost of a page in
proportion to its length: mwparserfromhell looks for the end of every opening it is given,
again and again (its issues 286 and 364), so it is given only those that have one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from threads.wikitext.markup.alternatives import any_of
from threads.wikitext.markup.tags import ATTRIBUTES, EXTENSION, KNOWN

# MediaWiki's own limit for templates; mwparserfromhell's work grows with the depth.
MAX_DEPTH = 40

# Every branch begins with a letter of its own, so that text is passed over fast.
_MARKS = re.compile(
    rf"\{{\{{+|\}}\}}+|\[(?P<link>\[[^\[\]{{}}<=\n]*\]\])|\[\[|\]\]|\[(?=[a-z+]*:|//)|<!--|==+"
    rf"|<(?P<extension>{any_of(EXTENSION)})(?=[\s/>])[^<>]*>"
    rf"|</?{any_of(KNOWN)}(?=[\s/>]){ATTRIBUTES}>|<",
    re.IGNORECASE,
)
_LINK = _MARKS.groupindex["link"]
_LINK_TITLE = re.compile(r"\[\[[^\[\]{}<>|\n]*[|\]]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Brackets:
    """What a pass over a page has found."""

    unclosed: list[Span]  # openings without an end, in order
    too_deep: list[Span]  # pairs that hold more inside each other than is looked into
    # The page, with ">" for tags, comments, heading marks and openings without an end.
    masked: str
    joined: list[Span]  # what runs over line feeds: disjoint, in order
    extensions: dict[int, int]  # where each extension's element begins -> where it ends


class _Opening:
    __slots__ = ("braces", "depth", "place")

    def __init__(self, place: int, braces: int) -> None:
        self.place = place
        self.braces = braces  # how many of them; 0 for a link
        self.depth = 0  # how deep the finished pairs inside it are nested


class _Scan:
    """The state of one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hidden: list[Span] = []
        self.unclosed: list[Span] = []
        self.too_deep: list[Span] = []
        self.joined: list[Span] = []
        self.extensions: dict[int, int] = {}
        self._open: list[_Opening] = []
        self._endless: set[str] = set()  # extension tags that are not closed any more
        self._bracket = -1  # the next "]" or line feed

    def run(self) -> None:
        at = 0
        while at >= 0:
            at = self._run_from(at)
        for opening in self._open:
            self._leave_open(opening.place, opening.place + (opening.braces or 2))

    def _run_from(self, at: int) -> int:
        """Deal with marks up to one behind which more is passed over; gives the place at which
        to go on, -1 for none."""
        for match in _MARKS.finditer(self.text, at):
            if match.lastindex == _LINK:  # a whole link, which holds nothing of all this
                self._deepen(1)
                continue
            after = self._take(match)
            if after != match.end():
                return after
        return -1

    def _take(self, match: re.Match[str]) -> int:
        """Deal with one mark; gives the place at which to go on."""
        mark = match[0]
        place, after = match.span()
        if mark[0] == "[":
            self._take_bracket(mark, place)
        elif mark[0] == "<":
            if mark == "<!--":
                found = self.text.find("-->", after)
                if found < 0:
                    self.unclosed.append((place, after))
                after = len(self.text) if found < 0 else found + 3
            elif match["extension"]:
                after = self._extension_end(match)
            self._hide(place, after)
            self._join(place, after)
        elif mark == "]]":
            self._close_link(after)
        elif mark[0] == "=":
            if self._at_line_edge(place, after):
                self._hide(place, after)  # a heading's, no argument's name before it
        elif mark[0] == "{":
            self._open.append(_Opening(place, len(mark)))
        else:
            self._close_braces(place, after)
        return after

    def _take_bracket(self, mark: str, place: int) -> None:
        if mark == "[[":
            self._open.append(_Opening(place, 0))
        else:
            self._url(place)

    def _at_line_edge(self, place: int, after: int) -> bool:
        before = place == 0 or self.text[place - 1] == "\n"
        return before or after == len(self.text) or self.text[after] in "\n \t"

    def _extension_end(self, match: re.Match[str]) -> int:
        name = match["extension"].lower()
        if match[0].endswith("/>"):
            self.extensions[match.start()] = match.end()
            return match.end()
        if name in self._endless:
            self.unclosed.append(match.span())
            return match.end()
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, match.end())
        if closing is None:
            self._endless.add(name)
            self.unclosed.append(match.span())
            return match.end()
        self.extensions[match.start()] = closing.end()
        return closing.end()

    def _close_link(self, after: int) -> None:
        if self._open and not self._open[-1].braces:
            opening = self._open.pop()
            place = opening.place
            if self._ends_well(place, after):
                self._finish(opening, place, after, 2)
            else:
                self._leave_open(place, place + 2)

    def _ends_well(self, place: int, after: int) -> bool:
        """A link has its title on one line, and ends with its paragraph."""
        feed = self.text.find("\n", place, after)
        if feed < 0:
            return True
        title = _LINK_TITLE.match(self.text, place, after)
        return title is not None and self.text.find("\n\n", feed, after) < 0

    def _close_braces(self, place: int, after: int) -> None:
        """Match a run of closing braces with the openings before it, innermost first."""
        left = after - place
        while left >= 2 and self._open and self._open[-1].braces >= 2:
            opening = self._open.pop()
            used = min(left, opening.braces, 3)
            left -= used
            opening.braces -= used
            begin = opening.place + opening.braces
            depth = self._finish(opening, begin, after - left, used)
            if opening.braces >= 2:
                opening.depth = depth
                self._open.append(opening)
            elif opening.braces:
                self._hide(opening.place, begin)

    def _finish(self, opening: _Opening, place: int, after: int, length: int) -> int:
        """Note a pair; gives how deep it is."""
        depth = opening.depth + 1
        if depth > MAX_DEPTH:
            self._hide(place, place + length)
            self.too_deep.append((place, after))
            depth = 0
        else:
            self._join(place, after)
        self._deepen(depth)
        return depth

    def _deepen(self, depth: int) -> None:
        """Note that what is open holds a pair that is so deep."""
        if self._open:
            self._open[-1].depth = max(self._open[-1].depth, depth)

    def _url(self, place: int) -> None:
        """[http://… text] ends on its line."""
        if self._bracket < place:
            found = re.compile(r"[\]\n]").search(self.text, place)
            self._bracket = found.start() if found else len(self.text)
        if self.text[self._bracket : self._bracket + 1] != "]":
            self._hide(place, place + 1)

    def _leave_open(self, start: int, end: int) -> None:
        self.unclosed.append((start, end))
        self._hide(start, end)

    def _hide(self, start: int, end: int) -> None:
        self.hidden.append((start, end))

    def _join(self, start: int, end: int) -> None:
        if self.text.find("\n", start, end) >= 0:
            self.joined.append((start, end))


def scan(text: str) -> Brackets:
    """Look over a whole page."""
    found = _Scan(text)
    found.run()
    parts: list[str] = []
    at = 0
    for start, end in merged(found.hidden):
        parts += text[at:start], ">" * (end - start)
        at = end
    found.unclosed.sort()
    found.too_deep.sort()
    return Brackets(
        unclosed=found.unclosed,
        too_deep=found.too_deep,
        masked="".join(parts) + text[at:],
        joined=merged(found.joined),
        extensions=found.extensions,
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches, in order, those that overlap as one."""
    disjoint: list[Span] = []
    for start, end in sorted(spans):
        if disjoint and start < disjoint[-1][1]:
            disjoint[-1] = disjoint[-1][0], max(end, disjoint[-1][1])
        else:
            disjoint.append((start, end))
    return disjoint
