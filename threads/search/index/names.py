"""Names that people look for: pages, topics and people, the much discussed ones first.

A name's key is ordered by how much was said under it, to the next power of two: what is found
first by key is what most people mean, and a name is seldom written anew.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from django.db import connection, models
from django.db.models import DEFERRED

from threads.models import Author, SearchName, Section, TalkPage, Wiki
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
# What is shown of a name, and no more: rows of pages and wikis are long.
_SHOWN = """
SELECT found.asked, n.kind, w.id, w.dbname, w.name, w.language, p.id, p.title, p.comment_count,
s.id, s.heading, s.ident, s.comment_count, a.id, a.name
FROM ({found}) AS found JOIN threads_searchname n ON n.id = found.id
LEFT JOIN threads_section s ON s.id = n.section_id
LEFT JOIN threads_author a ON a.id = n.author_id
LEFT JOIN threads_talkpage p ON p.id = coalesce(n.page_id, s.page_id)
JOIN threads_wiki w ON w.id = coalesce(p.wiki_id, a.wiki_id)
ORDER BY found.asked, found.place, n.id DESC
"""
Row = TypeVar("Row", bound=models.Model)


class _Shown(NamedTuple):
    """A row, in the order of `_SHOWN`."""

    asked: int  # the place of what it was found for
    kind: int
    wiki: int  # primary key, as the others
    dbname: str
    wikis_name: str
    language: str
    page: int
    title: str
    on_page: int  # comments
    section: int
    heading: str
    ident: str
    in_topic: int
    author: int
    person: str


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


class AskedName(NamedTuple):
    """Words of a name that is looked for, the last of which may go on."""

    text: str
    kinds: frozenset[SearchName.Kind]
    limit: int
    wiki: int | None = None  # the primary key of the only one that is asked for
    former: bool = False  # a topic that had a heading with these words, before it was edited


def find_names(
    text: str, *, kinds: Iterable[SearchName.Kind], wiki: int | None = None, limit: int
) -> list[Name]:
    """Names that have all these words, as `find_each` gives them. One query."""
    return find_each([AskedName(text, frozenset(kinds), limit, wiki)])[0]


def find_each(asked: Sequence[AskedName]) -> list[list[Name]]:
    """The names that each of them asks for, at most as many as it wants. One query.

    Out: those that are just what was typed first, then those that have its last word as it was
    typed, then the others; each by how much was said there.
    """
    found: list[list[Name]] = [[] for _each in asked]
    parts: list[str] = []
    given: list[Any] = []
    for place, each in enumerate(asked):
        if queries := _queries(each):
            sql, values = engine().first_of(SearchName, queries, each.limit)
            parts.append(f"SELECT {place} AS asked, id, place FROM ({sql}) AS found_{place}")
            given += values
    if not parts:
        return found
    every = " UNION ALL ".join(parts)
    for row in map(_Shown._make, _rows(_SHOWN.format(found=every), given)):
        found[row.asked].append(_name(row))
    return found


def _queries(asked: AskedName) -> list[IndexQuery]:
    """What is looked for in turn; [] where there is no word."""
    words = _asked(asked.text)
    if asked.former:
        words = [[tuple(map(_formerly, group)) for group in groups] for groups in words]
        return [IndexQuery(tuple(groups)) for groups in words]
    whole: Groups = [(Term((markers.START, *tokens_of(asked.text), markers.END)),)]
    within = _within(asked.kinds, asked.wiki)
    every = [whole, *words] if words else []
    return [IndexQuery((*groups, *within)) for groups in every]


def _formerly(term: Term) -> Term:
    return Term(tuple(map(markers.former_word, term.tokens)), term.prefix)


def pages_named(text: str, *, wiki: int, limit: int) -> list[int]:
    """A wiki's pages whose titles have all these words, the last of which may go on: their
    primary keys. Those that have the last word as it was typed go first, then by how much was
    said there. One query."""
    within = _within({Kind.PAGE}, wiki)
    queries = [IndexQuery((*groups, *within)) for groups in _asked(text)]
    if not queries:
        return []
    found, given = engine().first_of(SearchName, queries, limit)
    rows = _rows(f"SELECT id FROM ({found}) AS found ORDER BY place, id DESC", given)
    return [key & _TARGET for (key,) in rows]


def _asked(text: str) -> list[Groups]:
    """The words, first with the last one as it is, then as it may go on; [] for none."""
    given = [word for word in text.split() if tokens_of(word)] or [""]
    words = [(term,) for word in given[:-1] if (term := term_of(word))]
    ways = term_of(given[-1]), term_of(given[-1], prefix=True)
    return [[*words, (way,)] for way in ways if way]


def _rows(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(engine().as_written(sql), given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _within(kinds: Set[SearchName.Kind], wiki: int | None) -> Groups:
    """What narrows names down; nothing where all kinds are asked for, which every name is of."""
    of_kinds = tuple(Term((markers.of_kind(kind),)) for kind in sorted(kinds))
    within = [] if kinds == set(Kind) else [of_kinds]
    return [*within, (Term((markers.of_wiki(wiki),)),)] if wiki else within


def _name(row: _Shown) -> Name:
    wiki = _known(Wiki, id=row.wiki, dbname=row.dbname, name=row.wikis_name, language=row.language)
    kind = Kind(row.kind)
    if kind is Kind.PERSON:
        author = _known(Author, id=row.author, name=row.person, wiki_id=row.wiki)
        author.wiki = wiki
        return Name(kind, author)
    page = _known(
        TalkPage, id=row.page, title=row.title, comment_count=row.on_page, wiki_id=row.wiki
    )
    page.wiki = wiki
    if kind is Kind.PAGE:
        return Name(kind, page)
    topic = _known(
        Section,
        id=row.section,
        heading=row.heading,
        ident=row.ident,
        comment_count=row.in_topic,
        page_id=row.page,
    )
    topic.page = page
    return Name(kind, topic)


def _known(model: type[Row], **columns: Any) -> Row:
    """A row of which some columns are known; others are read where they are asked for."""
    fields = model._meta.concrete_fields
    values = [columns.get(str(field.attname), DEFERRED) for field in fields]
    return model.from_db(connection.alias, [], values)


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
