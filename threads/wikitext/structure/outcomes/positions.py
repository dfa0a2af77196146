"""Positions: who takes which one in a comment, by the words and templates of the language.

Rules, in order: a template or emphasised words; where there are none, plain words that begin the
comment, end it or draw a conclusion; else what it agrees to, or the heading below which it is all
that somebody signs. What is struck, quoted or copied does not count, nor what a person says who
closes the discussion, nor what is about somebody else's proposal."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from threads.wikitext.model import Closure, Position
from threads.wikitext.site.outcomes import OutcomeWords, holds_any
from threads.wikitext.structure.comments import Draft, DraftComment

from .closings import is_closing
from .counting import set_aside
from .hints import may_take_a_position
from .marked import BEFORE, Found, deciding
from .passages import Line, Passages
from .standing import Taken, standing

_NEAR = 40  # characters before a word that say how it is meant
_LAST = 120  # characters in which the last words of a comment stand
# Before the first comment of a topic: what is older was copied there.
_COPIED = timedelta(days=30)
_QUESTION = re.compile(r"[^.!?]*\?")
_ENDS = " \u00a0\u200e\u200f-–—.…!"


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
    taken: dict[str, list[Taken]] = defaultdict(list)  # by topic
    theirs: dict[tuple[str, str], list[str]] = defaultdict(list)  # ids, by topic and author
    for draft in drafts:
        if not isinstance(draft, DraftComment) or draft.section is None:
            continue
        signature, topic = draft.signature, topics[draft.section.id]
        when = signature.when
        assert when is not None  # a signature without a real time makes no comment
        if closing and (signature.author, when) in closing:
            continue
        one = None
        wikitext = passages.wikitext(draft)
        if begun.setdefault(topic, when) - when <= _COPIED:
            one = (
                _own_words(draft, wikitext, passages, words)
                or _agreeing(draft, wikitext, found, words)
                or _signing(draft, passages, words)
            )
        if one is not None:
            found[draft.id] = one.position
            taken[topic].append(one)
            theirs[topic, signature.author].append(draft.id)
        elif (topic, signature.author) in theirs and holds_any(wikitext, words.withdrawals):
            for known in theirs[topic, signature.author]:
                found[known] = set_aside(found[known], "withdrawn")
    return standing(taken.values(), found)


def _agreeing(
    draft: DraftComment, wikitext: str, found: Mapping[str, Position], words: OutcomeWords
) -> Taken | None:
    """The position of the comment that a comment answers, where it begins by agreeing to it."""
    answered = draft.answers or draft.parent
    said = found.get(answered.id) if answered else None
    agreed = words.agreed.match(_begin(wikitext)) if said else None
    if said is None or agreed is None or said.status:
        return None
    return Taken(draft, Position(said.stance, agreed[0], True, "", "word"))


def _signing(draft: DraftComment, passages: Passages, words: OutcomeWords) -> Taken | None:
    """The position that names a part of a topic, where somebody signs there and says nothing."""
    if draft.section is None or isinstance(draft.parent, DraftComment):
        return None
    heading = draft.section.text.strip(" :*")
    stance = words.stances.get(heading.casefold()) if words.is_part(heading) else None
    if stance is None or passages.lines_of(draft):
        return None
    position = Position(stance, heading, True, "", "word")
    is_struck = passages.has_struck_signature(draft)
    return Taken(draft, set_aside(position, "struck") if is_struck else position)


def _begin(wikitext: str) -> str:
    return wikitext.lstrip(" \t\n:*#'\"")


def _own_words(
    draft: DraftComment, wikitext: str, passages: Passages, words: OutcomeWords
) -> Taken | None:
    """The position that a comment takes in its own words."""
    if not may_take_a_position(wikitext, words):
        return None
    lines = passages.lines_of(draft)
    found = _found_in(_own(lines), words) if lines else None
    if found is None or is_closing(draft, lines, passages, words):
        return None
    position = Position(found.stance, " ".join(found.word.split()), True, "", found.source)
    if found.is_struck:
        position = set_aside(position, "struck")
    is_change = found.is_change or holds_any(wikitext, words.changes)
    return Taken(draft, position, is_change=is_change, is_about=found.is_about)


def _found_in(own: Sequence[Line], words: OutcomeWords) -> Found | None:
    """What these lines hold of a position: what they begin with goes before its opposite."""
    marked = deciding(own, words)
    if marked and not marked.is_struck:
        first = None if marked.is_leading or marked.is_change else _first(own, words)
        is_opposite = first and words.opposites.get(first.stance) == marked.stance
        return first if is_opposite else marked
    return (None if _is_struck(own) else _plain(own, words)) or marked


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


def _first(lines: Sequence[Line], words: OutcomeWords) -> Found | None:
    """A position in plain words with which the comment begins."""
    begin = BEFORE.sub("", lines[0].text)
    return _in_plain_words(words.first.match(begin), words)


def _plain(lines: Sequence[Line], words: OutcomeWords) -> Found | None:
    """A position in plain words, with which the comment begins or ends."""
    begin = BEFORE.sub("", lines[0].text)
    match = words.first.match(begin) or words.said.match(begin) or words.passive.match(begin)
    end = lines[-1].text
    match = match or words.last.search(end.rstrip(_ENDS)[-_LAST:])
    return _in_plain_words(match or words.concluding(end), words)


def _in_plain_words(match: re.Match[str] | None, words: OutcomeWords) -> Found | None:
    if match is None or _QUESTION.match(match.string, match.end()):
        return None
    if words.is_spoken_of(match.string[max(0, match.start("word") - _NEAR) : match.start("word")]):
        return None
    word = " ".join(filter(None, (match["negation"], match["word"])))
    return Found(words.stance(match), word, False, "word")
