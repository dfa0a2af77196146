"""Positions: who takes which one in a comment, by the words and templates of the language.

Rules, in order: a template or emphasised words; where there are none, plain words that begin the
comment, end it or draw a conclusion; else what it agrees to, or the heading below which it is all
that somebody signs. What is struck, quoted or copied does not count, nor what a person says who
closes the discussion."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from threads.wikitext.model import Closure, Position
from threads.wikitext.site.outcomes import OTHER, OutcomeWords, holds_any
from threads.wikitext.structure.comments import Draft, DraftComment

from .closings import is_closing
from .counting import set_aside
from .hints import may_take_a_position
from .passages import Line, Passages, Phrase

_LONGEST_PHRASE = 70  # characters: what is longer is no vote
_LONGEST_NOUN = 40
_LAST = 120  # characters in which the last words of a comment stand
# Before the first comment of a topic: what is older was copied there.
_COPIED = timedelta(days=30)
_BEFORE = re.compile(r"^[\W_]*")
_QUESTION = re.compile(r"[^.!?]*\?")
_WORD = re.compile(r"\w")
_ENDS = " \u00a0\u200e\u200f-–—.…!"


class _Found(NamedTuple):
    """What may be a position."""

    stance: str
    word: str
    is_struck: bool
    source: str


def find_positions(
    drafts: Sequence[Draft],
    closures: Iterable[Closure],
    passages: Passages,
    topics: Mapping[str, str],
    words: OutcomeWords,
) -> dict[str, Position]:
    """By the id of a comment, the position that it takes.

    In: `topics`, by the id of a section, that of the one which its positions are about.
    """
    closing = {(closure.by, closure.when) for closure in closures}
    found: dict[str, Position] = {}
    begun: dict[str, datetime] = {}  # when the first comment of a topic was written
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        if not isinstance(draft, DraftComment) or draft.section is None:
            continue
        signature, topic = draft.signature, topics[draft.section.id]
        when = signature.when
        assert when is not None  # a signature without a real time makes no comment
        if (signature.author, when) in closing:
            continue
        theirs = taken[topic, signature.author]
        position = None
        wikitext = passages.wikitext(draft)
        if begun.setdefault(topic, when) - when <= _COPIED:
            position = (
                _position(draft, wikitext, passages, words)
                or _agreeing(draft, wikitext, found, words)
                or _signing(draft, passages, words)
            )
        if position is not None:
            found[draft.id] = position
            theirs.append(draft.id)
        elif theirs and holds_any(wikitext, words.withdrawals):
            found |= {one: set_aside(found[one], "withdrawn") for one in theirs}
    return found


def _agreeing(
    draft: DraftComment, wikitext: str, found: Mapping[str, Position], words: OutcomeWords
) -> Position | None:
    """The position of the comment that a comment answers, where it begins by agreeing to it."""
    answered = draft.answers or draft.parent
    said = found.get(answered.id) if answered else None
    agreed = words.agreed.match(_begin(wikitext)) if said else None
    if said is None or agreed is None or said.status:
        return None
    return Position(said.stance, agreed[0], True, "", "word")


def _signing(draft: DraftComment, passages: Passages, words: OutcomeWords) -> Position | None:
    """The position that names a part of a topic, where somebody signs there and says nothing."""
    if draft.section is None or isinstance(draft.parent, DraftComment):
        return None
    heading = draft.section.text.strip(" :*")
    stance = words.stances.get(heading.casefold()) if words.is_part(heading) else None
    if stance is None or passages.lines_of(draft):
        return None
    return Position(stance, heading, True, "", "word")


def _begin(wikitext: str) -> str:
    return wikitext.lstrip(" \t\n:*#'\"")


def _position(
    draft: DraftComment, wikitext: str, passages: Passages, words: OutcomeWords
) -> Position | None:
    if not may_take_a_position(wikitext, words):
        return None
    lines = passages.lines_of(draft)
    found = _taken(_own(lines), words) if lines else None
    return None if found is None or is_closing(draft, lines, passages, words) else found


def _taken(own: Sequence[Line], words: OutcomeWords) -> Position | None:
    """The position that is taken in these lines."""
    marked = [*_templates(own, words), *_phrases(own, words)]
    standing = [one for one in marked if not one.is_struck]
    if standing:
        return _counting(standing[-1])
    plain = None if _is_struck(own) else _plain(own, words)
    if plain:
        return _counting(plain)
    if marked:
        return set_aside(_counting(marked[-1]), "struck")
    return None


def _counting(found: _Found) -> Position:
    return Position(found.stance, " ".join(found.word.split()), True, "", found.source)


def _is_struck(lines: Iterable[Line]) -> bool:
    return all(line.is_struck for line in lines)


def _own(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines that the signer wrote: where their indentation changes, those above are
    somebody's who did not sign, unless the last ones are a list of its own below them."""
    first, last = lines[0].prefix, lines[-1].prefix
    if first == last or (first and last.startswith(first)):
        return lines
    place = len(lines)
    while place and lines[place - 1].prefix == last:
        place -= 1
    return lines[place:]


def _templates(lines: Sequence[Line], words: OutcomeWords) -> list[_Found]:
    """Templates with which a line begins."""
    found: list[_Found] = []
    for line in lines:
        said = (piece for piece in line.pieces if _WORD.search(piece.text))
        first = next(said, None)
        if first and first.template in words.templates:
            stance, word = words.templates[first.template], first.text
            rest = "".join(piece.text for piece in said).strip(" .:،-–—")
            if first.template in words.with_noun and _is_noun(rest):
                stance, word = OTHER, f"{word} {rest}"
            found.append(_Found(stance, word, first.is_struck, "template"))
    return found


def _is_noun(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NOUN and len(text.split()) <= 2 and text.isprintable()


def _phrases(lines: Sequence[Line], words: OutcomeWords) -> list[_Found]:
    """Emphasised words that begin with a word of the table; none in a comment that begins with a
    label, and of two between which somebody leaves the choice, both as one."""
    found: list[_Found] = []
    phrases = [line.phrases() for line in lines]
    if phrases[0] and _is_label(phrases[0][0], words):
        return found
    for number, line in enumerate(phrases):
        for phrase in line:
            text = _BEFORE.sub("", phrase.text).strip()
            match = words.phrase.match(text) if len(text) <= _LONGEST_PHRASE else None
            if match is None or phrase.template:
                continue
            is_first = number == 0 and phrase.begins_line
            if match["word"].casefold() in words.only_first and not is_first:
                continue
            stance = words.stance(match)
            if not match["negation"] and words.is_negated(phrase.before):
                stance = words.opposites.get(stance, OTHER)
            word = text.strip(" .:,;!–—-")
            if found and words.choosing.fullmatch(phrase.between):
                before = found.pop()
                stance, word = OTHER, f"{before.word}{phrase.between}{word}"
            found.append(_Found(stance, word, phrase.is_struck, "bold"))
    return found


def _is_label(phrase: Phrase, words: OutcomeWords) -> bool:
    return phrase.begins_line and bool(words.label.match(_BEFORE.sub("", phrase.text)))


def _plain(lines: Sequence[Line], words: OutcomeWords) -> _Found | None:
    """A position in plain words, with which the comment begins or ends."""
    begin = _BEFORE.sub("", lines[0].text)
    match = words.first.match(begin) or words.said.match(begin) or words.passive.match(begin)
    end = lines[-1].text
    match = match or words.last.search(end.rstrip(_ENDS)[-_LAST:])
    match = match or words.concluding(end)
    if match is None or _QUESTION.match(match.string, match.end()):
        return None
    word = " ".join(filter(None, (match["negation"], match["word"])))
    return _Found(words.stance(match), word, False, "word")
