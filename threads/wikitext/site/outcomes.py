"""Words by which people take positions and close discussions, by language and wiki.

The table is data/outcomes.json; its README names the fields and what was checked on pages.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from re import Pattern
from typing import Any

from . import outcome_patterns as patterns

_SHORTEST_MISSPELT = 7  # letters: shorter words are too much like others
_LIKENESS = 0.87  # of a word with one letter too many, too few or in the wrong place
_OPPOSITES = {"keep": "delete", "delete": "keep", "support": "oppose", "oppose": "support"}
_UNSAID = frozenset(["yes", "no"])  # what is meant depends on what was asked
OTHER = "other"
_LAST = 300  # characters at the end of a comment in which it draws a conclusion
_NEAR_END = 60  # characters in which a comment's last word and what closes it stand
_ENDS = " \t\n\u00a0\u200e\u200f-–—―.…!'\"”“»<>/small()"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What one wiki's pages are searched for."""

    positions_checked: bool  # somebody has compared what is found with real pages
    decisions_checked: bool
    phrase: Pattern[str]  # an emphasised phrase that begins with a word of a position
    first: Pattern[str]  # plain text that begins with one
    last: Pattern[str]  # plain text that ends with one …
    last_words: tuple[str, ...]  # … and how such words end: see ends_plainly
    said: Pattern[str]  # a sentence in the first person
    passive: Pattern[str]  # a sentence with which a comment begins: "Should … be deleted"
    concluded: Pattern[str]  # a clause that draws a conclusion: "therefore keep,"
    conclusions: tuple[str, ...]  # with what every such clause begins, lower case …
    concluded_words: tuple[str, ...]  # … and what is in it
    agreed: Pattern[str]  # what a comment begins with that takes the position it answers: "+1"
    negation: Pattern[str]  # a "not" at the end of what stands before a phrase
    mentioned: Pattern[str]  # what stands before a word that is only spoken of: "a reason to" …
    reported: Pattern[str]  # … or that somebody else says: "Ben wants to"
    in_first_person: Pattern[str]  # what stands before that where it is the writer: "I"
    attributed: Pattern[str]  # what stands behind such a word: "votes"
    goes_on: Pattern[str]  # how a sentence goes on behind an emphasised word of its own
    proposed: Pattern[str]  # what a word for or against it is about: "oppose merging"
    numbered: Pattern[str]  # … or about one of several: "support option 1"
    changing: Pattern[str]  # what stands before a position that takes another's place: "now"
    changes: tuple[str, ...]  # sentences that say so, lower case
    withdrawals: tuple[str, ...]  # sentences that take positions back, lower case
    stances: Mapping[str, str]  # word of the table, lower case -> stance
    opposites: Mapping[str, str]  # what a stance becomes behind a "not"
    only_first: frozenset[str]  # these count where a comment begins with them
    templates: Mapping[str, str]  # name -> stance
    with_noun: frozenset[str]  # templates behind which a noun names what is chosen
    side_headings: frozenset[str]  # parts of a topic: "Support", "Discussion"
    label: Pattern[str]  # what a comment begins with that takes no position: "Comment"
    choosing: Pattern[str]  # what stands between two words of which either is wanted
    closing_first: Pattern[str]  # how the words of somebody who closes begin …
    closing_sentences: tuple[str, ...]  # … or what they hold, lower case
    closing_boxes: frozenset[str]  # templates that set closing words apart
    decided_first: Pattern[str]  # emphasised or not, such a word alone is a decision …
    decided_phrase: Pattern[str]  # … or such words, behind which the outcome stands
    # How a line begins that tells the outcome: "result:", lower case; None where there is none.
    line_words: Pattern[str] | None
    decided_line: Pattern[str]  # such a line: "Result: …"
    decided_said: Mapping[str, str]  # sentence -> outcome
    decision_templates: Mapping[str, str]  # name -> outcome
    heading_word: Pattern[str]  # what stands in brackets in a heading that is marked
    heading_bare: Pattern[str]  # … or at its end without any
    heading_asks: Pattern[str]  # how a heading begins that asks for a decision: "when"
    heading_words: tuple[str, ...]  # the long ones, which may be misspelt

    def stance(self, match: re.Match[str]) -> str:
        """The stance of what one of the patterns found."""
        word = " ".join(match["word"].split()).casefold()
        stance = self.stances.get(word) or next(
            stance for known, stance in self.stances.items() if _begins(word, known)
        )
        if match["negation"]:
            return self.opposites.get(stance, OTHER)
        return OTHER if stance in _UNSAID else stance

    def is_part(self, heading: str) -> bool:
        """Whether a heading names a part of the topic above it: "Support", "Discussion"."""
        return heading.strip(" :*").casefold() in self.side_headings

    def ends_plainly(self, wikitext: str) -> bool:
        """Whether wikitext ends like a position in plain words."""
        if not self.last_words:
            return False
        end = wikitext[-_NEAR_END:].replace("&nbsp;", " ")
        return end.rstrip(_ENDS).lower().endswith(self.last_words)

    def concluding(self, text: str) -> re.Match[str] | None:
        """The clause at the end of a text that draws a conclusion."""
        if not self.conclusions:
            return None
        end = text[-_LAST:]
        said = end.lower()  # most hold none, which is found much faster so
        for words in (self.conclusions, self.concluded_words):
            if not any(map(said.__contains__, words)):
                return None
        return self.concluded.search(end)

    def is_negated(self, before: str) -> bool:
        """Whether what stands before a word turns it round."""
        return bool(self.negation.search(before))

    def is_spoken_of(self, before: str) -> bool:
        """Whether what stands before a word in its sentence tells that others say it, or that it
        is asked or spoken about."""
        if not before.rstrip()[-1:].isalnum():  # a sign parts them
            return False
        if self.mentioned.search(before):
            return True
        found = self.reported.search(before)
        return found is not None and not self.in_first_person.search(before)

    @property
    def knows_sentences(self) -> bool:
        """Whether it is known how a sentence goes on behind a word that takes a position."""
        return self.goes_on is not patterns.NEVER

    @property
    def marks_headings(self) -> bool:
        """Whether people mark the headings of topics that are decided."""
        return self.heading_word is not patterns.NEVER

    def is_misspelt_mark(self, word: str) -> bool:
        """Whether a word is nearly one that marks a heading."""
        if len(word) < _SHORTEST_MISSPELT:
            return False
        return bool(get_close_matches(word.casefold(), self.heading_words, 1, _LIKENESS))


def holds_any(text: str, sentences: Sequence[str]) -> bool:
    """Whether a text holds one of these, which are in lower case."""
    if not sentences:
        return False
    said = " ".join(text.lower().split())
    return any(map(said.__contains__, sentences))


def outcome_words(rows: Iterable[Mapping[str, Any]]) -> OutcomeWords:
    """The words of a wiki from rows of the table, the most general first: each adds its own."""
    return _built(_merged(rows))


def _merged(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as one: lists and maps of lists are added, what is neither is replaced."""
    merged: dict[str, Any] = {}
    for row in rows:
        for field, value in row.items():
            if isinstance(value, list):
                merged[field] = [*merged.get(field, []), *value]
            elif isinstance(value, dict):
                known = merged.setdefault(field, {})
                for key, words in value.items():
                    added = isinstance(words, list)
                    known[key] = [*known.get(key, []), *words] if added else words
            else:
                merged[field] = value
    return merged


def _built(row: Mapping[str, Any]) -> OutcomeWords:
    words = {word: stance for stance, many in row.get("words", {}).items() for word in many}
    plain = [word for word in words if word not in row.get("not_plain", ())]
    return OutcomeWords(
        positions_checked=bool(row.get("positions_checked")),
        decisions_checked=bool(row.get("decisions_checked")),
        phrase=patterns.phrase(row, words),
        first=patterns.first(row, plain),
        last=patterns.last(row, plain),
        last_words=tuple(map(_end, patterns.last_words(row, plain))),
        said=patterns.said(row, plain),
        passive=patterns.passive(row),
        concluded=patterns.concluded(row),
        conclusions=tuple(words.split()[0] for words in row.get("conclusions", ())),
        concluded_words=patterns.concluding_words(row),
        agreed=patterns.beginning(row.get("agreements", ())),
        negation=patterns.negation_before(row.get("negations", ())),
        mentioned=patterns.mentioned(row),
        reported=patterns.reported(row),
        in_first_person=patterns.in_first_person(row.get("pronouns", ())),
        attributed=patterns.attributed(row.get("said_with", ())),
        goes_on=patterns.compiled(
            rf"\s+{patterns.any_of([*row.get('after_first', ()), *row.get('goes_on', ())])}\b",
            row.get("goes_on"),
        ),
        proposed=patterns.proposed(row, words),
        numbered=patterns.numbered(row.get("parts", ())),
        changing=patterns.changing(row.get("changes", ())),
        changes=tuple(row.get("change_sentences", ())),
        withdrawals=tuple(row.get("withdrawals", ())),
        stances=_stances({**_turned(row.get("participles", {})), **words}),
        opposites={**_OPPOSITES, **row.get("opposites", {})},
        only_first=frozenset(row.get("only_first", ())),
        templates=_turned(row.get("templates", {})),
        with_noun=frozenset(row.get("with_noun", ())),
        side_headings=frozenset(row.get("side_headings", ())),
        label=patterns.beginning(row.get("labels", ())),
        choosing=patterns.compiled(
            rf"[\W_]*{patterns.any_of(row.get('choosing', ()))}[\W_]*", row.get("choosing")
        ),
        **_of_decisions(row),
    )


def _of_decisions(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by which closings and decisions are found."""
    heading, lines = row.get("heading_words", ()), row.get("decision_lines", ())
    return {
        "closing_first": patterns.beginning(row.get("closing_words", ())),
        "closing_sentences": tuple(row.get("closing_sentences", ())),
        "closing_boxes": frozenset(row.get("closing_boxes", ())),
        "decided_first": patterns.beginning(row.get("decision_words", ())),
        "decided_phrase": patterns.followed(row.get("decision_phrases", ())),
        "line_words": re.compile(rf"{patterns.any_of(lines)}\s*:") if lines else None,
        "decided_line": patterns.compiled(
            rf"^{patterns.any_of(lines)}\s*:\s*(?P<outcome>\S.*)", lines
        ),
        "decided_said": _turned(row.get("decision_sentences", {})),
        "decision_templates": _turned(row.get("decision_templates", {})),
        "heading_word": patterns.beginning(heading),
        "heading_bare": patterns.heading_bare(row.get("heading_words_bare", ())),
        "heading_asks": patterns.beginning(row.get("heading_questions", ())),
        "heading_words": tuple(word for word in heading if len(word) >= _SHORTEST_MISSPELT),
    }


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """{"keep": ["vk"]} as {"vk": "keep"}."""
    return {word: meaning for meaning, words in table.items() for word in words}


def _stances(words: Mapping[str, str]) -> dict[str, str]:
    return {word.rstrip("*").casefold(): stance for word, stance in words.items()}


def _end(word: str) -> str:
    """How a word ends once what may stand behind it is cut off, with letters as in "</small>"."""
    return word.rstrip(_ENDS)


def _begins(word: str, known: str) -> bool:
    return word.startswith(known)
