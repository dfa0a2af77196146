"""Comments whose words are taken down: a few other words stand in their place.

Indentation and signatures stay, so that who answers whom, and every id, stays the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from typing import TypeAlias

from threads.wikitext.model import Comment, ParsedPage, Signature
from threads.wikitext.structure.identity import MAX_BYTES, MOST_BYTES, SECONDS

from .patterns import pattern_of

QUOTED = 30  # characters of a line by which a quote of its beginning is recognized
SHORTEST = 16  # bytes of a line that tells by itself where it is from
_MARKS = re.compile(r"\s*([*#:;]*)[ \t]*")
_CLOSING = re.compile(r"</\w+\s*>")
_DASHES = "-–—―~ \t"
# What may follow a line's words where it has not been signed yet, or otherwise: a signature.
_SIGNED = re.compile(r"\s*[-–—―~]*\s*(?:\Z|\[\[|\{\{|<)")
_STAMP = re.compile(r".*(?:\]\]|\}\}|>)", re.DOTALL)  # all before a written time
_LINK = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}")
# Who signed, and when: how DiscussionTools names comments.
_NAME = re.compile(r"c-(.*)-(\d{4}-?\d\d-?\d\dT?\d\d:?\d\d:?\d\d(?:\.000Z)?)", re.DOTALL)
_NESTING = re.compile(r"\[\[|\]\]|\{\{|\}\}|\|")
_NAMED = re.compile(r"[^=|\[\]{}<>]*=[ \t]*")  # the name of a template's argument
CUT_FROM = MAX_BYTES - MOST_BYTES  # bytes of a name that may have been cut in ids
DIGITS = 14  # of a moment, to the second


@dataclass(frozen=True, slots=True)
class TakenComment:
    """A comment that is taken down."""

    names: frozenset[str]  # DiscussionTools' names of it
    words: str  # that stand in its place
    signer: str = ""  # who is to have signed it; "" for whoever has
    lines: frozenset[str] = frozenset()  # its words in any version, line by line
    times: frozenset[str] = frozenset()  # its time as written; a text with none has not got it
    pieces: frozenset[str] = frozenset()  # its lines, however short, as wikitext and as plain text
    # Its signature in any version, as plain text, and the time in that.
    signatures: frozenset[tuple[str, str]] = frozenset()
    since: datetime | None = None  # when it was taken down; None for now

    @property
    def signatures_in_ids(self) -> list[tuple[str, str]]:
        """Who signed and when, as it stands in ids, and what stands there now."""
        if not self.signer:
            return []
        author = self.signer.replace(" ", "_")
        times = [(name, time) for name, when in signed_by(self) for time in _in_ids(when)]
        return [(f"{name}-{time}", f"{author}-{time}") for name, time in times]


def _in_ids(when: datetime) -> tuple[str, str]:
    """A time as ids have it, before and since July 2022."""
    written = when.isoformat()[:SECONDS]
    return f"{written}.000Z", re.sub("[-T:]", "", written)


# In: a text, and since when a comment is taken down. Out: the ways in which it was read then.
Readings: TypeAlias = Callable[[str, datetime | None], Sequence[ParsedPage]]


def may_have(text: str, taken: TakenComment) -> bool:
    """Whether a text can have the comment under its name: without it, parsing is spared."""
    if not taken.times or any(time in text for time in taken.times):
        return True
    # Its time may be written otherwise, as in another zone.
    signed = ((name, f"{when:%M}") for name, when in names_and_times(taken.names))
    return any(
        minute in text and (len(name.encode()) > CUT_FROM or _spelled(name).search(text))
        for name, minute in signed
    )


def signed_by(taken: TakenComment) -> Sequence[tuple[str, datetime]]:
    """Who signed a comment that is to have another signer, as ids have the name, and when."""
    return names_and_times(taken.names) if taken.signer else ()


@lru_cache(maxsize=512)  # each text that comes in is asked for each comment
def names_and_times(names: frozenset[str]) -> Sequence[tuple[str, datetime]]:
    """What is in DiscussionTools' names of comments."""
    found = filter(None, map(_NAME.fullmatch, names))
    return tuple((name[1], _moment(name[2])) for name in found)


def _moment(written: str) -> datetime:
    digits = re.sub(r"\D", "", written)[:DIGITS]
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def lines_of(text: str, parsed: ParsedPage, names: frozenset[str]) -> frozenset[str]:
    """The words of comments with these names, line by line, without what is too short to tell."""
    pieces = _wikitext_of(text, parsed, names)
    return frozenset(line for line in pieces if tells(line))


def pieces_of(text: str, parsed: ParsedPage, names: frozenset[str]) -> frozenset[str]:
    """All lines of these comments, as wikitext and as plain text."""
    plain = (line.strip() for each in _called(parsed, names) for line in each.text.splitlines())
    return frozenset(filter(None, (*plain, *_wikitext_of(text, parsed, names))))


def _wikitext_of(text: str, parsed: ParsedPage, names: frozenset[str]) -> Iterator[str]:
    for comment in _called(parsed, names):
        yield from _lines(text, comment, *_span(text, comment, parsed))


def times_of(text: str, parsed: ParsedPage, names: frozenset[str]) -> frozenset[str]:
    """The times of comments with these names, as they are written; "", which is in every text, for
    one that has no hour."""
    signatures = (comment.signature for comment in _called(parsed, names))
    found = (_TIME.search(text[each.start : each.end]) for each in signatures)
    return frozenset(time[0] if time else "" for time in found)


def without_comments(text: str, read: Readings, taken: Sequence[TakenComment]) -> str:
    """The text without the words of these comments, wherever one of its readings has them."""
    found = list[tuple[int, int, str]]()
    for rule in taken:
        for parsed in read(text, rule.since) if may_have(text, rule) else ():
            for comment in _called(parsed, rule.names):
                for start, end in _left_of(*_span(text, comment, parsed), found):
                    found.append((start, end, _redacted(text, comment, start, end, rule)))
    pieces, at = [], 0
    for start, end, instead in sorted(found):
        pieces += [without_lines(text[at:start], taken), instead]
        at = end
    return "".join([*pieces, without_lines(text[at:], taken)])


def _span(text: str, comment: Comment, parsed: ParsedPage) -> tuple[int, int]:
    """Where its words stand: a comment in an argument of a template has no place of its own."""
    if comment.start < comment.end:
        return comment.start, comment.end
    signed = comment.signature
    before = [each.signature.end for each in parsed.comments if each.signature.end <= signed.start]
    return max([_argument(text, signed.start), *before]), signed.end


def _argument(text: str, at: int) -> int:
    """Where the value of the template's argument begins in which a place is."""
    depth = 0
    for mark in reversed([*_NESTING.finditer(text, 0, at)]):
        depth += {"]]": 1, "}}": 1, "[[": -1, "{{": -1}.get(mark[0], 0)
        if depth < 0 or (depth == 0 and mark[0] == "|"):
            named = _NAMED.match(text, mark.end(), at)
            return named.end() if named else mark.end()
    return 0


def _left_of(start: int, end: int, found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """The parts of a stretch that are not among those which were found already."""
    left = []
    for begin, until, _instead in sorted(found):
        if start < min(begin, end):
            left.append((start, min(begin, end)))
        start = max(start, until)
    return [*left, (start, end)] if start < end else left


def without_lines(text: str, taken: Sequence[TakenComment]) -> str:
    """The text without lines of these comments: where they are copied, or not signed yet."""
    known = {line: rule.words for rule in taken for line in rule.lines if line in text}
    if not known:
        return text
    return "".join(_without(line, known) for line in text.splitlines(keepends=True))


def signatures_of(
    text: str, parsed: ParsedPage, names: frozenset[str], plain: Callable[[str], str]
) -> frozenset[tuple[str, str]]:
    """As plain text those of these comments, and the time in each; in: what makes text plain."""
    signed = (each.signature for each in _called(parsed, names))
    sources = {text[each.start : each.end] for each in signed} - {""}
    return frozenset((plain(source), plain(_time_in(source))) for source in sources)


def without_pieces(text: str, taken: TakenComment, *, short: bool) -> str:
    """A text that is told beside the pages without the words of a comment, and without who is not
    to have signed it; with `short`, also words that do not tell by themselves where they are from,
    and parts of its lines.
    """
    for signature, time in taken.signatures if taken.signer else ():
        text = text.replace(signature, f"{taken.signer} {time}")
    found = [each for each in taken.pieces if each in text and (short or tells(each))]
    if short:
        lines = filter(None, map(str.strip, text.splitlines()))
        found += [line for line in lines if any(line in piece for piece in taken.pieces)]
    if not found:
        return text
    any_of = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return re.sub(rf"(?:{any_of})(?:\s*(?:{any_of}))*", lambda _found: unescape(taken.words), text)


def without_quotes(text: str, taken: TakenComment) -> str:
    """A text that may quote the beginnings of a comment's lines without the words of that."""
    text = without_pieces(text, taken, short=False)
    for piece in taken.pieces:
        begin = piece[:QUOTED]
        if len(begin) == QUOTED and begin in text:
            text = re.sub(rf"{re.escape(begin)}[^…]*", lambda _found: unescape(taken.words), text)
    return text


def without_signers(text: str, taken: TakenComment) -> str:
    """A text in which links to a comment that is to have another signer do not name who has."""
    for old, new in taken.signatures_in_ids:
        text = _spelled(old).sub(lambda _found, new=new: new, text)  # type: ignore[misc]
    return text


@lru_cache(maxsize=512)
def _spelled(signed: str) -> re.Pattern[str]:
    return pattern_of(signed.replace("_", " "))


def tells(line: str) -> bool:
    """Whether words tell by themselves where they are from."""
    return len(line.encode()) >= SHORTEST


def _called(parsed: ParsedPage, names: frozenset[str]) -> Iterator[Comment]:
    return (comment for comment in parsed.comments if comment.name in names)


def _lines(text: str, comment: Comment, start: int, end: int) -> Iterator[str]:
    begins = sorted(each.start for each in _signatures(comment))
    at = start
    for line in text[start:end].splitlines(keepends=True):
        until = min([at + len(line), *(begin for begin in begins if at <= begin)])
        words = text[at:until].lstrip(":*#; \t").strip().rstrip(_DASHES)
        if words:
            yield words
        at += len(line)


def _signatures(comment: Comment) -> list[Signature]:
    return sorted((comment.signature, *comment.cosigners), key=lambda each: each.start)


def _redacted(text: str, comment: Comment, start: int, end: int, rule: TakenComment) -> str:
    """A stretch of a comment, with the signatures in it."""
    source = text[start:end]
    begin = _MARKS.match(source)
    assert begin  # it matches nothing as well
    pieces = [begin[0].rstrip(" \t"), " " if begin[1] else "", rule.words]
    at = start + begin.end()
    for signature in _signatures(comment):
        if not at <= signature.start < signature.end <= end:
            continue
        pieces.append(_before_signature(text[at : signature.start], begin[1]))
        own = rule.signer if signature is comment.signature else ""
        signed = text[signature.start : signature.end]
        pieces.append(_signature(signed, signature.author, own) if own else signed)
        at = signature.end
    rest = text[at:end]
    pieces += [*_CLOSING.findall(rest.partition("\n")[0]), rest[len(rest.rstrip()) :]]
    return "".join(pieces)


def _before_signature(skipped: str, marks: str) -> str:
    """What parts the words from a signature: a line's end, where that is indented otherwise."""
    _before, newline, line = skipped.rpartition("\n")
    own = _MARKS.match(line)
    if newline and own and own[1] != marks:
        return f"\n{own[1]} "
    return " "


def _signature(source: str, author: str, signer: str) -> str:
    """A signature by somebody else."""
    link = f"[[User:{signer}|{signer}]]"
    if time := _time_in(source):
        return f"{link} {time}"
    source = _LINK.sub(lambda _found: link, source)  # a template has the time
    return pattern_of(author, either_case=True).sub(lambda _found: signer, source)


def _time_in(signature: str) -> str:
    """The time as it is written in a signature; "" where that is in a template."""
    return _STAMP.sub("", signature).strip()


def _without(line: str, known: dict[str, str]) -> str:
    bare = line.lstrip(":*#; \t")
    for words, instead in known.items():
        if bare.startswith(words) and _SIGNED.match(bare, len(words)):
            marks = line[: len(line) - len(bare)]
            return f"{marks}{instead}{bare[len(words) :]}"
    return line
