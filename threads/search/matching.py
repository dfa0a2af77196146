"""Whether, and how often, the words of a query are in a text that is at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from .query.parsing import Form, Query, Word
from .query.resolving import ways_of_word
from .tokens.folding import joined_in, tokens_of
from .tokens.terms import Term

Ways = tuple[Term, ...]  # any of them is enough


@dataclass(frozen=True, slots=True)
class WantedWords:
    """The words of a query alone, without its fields."""

    every: tuple[Ways, ...]
    none: tuple[Term, ...] = ()
    beginnings: frozenset[Word] = frozenset()  # that were taken for the beginnings of words

    @classmethod
    def of(cls, query: Query, beginnings: frozenset[Word] = frozenset()) -> Self:
        wanted = [ways_of_word(word, beginnings) for word in query.words if not word.without]
        others = [ways_of_word(word) for word in query.words if word.without]
        none = tuple(term for ways in others for term in ways)
        return cls(tuple(filter(None, wanted)), none, beginnings)

    @classmethod
    def among(cls, query: Query, texts: Sequence[str]) -> Self:
        """As they are to be looked for in these texts: a word that none of them has is taken for
        the beginning of one."""
        wanted = cls.of(query)
        if not wanted.every or any(map(wanted.are_in, texts)):
            return wanted
        whole = [word for word in query.words if word.form is Form.WHOLE and not word.without]
        alone = {word: cls((ways_of_word(word),)) for word in whole}
        return cls.of(
            query,
            frozenset(word for word in whole if not any(map(alone[word].are_in, texts))),
        )

    def are_in(self, text: str) -> bool:
        """Whether a text has all that are wanted, and none of the others."""
        tokens, joined = tokens_of(text), joined_in(text)
        return all(
            any(_times(term, tokens) or _times(term, joined) for term in ways)
            for ways in self.every
        ) and not any(_times(term, tokens) or _times(term, joined) for term in self.none)

    def times_in(self, text: str) -> tuple[list[int], int]:
        """How often each of the wanted words is in a text; and how long that is, in tokens."""
        tokens = tokens_of(text)
        return [max(_times(term, tokens) for term in ways) for ways in self.every], len(tokens)

    @property
    def terms(self) -> list[Term]:
        """What is marked."""
        return [term for ways in self.every for term in ways]


def _times(term: Term, tokens: Sequence[str]) -> int:
    first, last = term.tokens[0], term.tokens[-1]
    if len(term.tokens) == 1:
        return _beginning(first, tokens) if term.prefix else tokens.count(first)
    more = len(term.tokens) - 1
    return sum(
        tuple(tokens[at : at + more]) == term.tokens[:-1]
        and (tokens[at + more].startswith(last) if term.prefix else tokens[at + more] == last)
        for at, token in enumerate(tokens[:-more])
        if token == first
    )


def _beginning(beginning: str, tokens: Iterable[str]) -> int:
    return sum(token.startswith(beginning) for token in tokens)
