"""What a comment marks as its position: templates with which a line begins, emphasised words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from threads.wikitext.site.outcomes import OTHER, OutcomeWords

from .passages import Line, Phrase

_LONGEST_PHRASE = 70  # characters: what is longer is no vote
_LONGEST_NOUN = 40
_OF_PROPOSALS = ("support", "oppose")
_WORD = re.compile(r"\w")
_COMPOUND = re.compile(r"-\w")
_NEXT_WORD = re.compile(r"\s+([^\W\d_])")
_ASKED = re.compile(r"[\s'\"”“»]*\?")  # right behind a word
_QUESTION = re.compile(r"[^.,;:!?\n–—]*\?")  # the rest of a sentence that asks
BEFORE = re.compile(r"^[\W_]*")


class Found(NamedTuple):
    """What may be a position."""

    stance: str
    word: str
    is_struck: bool
    source: str
    is_leading: bool = False  # the comment begins with it
    is_change: bool = False  # it is said to take another one's place
    is_about: bool = False  # for or against what somebody proposes: "oppose merging"
    part: str = ""  # of several proposals, which it is about: " option 1"


def deciding(lines: Sequence[Line], words: OutcomeWords) -> Found | None:
    """The marked position of these lines; a struck one where no other is.

    The one with which they begin, unless a later one is said to take its place; else the last. What
    is for one proposal and against another is shown as it is written.
    """
    marked = [*_templates(lines, words), *_phrases(lines, words)]
    standing = [one for one in marked if not one.is_struck] or marked
    if not standing:
        return None
    parts = [one for one in standing if one.part]
    if len({one.stance for one in parts}) > 1:
        word = ", ".join(one.word.removesuffix(one.part) + one.part for one in parts)
        return parts[0]._replace(stance=OTHER, word=word)
    leading = next((one for one in standing if one.is_leading), None)
    changes = [one for one in standing if one.is_change]
    if leading and not changes:
        return leading
    return standing[-1] if leading is None else changes[-1]


def _templates(lines: Sequence[Line], words: OutcomeWords) -> list[Found]:
    """Templates with which a line begins."""
    found: list[Found] = []
    for number, line in enumerate(lines):
        said = [piece for piece in line.pieces if _WORD.search(piece.text)]
        first = said[0] if said else None
        if first and first.template in words.templates:
            stance, word = words.templates[first.template], first.text
            rest = "".join(piece.text for piece in said[1:]).strip(" .:،-–—")
            second = words.templates.get(said[1].template) if len(said) > 1 else None
            if second and second == words.opposites.get(stance):
                stance, word = OTHER, f"{word} {said[1].text}"
            elif first.template in words.with_noun and _is_noun(rest):
                stance, word = OTHER, f"{word} {rest}"
            found.append(Found(stance, word, first.is_struck, "template", number == 0))
    return found


def _is_noun(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NOUN and len(text.split()) <= 2 and text.isprintable()


def _phrases(lines: Sequence[Line], words: OutcomeWords) -> list[Found]:
    """Emphasised words that begin with a word of the table; none in a comment that begins with a
    label, and of two between which somebody leaves the choice, both as one."""
    found: list[Found] = []
    phrases = [line.phrases() for line in lines]
    if phrases[0] and _is_label(phrases[0][0], words):
        return found
    for number, line in enumerate(phrases):
        for phrase in line:
            one = _phrase(phrase, words, is_first=number == 0 and phrase.begins_line)
            if one is None:
                continue
            if found and words.choosing.fullmatch(phrase.between):
                before = found.pop()
                word = f"{before.word}{phrase.between}{one.word}"
                one = before._replace(stance=OTHER, word=word, is_struck=one.is_struck)
            found.append(one)
    return found


def _phrase(phrase: Phrase, words: OutcomeWords, *, is_first: bool) -> Found | None:
    """The position that emphasised words take; None for those that take none."""
    text = BEFORE.sub("", phrase.text).strip()
    match = words.phrase.match(text) if len(text) <= _LONGEST_PHRASE else None
    if match is None or phrase.template:
        return None
    answers = match["word"].casefold() in words.only_first
    if answers and not is_first:
        return None
    rest = text[match.end() :] + phrase.behind
    if _ASKED.match(rest) and match.start("word") == 0:
        return None
    stance, proposed, numbered = words.stance(match), None, None
    if stance in _OF_PROPOSALS:
        proposed, numbered = words.proposed.match(rest), words.numbered.match(rest)
    is_said = is_first or proposed or numbered or _is_said(phrase, words)
    if words.attributed.match(rest) or not is_said:
        return None
    if not match["negation"] and words.is_negated(phrase.before):
        stance = words.opposites.get(stance, OTHER)
    word = max(text, text[: match.end()] + (proposed[0] if proposed else ""), key=len)
    return Found(
        stance,
        word.strip(" .:,;!–—-"),
        phrase.is_struck,
        "bold",
        is_leading=is_first and not (answers or proposed),
        is_change=bool(words.changing.search(phrase.before + text[: match.start("word")])),
        is_about=proposed is not None,
        part=numbered[0] if numbered else "",
    )


def _is_said(phrase: Phrase, words: OutcomeWords) -> bool:
    """Whether words in the midst of a comment take a position: they are not only spoken of, and
    are no part of a sentence that goes on with what they would say something about."""
    if words.is_spoken_of(phrase.before) or _COMPOUND.match(phrase.behind):
        return False
    if _QUESTION.match(phrase.behind):
        return False
    follows = _NEXT_WORD.match(phrase.behind)
    if follows is None or not follows[1].islower() or not words.knows_sentences:
        return True
    return bool(words.goes_on.match(phrase.behind))


def _is_label(phrase: Phrase, words: OutcomeWords) -> bool:
    return phrase.begins_line and bool(words.label.match(BEFORE.sub("", phrase.text)))
