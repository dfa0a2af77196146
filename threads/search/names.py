"""Names that people look for: pages, topics and people, the much discussed ones first.

A name's key is ordered by how much was said under it, to the next power of two: what is found
first by key is what most people mean, and a name is seldom written anew.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any, NamedTuple
from zlib import crc32

from threads.models import Author, SearchName, Section, TalkPage

from . import markers
from .engines import engine
from .folding import joined_in, term_of, tokens_of
from .terms import IndexQuery, Term

Kind = SearchName.Kind
_NUMBERS = 46  # bits of a key that tell one name of a kind from the others
_KINDS = 2  # bits that tell the kind
_HIGHEST = (1 << 63) - 1
_LONGEST = 1000  # characters of a heading; more is no name
_TARGETS = ("page__wiki", "section__page__wiki", "author__wiki")
_OF_WIKI = ("dbname", "name", "language")
# What is shown of a name, and no more: rows of pages and wikis are long.
_SHOWN = (
    "kind",
    *("page__title", "page__comment_count"),
    *("section__heading", "section__ident", "section__comment_count", "section__page__title"),
    "author__name",
    *(f"{target}__{column}" for target in _TARGETS for column in _OF_WIKI),
)


class NameEntry(NamedTuple):
    """What is written; in the order of the columns of SearchName, and the words."""

    id: int
    kind: int
    page: int | None
    section: int | None
    author: int | None
    digest: int
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found."""

    kind: SearchName.Kind
    target: TalkPage | Section | Author  # with its page and wiki

    @property
    def text(self) -> str:
        return str(self.target)


def find_names(
    text: str, *, kinds: Iterable[SearchName.Kind], wiki: int | None = None, limit: int
) -> list[Name]:
    """Names that have all these words, the last of which may go on; at most so many.

    In: `wiki`, the primary key of the only one that is asked for. Out: those that are just what
    was typed first, then those that have its last word as it was typed, then the others; each by
    how much was said there. Four queries, on PostgreSQL a few more.
    """
    tokens = tokens_of(text)
    *before, last = text.split() if tokens else [""]
    words = [(term,) for word in before if (term := term_of(word))]
    wholly, begun = term_of(last), term_of(last, prefix=True)
    if wholly is None or begun is None:
        return []
    within = _within(set(kinds), wiki)
    asked = [
        [(Term((markers.START, *tokens, markers.END)),)],
        [*words, (wholly,)],
        [*words, (begun,)],
    ]
    keys: dict[int, None] = {}
    for groups in asked:
        if len(keys) < limit:
            keys |= dict.fromkeys(_keys([*groups, *within], limit))
    rows = SearchName.objects.select_related(*_TARGETS).only(*_SHOWN)
    found = rows.in_bulk(list(keys)[:limit])
    return [_name(found[key]) for key in keys if key in found]


def _within(kinds: Set[SearchName.Kind], wiki: int | None) -> list[tuple[Term, ...]]:
    """What narrows names down; nothing where all kinds are asked for, which every name is of."""
    of_kinds = tuple(Term((markers.of_kind(kind),)) for kind in sorted(kinds))
    within = [] if kinds == set(Kind) else [of_kinds]
    return [*within, (Term((markers.of_wiki(wiki),)),)] if wiki else within


def _keys(every: Iterable[tuple[Term, ...]], limit: int) -> list[int]:
    query = IndexQuery(tuple(every))
    return engine().newest(SearchName, query, 0, _HIGHEST, limit, oldest=False)


def _name(row: SearchName) -> Name:
    target: Any = row.page or row.section or row.author
    return Name(SearchName.Kind(row.kind), target)


def name_of_page(wiki: int, pk: int, title: str, comments: int) -> NameEntry:
    """In: primary keys, as below; how many comments stand on it."""
    _namespace, _colon, bare = title.partition(":")
    texts = [title, bare] if bare else [title]
    return _entry(Kind.PAGE, wiki, pk, texts, comments)


def name_of_topic(wiki: int, pk: int, heading: str, comments: int) -> NameEntry:
    return _entry(Kind.TOPIC, wiki, pk, [heading[:_LONGEST]], comments)


def name_of_person(wiki: int, pk: int, name: str, comments: int) -> NameEntry:
    return _entry(Kind.PERSON, wiki, pk, [name], comments)


def _entry(kind: SearchName.Kind, wiki: int, pk: int, texts: list[str], comments: int) -> NameEntry:
    words: list[str] = []
    for text in texts:
        words += markers.START, *tokens_of(text), markers.END
    words += joined_in(texts[0])
    words += markers.of_kind(kind), markers.of_wiki(wiki)
    text = " ".join(words)
    return NameEntry(
        comments.bit_length() << (_NUMBERS + _KINDS) | kind << _NUMBERS | pk,
        kind,
        pk if kind == Kind.PAGE else None,
        pk if kind == Kind.TOPIC else None,
        pk if kind == Kind.PERSON else None,
        crc32(text.encode()),
        text,
    )
