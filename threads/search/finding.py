"""What the archive has on a query: a page of results, how many there are, and what they have in
common."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from threads.models import Wiki

from .index import texts
from .index.keys import NOTHING, Keys
from .matching import WantedWords
from .query.notes import Note, Said
from .query.parsing import Form, Query, Word
from .query.questions import without_small_words
from .query.resolving import Meaning, meaning_of, terms_of_word
from .ranking import best
from .tokens.terms import IndexQuery

PAGE_LENGTH = 20
MOST_COUNTED = 500
# The newest results: what all have in common is told of them, and the best ones are among them.
CANDIDATES = 200
MOST_TRIED = 3  # words that are looked for alone, where nothing has all
NEWEST, OLDEST, BEST = "newest", "oldest", "best"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    query: Query  # what was looked for
    meaning: Meaning
    keys: Sequence[int] = ()  # of the index, in their order
    following: int | None = None  # the key after which the next page begins; None for none
    before: int | None = None  # the key after which the page before begins; None for its beginning
    candidates: Sequence[int] = ()  # keys of the newest results, on whatever page
    total: int = 0  # of all pages, as far as was counted
    as_beginnings: frozenset[Word] = field(default_factory=frozenset)
    seen_to: int | None = None  # the key to which was looked for this page; None for to the end
    counted_to: int | None = None  # the same of what was counted

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST_COUNTED

    @property
    def is_partly_compared(self) -> bool:
        """Whether there are more than the candidates."""
        return self.total > len(self.candidates) or self.counted_to is not None


def find(
    query: Query, wikis: Sequence[Wiki], *, order: str = NEWEST, after: int | None = None
) -> Found:
    """In: the wikis of the archive; `after`, the key of the last result of the page before.

    Where nothing is found, the small words of a sentence are left out; words that nothing has are
    looked for as beginnings of words.
    """
    meaning, absent = meaning_of(query, wikis), frozenset[Word]()
    if meaning.asked is None:
        return Found(query, meaning)
    newest = _newest(meaning.asked)
    if newest == NOTHING:
        if shorter := without_small_words(query):
            query = shorter
            meaning.notes.append(Note(Said.SMALL_WORDS, query.words_alone))
        absent = _absent(query)
        if absent or shorter:
            meaning = meaning.with_words_of(query, absent)
            newest = _newest(meaning.asked)
        said = Said.AS_BEGINNINGS if newest.keys else Said.NOWHERE
        meaning.notes += [Note(said, word.text) for word in query.words if word in absent]
    asked = meaning.asked
    if asked is None:
        return Found(query, meaning)
    found = Found(
        query,
        meaning,
        candidates=newest.keys[:CANDIDATES],
        total=len(newest.keys),
        as_beginnings=absent,
        counted_to=newest.end,
    )
    keys, seen_to = _page(query, asked, found, newest, order, after)
    return replace(
        found,
        keys=keys[:PAGE_LENGTH],
        following=keys[PAGE_LENGTH - 1] if len(keys) > PAGE_LENGTH else seen_to,
        before=None if after is None else _before(query, asked, found, newest, order, after),
        seen_to=seen_to,
    )


def found_keys(query: Query, wikis: Sequence[Wiki]) -> Iterator[int]:
    """The keys of all that `find` finds, however many: the newest first, a stretch at a time."""
    asked = find(query, wikis).meaning.asked
    if asked is not None:
        yield from texts.every_key(asked)


def _newest(asked: IndexQuery | None) -> Keys:
    return texts.newest(asked, limit=MOST_COUNTED + 1) if asked else NOTHING


def _page(
    query: Query, asked: IndexQuery, found: Found, newest: Keys, order: str, after: int | None
) -> Keys:
    """The keys of a page, and one more where another page follows."""
    limit = PAGE_LENGTH + 1
    if order == BEST:
        ranked = _ranked(query, found)
        start = ranked.index(after) + 1 if after in ranked else 0
        return Keys(ranked[start : start + limit])
    if order == NEWEST and after is None and len(found.candidates) >= min(found.total, limit):
        is_whole = len(found.candidates) >= limit
        return Keys(found.candidates[:limit], None if is_whole else found.counted_to)
    return _stretch(asked, newest, after, oldest=order == OLDEST, limit=limit)


def _stretch(
    asked: IndexQuery, newest: Keys, before: int | None, *, oldest: bool, limit: int
) -> Keys:
    """As `texts.newest` gives it; where the newest results are all, without asking again."""
    if newest.end is not None or len(newest.keys) > MOST_COUNTED:
        return texts.newest(asked, before=before, oldest=oldest, limit=limit)
    keys: Iterable[int] = reversed(newest.keys) if oldest else newest.keys
    if before is not None:
        keys = (key for key in keys if (key > before if oldest else key < before))
    return Keys(list(islice(keys, limit)))


def _before(
    query: Query, asked: IndexQuery, found: Found, newest: Keys, order: str, after: int
) -> int | None:
    """The key after which the page before that begins which begins after this one."""
    if order == BEST:
        ranked = _ranked(query, found)
        place = ranked.index(after) + 1 if after in ranked else 0
        return ranked[place - PAGE_LENGTH - 1] if place > PAGE_LENGTH else None
    # Of the results back from this key, which is the last one of the page that is looked for.
    here, is_oldest = after, order == OLDEST
    back = _stretch(asked, newest, here, oldest=not is_oldest, limit=PAGE_LENGTH)
    return back.keys[PAGE_LENGTH - 1] if len(back.keys) == PAGE_LENGTH else back.end


def _ranked(query: Query, found: Found) -> list[int]:
    return best(WantedWords.of(query, found.as_beginnings), found.candidates)


def _absent(query: Query) -> frozenset[Word]:
    """The whole words that nothing has. One query."""
    words = [word for word in query.words if word.form is Form.WHOLE and not word.without]
    words = words[:MOST_TRIED]
    there = texts.have([IndexQuery((terms_of_word(word, query),)) for word in words])
    return frozenset(word for word, is_there in zip(words, there, strict=True) if not is_there)
