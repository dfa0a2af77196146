"""The dress of a signature: what stands beside its links and belongs to no sentence.

Dashes, brackets that the links leave empty, ornaments, the signer's name without a link, and
the sentence of bots that sign for others. Words are left: "Best,".
"""

import re

from threads.wikitext.flow.nodes import CLOSE, OBJECT, OPEN, TEXT, Node
from threads.wikitext.site.unsigned import begins_like_unsigned

_DASHES = "-–—−‒―~\u2060"
_BEGINNINGS = frozenset((*_DASHES, "•"))  # of an element that holds a signature
_MOST_NODES = 16  # of such an element
_ENDS = frozenset(".!?,…。，！？")  # of sentences: nothing of a signature
_CLOSING = ".,;)]}|•·\u2060 \t\n" + _DASHES
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_LONGEST_END = 4
_NEAR = 120  # characters in which the dress stands
_FACES = frozenset("☺☻☹♥❤✌")  # that say something
# What may stand before a bracket that is empty, and between dashes and a name.
_BRACKETS = frozenset("()[]{}")
_BRACKET = re.compile(r"[(\[{]\s*[)\]}]?\s*$|\(\s*$")
_SMILEY = re.compile(r"[:;=8][-'o^]?[()\[\]/\\|]+\s*$")  # ":-("
# What bots write on English wikis, where no element holds it.
_BY = re.compile(
    r"[-–—]*\s*(?:the )?preceding (?:unsigned )?comment (?:was )?(?:added )?by\s*$", re.IGNORECASE
)


def undress(nodes: list[Node], author: str) -> None:
    """Take off what belongs to the signature behind these nodes, the text of a comment."""
    _cut_element(nodes)
    tail = ""
    for node in reversed(nodes):
        if node.kind is TEXT:
            tail = node.text[-_NEAR:] + tail
            if len(tail) >= _NEAR:
                break
        elif node.kind is not OPEN:
            break
    left = _without_dress(tail, author)
    if left < len(tail):
        _cut_text(nodes, len(tail) - left)


def undress_end(behind: list[Node], before: list[Node]) -> None:
    """Take off what closes a signature, of the nodes behind it: a bracket, a dot, a dash.

    Only where nothing else is said there, and where the bracket was not begun in what is said
    before. Elements stay, for they may have begun there.
    """
    said = _said(behind).strip()
    if not said or len(said) > _LONGEST_END or said.strip(_CLOSING):
        return
    if any(node.kind is OBJECT for node in behind):
        return
    text = _said(before).rstrip()
    if said.startswith(".") and text[-1:].isalnum():
        return  # the end of the last sentence
    if any(sign in said and text.count(begun) > text.count(sign) for begun, sign in _PAIRS):
        return
    behind[:] = [node for node in behind if node.kind is not TEXT]


def _said(nodes: list[Node]) -> str:
    return "".join([node.text for node in nodes if node.kind is TEXT])


def _cut_element(nodes: list[Node]) -> None:
    """An element that holds the signature, and begins with a dash or like a template's sentence,
    is the signature's: bots sign so for others."""
    depth = 0
    for index in range(len(nodes) - 1, max(-1, len(nodes) - _MOST_NODES), -1):
        kind = nodes[index].kind
        if kind is CLOSE:
            depth += 1
        elif kind is OPEN and depth:
            depth -= 1
        elif kind is OPEN:
            text = _said(nodes[index:]).strip()
            if len(text) < _NEAR and (text[:1] in _BEGINNINGS or begins_like_unsigned(text)):
                del nodes[index:]
                return


def _without_dress(tail: str, author: str) -> int:
    """How much of the end of a text is left."""
    while tail := tail.rstrip():
        last = tail[-1]
        if last in _ENDS:
            break
        if last in _BRACKETS:
            found = None if _SMILEY.search(tail) else _BRACKET.search(tail)
            left = found.start() if found else len(tail)
        elif _is_ornament(last):
            left = len(tail) - 1
        elif last in "yY" and (found := _BY.search(tail)):
            left = found.start()
        else:
            left = len(_without_name(tail, author))
        if left == len(tail):
            break
        tail = tail[:left]
    return len(tail)


def _is_ornament(character: str) -> bool:
    """Whether it is a dash or a dingbat; arrows and signs may be what somebody says."""
    return character in _DASHES or ("\u2600" <= character <= "\u27bf" and character not in _FACES)


def _without_name(tail: str, author: str) -> str:
    """Without the signer's own name, where it stands behind dashes."""
    end = tail[-1:].casefold()[-1:]
    for name in (author, author.partition(" ")[0]):
        # The last letters first: most names are told by them.
        if name[-1:].casefold()[-1:] != end or tail[-len(name) :].casefold() != name.casefold():
            continue
        before = tail[: -len(name)].rstrip()
        if before[-1:] in _DASHES and before.rstrip(_DASHES):
            return before
    return tail


def _cut_text(nodes: list[Node], count: int) -> None:
    """Take characters off the end of the texts, and the elements that then hold nothing."""
    while nodes and count > 0:
        node = nodes[-1]
        if len(node.text) > count:
            nodes[-1] = Node(TEXT, node.start, node.end, node.text[:-count], "", node.info)
            return
        count -= len(node.text)
        nodes.pop()
    while nodes and nodes[-1].kind is OPEN:
        nodes.pop()
