"""Words by which people take positions and close discussions, by language and wiki.

The table is data/outcomes.json; its README names the fields and what was checked on pages.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from re import Pattern
from typing import Any

_NEVER = re.compile(r"(?!)")
_SHORTEST_MISSPELT = 7  # letters: shorter words are too much like others
_LIKENESS = 0.87  # of a word with one letter too many, too few or in the wrong place
_OPPOSITES = {"keep": "delete", "delete": "keep", "support": "oppose", "oppose": "support"}
_UNSAID = frozenset(["yes", "no"])  # what is meant depends on what was asked
OTHER = "other"
_MOST_MODIFIERS = 5  # before a word, so that a page cannot make the search take for ever
_LONGEST_GAP = 60  # characters between a modal verb and its participle
_MOST_PLACE_WORDS = 4  # of where something is to be merged: "in the article Lamps"
_LAST = 300  # characters at the end of a comment in which it draws a conclusion
_NEAR_END = 60  # characters in which a comment's last word and what closes it stand
_QUOTES = '"„“”»«'
_ENDS = " \t\n-–—―.…!'\"”“»<>/small()"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What one wiki's pages are searched for."""

    positions_checked: bool  # somebody has compared what is found with real pages
    decisions_checked: bool
    phrase: Pattern[str]  # an emphasised phrase that begins with a word of a position
    first: Pattern[str]  # plain text that begins with one
    last: Pattern[str]  # plain text that ends with one …
    last_words: tuple[str, ...]  # … and how such words end, lower case
    said: Pattern[str]  # a sentence in the first person
    passive: Pattern[str]  # a sentence with which a comment begins: "Should … be deleted"
    concluded: Pattern[str]  # a clause that draws a conclusion: "therefore keep,"
    concluded_words: tuple[str, ...]  # what is in every such clause, lower case
    agreed: Pattern[str]  # what a comment begins with that takes the position it answers: "+1"
    negation: Pattern[str]  # a "not" at the end of what stands before a phrase
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
        return wikitext[-_NEAR_END:].rstrip(_ENDS).lower().endswith(self.last_words)

    def concluding(self, text: str) -> re.Match[str] | None:
        """The clause at the end of a text that draws a conclusion."""
        end = text[-_LAST:]
        said = end.lower()  # most hold none, which is found much faster so
        for word in self.concluded_words:
            if word in said:
                return self.concluded.search(end)
        return None

    def is_negated(self, before: str) -> bool:
        """Whether what stands before a word turns it round."""
        return bool(self.negation.search(before))

    @property
    def marks_headings(self) -> bool:
        """Whether people mark the headings of topics that are decided."""
        return self.heading_word is not _NEVER

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
    return any(sentence in said for sentence in sentences)


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
    modifiers, negations = row.get("modifiers", ()), row.get("negations", ())
    plain = [word for word in words if word not in row.get("not_plain", ())]
    lead = rf"(?:{_any(modifiers)}[\s,{_QUOTES}-]*){{0,{_MOST_MODIFIERS}}}"
    negation = rf"(?P<negation>{_any(negations)}\s+)(?:zu\s+)?"
    # The lead is looked for a second time behind a negation only: most texts have none.
    whole = rf"{lead}(?:(?:{negation}|zu\s+){lead})?"
    after = _any(row.get("after_first", ()))
    heading, lines = row.get("heading_words", ()), row.get("decision_lines", ())
    return OutcomeWords(
        positions_checked=bool(row.get("positions_checked")),
        decisions_checked=bool(row.get("decisions_checked")),
        phrase=_compiled(f"{whole}{_word(words)}", words),
        first=_compiled(
            rf"{whole}{_word(plain)}(?=[{_QUOTES}]?\s*(?:[.,;:!–—-]|$|{after}\b))", plain
        ),
        last=_last(row, plain),
        last_words=_last_words(row, plain) or ("\n",),
        said=_said(row, plain),
        passive=_passive(row),
        concluded=_concluded(row, modifiers),
        concluded_words=_concluding_words(row),
        agreed=_beginning(row.get("agreements", ())),
        negation=_compiled(rf"(?<!\w){_any(negations)}(?:\s+zu)?\s*$", negations),
        withdrawals=tuple(row.get("withdrawals", ())),
        stances={
            word.rstrip("*").casefold(): stance
            for word, stance in {**_turned(row.get("participles", {})), **words}.items()
        },
        opposites={**_OPPOSITES, **row.get("opposites", {})},
        only_first=frozenset(row.get("only_first", ())),
        templates=_turned(row.get("templates", {})),
        with_noun=frozenset(row.get("with_noun", ())),
        side_headings=frozenset(row.get("side_headings", ())),
        label=_beginning(row.get("labels", ())),
        choosing=_compiled(rf"[\W_]*{_any(row.get('choosing', ()))}[\W_]*", row.get("choosing")),
        closing_first=_beginning(row.get("closing_words", ())),
        closing_sentences=tuple(row.get("closing_sentences", ())),
        closing_boxes=frozenset(row.get("closing_boxes", ())),
        decided_first=_beginning(row.get("decision_words", ())),
        decided_phrase=_followed(row.get("decision_phrases", ())),
        line_words=re.compile(rf"{_any(lines)}\s*:") if lines else None,
        decided_line=_compiled(rf"^{_any(lines)}\s*:\s*(?P<outcome>\S.*)", lines),
        decided_said=_turned(row.get("decision_sentences", {})),
        decision_templates=_turned(row.get("decision_templates", {})),
        heading_word=_beginning(heading),
        heading_bare=_compiled(
            rf"\s(?P<outcome>(?:hier\s+)?{_any(row.get('heading_words_bare', ()))}(?!\w).*)$",
            row.get("heading_words_bare"),
        ),
        heading_words=tuple(word for word in heading if len(word) >= _SHORTEST_MISSPELT),
    )


def _last(row: Mapping[str, Any], plain: list[str]) -> Pattern[str]:
    """Plain text that ends with a position: only in languages that put the verb last."""
    before = row.get("before_last", ())
    if not before:
        return _NEVER
    negation = rf"{_any(row.get('negations', ()))}\s+"
    lead = rf"(?:{_any(row.get('modifiers', ()))}[\s-]*){{0,{_MOST_MODIFIERS}}}"
    return re.compile(
        rf"(?:^|[.,;:>→!?–—)-]\s*|\b{_any(before)}\s+|(?<!\w)(?={negation})"
        rf"|\b{_any(row.get('before_place', ()))}\s+(?:[^\s.,;:!?]+\s+){{1,{_MOST_PLACE_WORDS}}})"
        rf"(?P<negation>{negation})?{lead}"
        rf"{_word(_last_words(row, plain))}[\s.!]*$",
        re.IGNORECASE,
    )


def _last_words(row: Mapping[str, Any], plain: Iterable[str]) -> tuple[str, ...]:
    if "before_last" not in row:
        return ()
    found = [word for word in plain if word not in row.get("not_last", ())]
    return tuple(word.rstrip("*") for word in [*found, *row.get("only_plain_last", ())])


def _passive(row: Mapping[str, Any]) -> Pattern[str]:
    participles = _turned(row.get("participles", {}))
    return _compiled(
        rf"{_any(row.get('modals', ()))}\s(?:[^.,;:!?]{{0,{_LONGEST_GAP}}}?\s)??"
        rf"(?P<negation>{_any(row.get('negations', ()))}\s+)?{_word(participles)}"
        rf"\s+{_any(row.get('auxiliaries', ()))}(?!\w)",
        participles,
    )


def _concluded(row: Mapping[str, Any], modifiers: Iterable[str]) -> Pattern[str]:
    words = _concluding_words(row)
    return _compiled(
        rf"(?<!\w){_any(row.get('conclusions', ()))}[,:]?\s+"
        rf"(?:{_any(modifiers)}[\s-]+){{0,{_MOST_MODIFIERS}}}"
        rf"(?P<negation>{_any(row.get('negations', ()))}\s+)?{_word(words)}"
        rf"(?=\s*(?:[,.;!]|$|{_any(row.get('after_conclusion', ()))}\b))",
        words,
    )


def _concluding_words(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Words of positions on what becomes of a page: others are asked for in many clauses."""
    if "conclusions" not in row:
        return ()
    words = row.get("words", {})
    found = [word for stance in ("keep", "delete") for word in words.get(stance, ())]
    return tuple(word.rstrip("*") for word in found if word not in row.get("not_plain", ()))


def _said(row: Mapping[str, Any], plain: Iterable[str]) -> Pattern[str]:
    """A sentence in the first person, with which a comment begins: "I support this"."""
    speakers, objects = row.get("speakers", ()), row.get("said_of", ())
    words = rf"(?P<negation>(?!))?{_word(plain)}"
    return _compiled(rf"{_any(speakers)}\s+{words}\s+{_any(objects)}\b", objects)


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """{"keep": ["vk"]} as {"vk": "keep"}."""
    return {word: meaning for meaning, words in table.items() for word in words}


def _any(words: Iterable[str]) -> str:
    """A group for any of these words, the longest first; it matches nothing where there is none."""
    longest = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_escaped, longest))})" if longest else "(?!)"


def _escaped(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split()))


def _word(words: Iterable[str]) -> str:
    """A group "word" for any of these; "keep*" is a beginning of longer words."""
    longest = sorted(words, key=len, reverse=True)
    parts = [_escaped(w.rstrip("*")) + (r"\w*" if w.endswith("*") else r"(?!\w)") for w in longest]
    return f"(?P<word>{'|'.join(parts)})" if parts else "(?P<word>(?!))"


def _compiled(pattern: str, words: object) -> Pattern[str]:
    return re.compile(pattern, re.IGNORECASE) if words else _NEVER


def _followed(phrases: Iterable[str]) -> Pattern[str]:
    """One of these and what stands behind it up to the end of its sentence."""
    return _compiled(rf"{_any(phrases)}\s*:?\s*(?P<outcome>[^.;\n]{{1,100}})", phrases)


def _beginning(words: Iterable[str]) -> Pattern[str]:
    return _compiled(rf"^{_any(words)}(?!\w)", words)


def _begins(word: str, known: str) -> bool:
    return word.startswith(known)
