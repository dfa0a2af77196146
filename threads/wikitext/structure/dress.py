"""The dress of a signature: what stands beside its links and belongs to no sentence.

Dashes, brackets that the links leave empty, ornaments, the signer's name without a link, and
the sentence of bots that sign for others. Words are left: "Best,".
"""

import re
from collections.abc import Sequence

from threads.wikitext.flow.nodes import CLOSE, OBJECT, OPEN, TEXT, Node
from threads.wikitext.site.unsigned import (
    begins_like_unsigned,
    is_end_of_unsigned,
    unsigned_at_end,
)

from .signatures import FoundSignature

_DASHES = "-–—−‒―~\u2060"
_BEGINNINGS = frozenset((*_DASHES, "•"))  # of an element that holds a signature
_MOST_NODES = 16  # of such an element
_ENDS = frozenset(".!?,…。，！？")  # of sentences: nothing of a signature
_CLOSING = ".,;)]}|•·\u2060 \t\n" + _DASHES
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_CLOSING_BRACKETS = tuple(closing for _, closing in _PAIRS)
_LONGEST_END = 4
_NEAR = 120  # characters in which the dress stands
_FACES = frozenset("☺☻☹♥❤✌")  # that say something
# What may stand before a bracket that is empty, and between dashes and a name.
_BRACKETS = frozenset("()[]{}")
_BRACKET = re.compile(r"[(\[{]\s*[)\]}]?\s*$|\(\s*$")
_BROKEN_LINK = re.compile(r"\[{1,2}[^\[\]|:]+:(?P<name>[^\[\]|#/]+)(?:\|[^\[\]]*)?\]{1,2}$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MIRRORED = dict(zip("«‹<⟨→「『【", "»›>⟩←」』】", strict=True))
_UNPAIRED = _ENDS | frozenset('()[]{}"”“»’:;%')  # at the end of what somebody says
_BY = frozenset(
    "av by door od par por przez von участником участницей".split()
)  # before whose words they are
_BY_ENDS = (*(f" {word}{end}" for word in _BY for end in ("", " ", "\u00a0")), "は、", "由", "는 ")
# What closes a signature before the words behind it, but for a smiley.
_LEADING = re.compile(r"[\s)\]}|•·]*(?:[-:,;.–—]+(?![()\[\]])\s*)?")
SHORTEST = 4  # characters between links and time in which something is said
# Words between links and time that are no part of a signature: alone, and behind others.
_FEWEST = 2
_SENTENCE = 3
_FIRST_IDEOGRAPH = "\u2e80"
_SMILEY = re.compile(r"[:;=8][-'o^]?[()\[\]/\\|]+\s*$")  # ":-("


def undress(nodes: list[Node], flow: Sequence[Node], signature: FoundSignature) -> None:
    """Take off what belongs to the signature behind these nodes, the text of a comment."""
    _cut_element(nodes)
    if nodes and nodes[-1].text.endswith(_BY_ENDS):
        _cut_sentence(nodes)
    tail = ""
    for node in reversed(nodes):
        if node.kind is TEXT:
            tail = node.text[-_NEAR:] + tail
            if len(tail) >= _NEAR:
                break
        elif node.kind is not OPEN:
            break
    left = _without_dress(tail, signature.author)
    sign = tail[left - 1 : left]
    if sign and sign not in _UNPAIRED and not sign.isalnum() and _is_paired(sign, flow, signature):
        paired = _without_pairs(tail[:left], _beside(flow, signature))
        if paired < left:
            left = _without_dress(tail[:paired], signature.author)
    if left < len(tail):
        _cut_text(nodes, len(tail) - left)


def said_in(flow: Sequence[Node], signature: FoundSignature, *, is_all: bool) -> list[Node]:
    """What is said between the links of a signature and its time: sentences, or where that is all
    that is said, words."""
    node = flow[signature.last]
    text = node.text[: signature.begin].lstrip(_CLOSING + ":")
    least = _FEWEST if is_all else _SENTENCE
    if len(_WORD.findall(text)) < least or not (is_all or text.rstrip()[-1:] in _ENDS):
        return []
    return [Node(TEXT, node.start, node.end, text if is_all else f" {text}", "", node.info)]


def undress_beginning(nodes: list[Node]) -> None:
    """Take off what stands between a signature and the comment behind it: "):", a dash."""
    for index, node in enumerate(nodes):
        if node.kind is TEXT:
            begin = _LEADING.match(node.text)
            text = node.text[begin.end() :] if begin else node.text
            nodes[index] = Node(TEXT, node.start, node.end, text, "", node.info)
            if text:
                return
        elif node.kind is not CLOSE:
            return


def undress_brackets(nodes: list[Node]) -> None:
    """Take off the bracket that ends right before these nodes, or is ended right behind them: it
    stands around somebody's remark."""
    index = next((n for n, node in enumerate(nodes) if node.kind is not OPEN), 0)
    text = nodes[index].text.lstrip() if nodes else ""
    if text.startswith(_CLOSING_BRACKETS):
        undress_beginning(nodes)
    pair = next((pair for pair in _PAIRS if text.startswith(pair[0])), None)
    if pair and sum((sign == pair[0]) - (sign == pair[1]) for sign in _said(nodes)) > 0:
        node = nodes[index]
        nodes[index] = Node(TEXT, node.start, node.end, text[1:], "", node.info)


def _is_paired(sign: str, flow: Sequence[Node], signature: FoundSignature) -> bool:
    """False only if a sign does not stand on the other side of the links as well."""
    other = _MIRRORED.get(sign, sign)
    return any(other in node.text for node in flow[signature.first : signature.last + 1])


def _beside(flow: Sequence[Node], signature: FoundSignature) -> str:
    """What stands between a signature's links and its time, without the links."""
    depth, texts = 0, []
    for node in flow[signature.first : signature.last]:
        if node.kind is OPEN and (depth or node.user):
            depth += 1
        elif node.kind is CLOSE and depth:
            depth -= 1
        elif node.kind is TEXT and not depth:
            texts.append(node.text)
    return "".join([*texts, flow[signature.last].text[: max(0, signature.begin)]])


def _without_pairs(tail: str, beside: str) -> int:
    """How much of a text is left without the signs at its end that stand on the other side of the
    links as well: "«", "*"."""
    tail, beside = tail.rstrip(), beside.strip()
    while tail and not tail[-1].isalnum() and tail[-1] not in _UNPAIRED:
        if beside[:1] != _MIRRORED.get(tail[-1], tail[-1]):
            break
        tail, beside = tail[:-1].rstrip(), beside[1:].strip()
    return len(tail)


def undress_end(behind: list[Node], before: list[Node]) -> None:
    """Take off what closes a signature, of the nodes behind it: a bracket, a dot, a dash.

    Only where nothing else is said there, and where the bracket was not begun in what is said
    before. Elements stay, for they may have begun there.
    """
    said = _said(behind).strip()
    if said and said[0] > _FIRST_IDEOGRAPH and is_end_of_unsigned(said):
        behind[:] = _ends_of_elements(behind)
        return
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


def _ends_of_elements(nodes: list[Node]) -> list[Node]:
    """Those of elements that began before."""
    ends, depth = [], 0
    for node in nodes:
        if node.kind is OPEN:
            depth += 1
        elif node.kind is CLOSE and depth:
            depth -= 1
        elif node.kind is CLOSE:
            ends.append(node)
    return ends


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
            if len(text) < _NEAR and _is_dress(text):
                del nodes[index:]
                return


def _is_dress(text: str) -> bool:
    """Whether nothing is said in an element that holds a signature: behind a dash, or in a
    template's sentence."""
    if text[:1] not in _BEGINNINGS:
        return begins_like_unsigned(text)
    bare = text.lstrip(_DASHES + "•(\u00a0 ")
    words = _WORD.findall(bare)
    return not words or words[-1].lower() in _BY or begins_like_unsigned(bare)


def _cut_sentence(nodes: list[Node]) -> None:
    """A template's sentence, with a link in it, is the signature's where no element holds both."""
    begin, text = len(nodes), ""
    while begin and len(text) < _NEAR and nodes[begin - 1].kind in (TEXT, OPEN, CLOSE):
        begin -= 1
        text = nodes[begin].text + text
    found = unsigned_at_end(text)
    if found < 0:
        return
    left = len(nodes)
    while found < len(text) and len(text) - found >= len(nodes[left - 1].text):
        left -= 1
        text = text[: len(text) - len(nodes[left].text)]
    cut = nodes[left:]
    if sum((node.kind is OPEN) - (node.kind is CLOSE) for node in cut):
        return  # an element ends in it that began before
    del nodes[left:]
    _cut_text(nodes, len(text) - found)


def _without_dress(tail: str, author: str) -> int:
    """How much of the end of a text is left."""
    while tail := tail.rstrip():
        last = tail[-1]
        if last in _ENDS:
            break
        if last in _BRACKETS:
            found = None if _SMILEY.search(tail) else _BRACKET.search(tail)
            left = found.start() if found else _before_broken_link(tail, author)
        elif _is_ornament(last):
            left = len(tail) - 1
        elif last in "yY" and (begin := unsigned_at_end(tail)) >= 0:
            left = begin
        else:
            left = len(_without_name(tail, author))
        if left == len(tail):
            break
        tail = tail[:left]
    return len(tail)


def _before_broken_link(tail: str, author: str) -> int:
    """How much of a text is left without a link to the signer that lacks a bracket."""
    found = _BROKEN_LINK.search(tail)
    is_own = found is not None and found["name"].casefold() == author.casefold()
    return found.start() if found and is_own else len(tail)


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
