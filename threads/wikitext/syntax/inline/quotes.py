"""Bold and italic: what runs of apostrophes mean, line by line.

Rule: MediaWiki's doQuotes. Two apostrophes are italic, three bold, five both; four are
one apostrophe and bold, more than five are apostrophes and both. Where a line has an odd
number of both kinds, one bold mark is taken for an apostrophe and italic: the first after
a single-letter word, else after a longer word, else after a blank.
"""

import re

from threads.wikitext.flow.nodes import APOSTROPHES, CLOSE, LITERAL, OPEN, TEXT, Node

_RUN = re.compile("''+")
ITALIC, BOLD, BOTH = 2, 3, 5
_MARKUP = {
    # (open elements, mark) -> (html, open elements after it)
    ("", ITALIC): ("<i>", "i"),
    ("i", ITALIC): ("</i>", ""),
    ("b", ITALIC): ("<i>", "bi"),
    ("ib", ITALIC): ("</b></i><b>", "b"),
    ("bi", ITALIC): ("</i>", "b"),
    ("", BOLD): ("<b>", "b"),
    ("b", BOLD): ("</b>", ""),
    ("i", BOLD): ("<b>", "ib"),
    ("bi", BOLD): ("</i></b><i>", "i"),
    ("ib", BOLD): ("</b>", "i"),
    ("", BOTH): ("<i><b>", "ib"),
    ("i", BOTH): ("</i><b>", "b"),
    ("b", BOTH): ("</b><i>", "i"),
    ("ib", BOTH): ("</b></i>", ""),
    ("bi", BOTH): ("</i></b>", ""),
}


def apply_quotes(nodes: list[Node]) -> list[Node]:
    """The nodes of one line, with elements for the runs of apostrophes in its texts.

    Literal texts, such as entities and the content of nowiki, are left as they are.
    """
    runs = [
        (index, *match.span())
        for index, node in enumerate(nodes)
        if node.kind is TEXT and "''" in node.text and node.info is not LITERAL
        for match in _RUN.finditer(node.text)
    ]
    if not runs:
        return nodes
    marks = _marks(nodes, runs)
    return _rebuild(nodes, runs, marks)


def _marks(nodes: list[Node], runs: list[tuple[int, int, int]]) -> list[int]:
    """What each run means, after balancing."""
    marks = []
    for _, start, end in runs:
        length = end - start
        marks.append(BOLD if length == 4 else min(length, BOTH))
    both = marks.count(BOTH)
    if (marks.count(BOLD) + both) % 2 and (marks.count(ITALIC) + both) % 2:
        _unbalance(nodes, runs, marks)
    return marks


def _unbalance(nodes: list[Node], runs: list[tuple[int, int, int]], marks: list[int]) -> None:
    """Take one bold mark for an apostrophe and an italic mark."""
    choices: dict[str, int] = {}
    for number, (index, start, _) in enumerate(runs):
        if marks[number] == BOLD:
            before = nodes[index].text[max(0, start - 2) : start]
            last, second = before[-1:], before[:-1]
            kind = "blank" if last == " " else "letter" if second == " " else "word"
            choices.setdefault(kind, number)
    for kind in ("letter", "word", "blank"):
        if kind in choices:
            marks[choices[kind]] = ITALIC
            return


def _rebuild(nodes: list[Node], runs: list[tuple[int, int, int]], marks: list[int]) -> list[Node]:
    out: list[Node] = []
    state, done = "", 0
    for index, node in enumerate(nodes):
        at = 0
        while done < len(runs) and runs[done][0] == index:
            end = runs[done][2]
            mark = marks[done]
            _add_text(out, node, at, end - mark)  # what is left of a longer run is text
            if not state and mark == BOTH and marks[done + 1 : done + 2] in ([], [ITALIC]):
                markup, state = "<b><i>", "bi"  # what ends first has to be the inner one
            else:
                markup, state = _MARKUP[state, mark]
            kind = CLOSE if markup.startswith("</") else OPEN
            place = node.start + end
            out.append(Node(kind, place - mark, place, "", markup, APOSTROPHES))
            at = end
            done += 1
        if at == 0:
            out.append(node)
        else:
            _add_text(out, node, at, len(node.text))
    if state:
        end_of_line = nodes[-1].end
        tags = "".join(f"</{name}>" for name in reversed(state))
        out.append(Node(CLOSE, end_of_line, end_of_line, "", tags, APOSTROPHES))
    return out


def _add_text(out: list[Node], node: Node, start: int, end: int) -> None:
    if start < end:
        text = node.text[start:end]
        out.append(Node(TEXT, node.start + start, node.start + end, text, "", node.info))
