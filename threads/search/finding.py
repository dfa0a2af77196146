"""What the archive has on a query: a page of results, how many there are, and what they have in
common."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from threads.models import Wiki

from .index import texts
from .matching import WantedWords
from .query.notes import Note, Said
from .query.parsing import Form, Query, Word
from .query.resolving import Meaning, meaning_of, ways_of_word
from .ranking import best
from .tokens.terms import IndexQuery

PAGE_LENGTH = 20
MOST_COUNTED = 1000  # PostgreSQL, whose index knows no order, takes ten times as long for 10,000
# The newest results: what all have in common is told of them, and the best ones are among them.
CANDIDATES = 500
MOST_TRIED = 3  # words that are looked for alone, where nothing has all
NEWEST, OLDEST, BEST = "newest", "oldest", "best"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    meaning: Meaning
    keys: Sequence[int] = ()  # of the index, in their order
    following: int | None = None  # the key after which the next page begins; None for none
    candidates: Sequence[int] = ()  # keys of the newest results, on whatever page
    total: int = 0  # of all pages, as far as was counted
    as_beginnings: frozenset[Word] = field(default_factory=frozenset)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST_COUNTED

    @property
    def is_partly_compared(self) -> bool:
        """Whether there are more than the candidates."""
        return self.total > len(self.candidates)


def find(
    query: Query, wikis: Sequence[Wiki], *, order: str = NEWEST, after: int | None = None
) -> Found:
    """In: the wikis of the archive; `after`, the key of the last result of the page before.

    Words that no comment has are looked for as beginnings of words.
    """
    meaning, absent = meaning_of(query, wikis), frozenset[Word]()
    if meaning.asked is None:
        return Found(meaning)
    candidates = texts.newest(meaning.asked, limit=CANDIDATES + 1)
    if not candidates and (absent := _absent(query)):
        meaning = meaning_of(query, wikis, as_beginnings=absent)
        candidates = texts.newest(meaning.asked, limit=CANDIDATES + 1) if meaning.asked else []
        said = Said.AS_BEGINNINGS if candidates else Said.NOWHERE
        meaning.notes += [Note(said, word.text) for word in query.words if word in absent]
    asked = meaning.asked
    if asked is None:
        return Found(meaning)
    total = len(candidates)
    if total > CANDIDATES:
        total = texts.count(asked, MOST_COUNTED + 1)
    found = Found(meaning, candidates=candidates[:CANDIDATES], total=total, as_beginnings=absent)
    keys = _page(query, asked, found, order, after)
    following = keys[PAGE_LENGTH - 1] if len(keys) > PAGE_LENGTH else None
    return replace(found, keys=keys[:PAGE_LENGTH], following=following)


def _page(
    query: Query, asked: IndexQuery, found: Found, order: str, after: int | None
) -> Sequence[int]:
    """The keys of a page, and one more where another page follows."""
    limit = PAGE_LENGTH + 1
    if order == BEST:
        ranked = best(WantedWords.of(query, found.as_beginnings), found.candidates)
        start = ranked.index(after) + 1 if after in ranked else 0
        return ranked[start : start + limit]
    if order == NEWEST and after is None and len(found.candidates) >= min(found.total, limit):
        return found.candidates[:limit]
    return texts.newest(asked, before=after, oldest=order == OLDEST, limit=limit)


def _absent(query: Query) -> frozenset[Word]:
    """The whole words that nothing has."""
    words = [word for word in query.words if word.form is Form.WHOLE and not word.without]
    return frozenset(
        word
        for word in words[:MOST_TRIED]
        if not texts.newest(IndexQuery((ways_of_word(word),)), limit=1)
    )
