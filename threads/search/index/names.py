"""Names that people look for: pages, topics and people, the much discussed ones first.

A name's key is ordered by how much was said under it, to the next power of two: what is found
first by key is what most people mean, and a name is seldom written anew.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple
from zlib import crc32

from threads.models import Author, SearchName, Section, TalkPage
from threads.search.tokens import markers
from threads.search.tokens.folding import joined_in, term_of, tokens_of
from threads.search.tokens.terms import IndexQuery, Term

from .engines import engine

Kind = SearchName.Kind
Groups = list[tuple[Term, ...]]  # as IndexQuery has them
_NUMBERS = 46  # bits of a key that tell one name of a kind from the others
_TARGET = (1 << _NUMBERS) - 1
_KINDS = 2  # bits that tell the kind
_LONGEST = 1000  # characters of a heading; more is no name
_MOST_FORMER = 20  # headings of one topic, the last ones
_ID = "h-"  # how every id of a heading begins
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
    whole = (Term((markers.START, *tokens_of(text), markers.END)),)
    asked = _asked(text)
    keys = _first([[whole], *asked] if asked else [], _within(set(kinds), wiki), limit)
    rows = SearchName.objects.select_related(*_TARGETS).only(*_SHOWN).in_bulk(keys)
    return [_name(rows[key]) for key in keys if key in rows]


def topics_once_named(text: str, *, limit: int) -> list[Name]:
    """Topics that had a heading with all these words, before it was edited; at most so many. Those
    that had the last word as it was typed go first, then by how much was said there. Four queries
    at most."""
    asked = [[tuple(map(_formerly, group)) for group in groups] for groups in _asked(text)]
    keys = _first(asked, [], limit)
    rows = SearchName.objects.select_related(*_TARGETS).only(*_SHOWN).in_bulk(keys)
    return [_name(rows[key]) for key in keys if key in rows]


def _formerly(term: Term) -> Term:
    return Term(tuple(map(markers.former_word, term.tokens)), term.prefix)


def pages_named(text: str, *, wiki: int, limit: int) -> list[int]:
    """A wiki's pages whose titles have all these words, the last of which may go on: their
    primary keys. Those that have the last word as it was typed go first, then by how much was
    said there. Four queries at most."""
    return [key & _TARGET for key in _first(_asked(text), _within({Kind.PAGE}, wiki), limit)]


def _asked(text: str) -> list[Groups]:
    """The words, first with the last one as it is, then as it may go on; [] for none."""
    given = [word for word in text.split() if tokens_of(word)] or [""]
    words = [(term,) for word in given[:-1] if (term := term_of(word))]
    ways = term_of(given[-1]), term_of(given[-1], prefix=True)
    return [[*words, (way,)] for way in ways if way]


def _first(every: Iterable[Groups], within: Groups, limit: int) -> list[int]:
    """Keys of what is found by one after the other, until there are enough."""
    queries = [IndexQuery((*groups, *within)) for groups in every]
    return engine().first_of(SearchName, queries, limit) if queries else []


def _within(kinds: Set[SearchName.Kind], wiki: int | None) -> Groups:
    """What narrows names down; nothing where all kinds are asked for, which every name is of."""
    of_kinds = tuple(Term((markers.of_kind(kind),)) for kind in sorted(kinds))
    within = [] if kinds == set(Kind) else [of_kinds]
    return [*within, (Term((markers.of_wiki(wiki),)),)] if wiki else within


def _name(row: SearchName) -> Name:
    target: Any = row.page or row.section or row.author
    return Name(SearchName.Kind(row.kind), target)


def name_of_page(wiki: int, pk: int, title: str, comments: int) -> NameEntry:
    """In: primary keys, as below; how many comments stand on it."""
    _namespace, _colon, bare = title.partition(":")
    texts = [title, bare] if bare else [title]
    return _entry(Kind.PAGE, wiki, pk, texts, comments)


def name_of_topic(
    wiki: int, pk: int, heading: str, former_ids: Iterable[str], comments: int
) -> NameEntry:
    """In: `former_ids`, as Section has them; what the heading was is in those that are anchors."""
    anchors = [each for each in former_ids if not each.startswith(_ID)]
    former = [each.replace("_", " ")[:_LONGEST] for each in anchors[-_MOST_FORMER:]]
    return _entry(Kind.TOPIC, wiki, pk, [heading[:_LONGEST]], comments, former)


def name_of_person(wiki: int, pk: int, name: str, comments: int) -> NameEntry:
    return _entry(Kind.PERSON, wiki, pk, [name], comments)


def _entry(
    kind: SearchName.Kind,
    wiki: int,
    pk: int,
    texts: list[str],
    comments: int,
    former: Sequence[str] = (),
) -> NameEntry:
    words: list[str] = []
    for text in texts:
        words += markers.START, *tokens_of(text), markers.END
    words += joined_in(texts[0])
    for text in former:
        words += map(markers.former_word, (*tokens_of(text), markers.END))
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
