"""The index of words and the rows of a page: both are written in one transaction, or neither."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import Count, Exists, OuterRef

from threads.models import (
    Author,
    Comment,
    ImportRun,
    Revision,
    SearchEntry,
    SearchName,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.models.discussion.dating import latest_date
from threads.search.index.engines import engine
from threads.search.index.entries import Entry, Heading, Place, Said, entries_of
from threads.search.index.names import NameEntry, name_of_page, name_of_person, name_of_topic
from threads.store.rows.fresh import FreshValues
from threads.store.rows.per_query import per_query

Written = TypeVar("Written", Entry, NameEntry)

NAMING = ("heading", "former_ids", "comment_count")  # of which a topic's name is made


def entries_of_new(
    page: TalkPage,
    revision: Revision,
    rows: FreshValues,
    names: Mapping[int, str],
    words: Mapping[str, str],
) -> Iterator[Entry]:
    """What the index is to have of a new page.

    In: its revision, written; its rows, connected; its authors' names; by text, its `words_of`,
    as far as known.
    """
    headings = [
        Heading(row["id"], row["parent_id"], bool(row["closures"]), row["boxes"])
        for row in rows.sections
    ]
    said = [
        Said(
            row["id"],
            row["position"],
            row["section_id"],
            row["author_id"],
            names.get(row["author_id"], ""),
            row["text"],
            row.get("timestamp"),
            bool(row.get("descendants")),
            words.get(row["text"]),
        )
        for row in (*rows.comments, *rows.unsigned)
    ]
    return entries_of(_place(page, revision.timestamp, revision.imported_at), headings, said)


def names_of_new(page: TalkPage, rows: FreshValues) -> Iterator[NameEntry]:
    """The names of a new page and its topics."""
    yield name_of_page(page.wiki.pk, page.pk, page.title, page.comment_count)
    for row in rows.sections:
        if row["heading_level"] == Section.TOPIC_LEVEL:
            told = (row[name] for name in NAMING)
            yield name_of_topic(page.wiki.pk, row["id"], *told)


def write_new(entries: Sequence[Entry], names: Sequence[NameEntry]) -> None:
    """Add what the index has of none yet, in the caller's transaction."""
    _write(SearchEntry, entries)
    _write(SearchName, names)


def index_people(wiki: Wiki, authors: Mapping[str, int]) -> None:
    """Let the index have the names of new authors, with their keys."""
    _write(SearchName, [name_of_person(wiki.pk, key, name, 0) for name, key in authors.items()])


def settle_index(run: ImportRun) -> None:
    """At the end of an import: let its people stand by how much they have said by now, and the
    index be as fast as it can be."""
    pages = run.items.exclude(page=None).values("page")
    authors = Author.objects.filter(comments__page__in=pages).order_by().values_list("pk")
    for some in per_query(sorted({key for (key,) in authors.distinct().iterator()})):
        index_authors(some)
    for kind in (SearchEntry, SearchName):
        engine().settle(kind)


def purge_index() -> None:
    """Leave nothing in the index of words that stand nowhere any more."""
    for kind in (SearchEntry, SearchName):
        engine().purge(kind)


def index_authors(keys: Collection[int]) -> None:
    """Let the index have these people's names, by the number of their comments; not of those of
    whom nothing stands on a page. Three queries."""
    comments = Comment.objects.current().filter(author=OuterRef("pk"))
    unsigned = UnsignedText.objects.current().filter(author=OuterRef("pk"))
    standing = Author.objects.filter(Exists(comments) | Exists(unsigned), pk__in=keys)
    counted = standing.order_by().annotate(said=Count("comments"))
    wanted = [
        name_of_person(wiki, pk, name, said)
        for wiki, pk, name, said in counted.values_list("wiki", "pk", "name", "said")
    ]
    _settle(SearchName, wanted, _known(SearchName.objects.filter(author__in=keys)))


def index_page(page: TalkPage) -> None:
    """Let the index have what stands on the page; see `index_pages`."""
    index_pages([page])


def index_pages(pages: Sequence[TalkPage]) -> None:
    """Let the index have what stands on these pages; only what differs is written.

    In the caller's transaction. In: pages with their wikis. A fixed number of queries, but for
    every 500 changed texts.
    """
    rows = _Rows([page for page in pages if page.current_revision_id])
    wanted = [entry for page in rows.pages for entry in rows.entries(page)]
    names = [name for page in rows.pages for name in rows.names(page)]
    entries: models.QuerySet[SearchEntry] = SearchEntry.objects.order_by()
    topics: models.QuerySet[SearchName] = SearchName.objects.order_by()
    keys = [page.pk for page in pages]
    comments = Comment.objects.filter(page__in=keys).order_by().values("pk")
    unsigned = UnsignedText.objects.filter(page__in=keys).order_by().values("pk")
    sections = Section.objects.filter(page__in=keys).order_by().values("pk")
    known = _known(entries.filter(comment__in=comments))
    _settle(SearchEntry, wanted, known | _known(entries.filter(unsigned__in=unsigned)))
    known = _known(topics.filter(section__in=sections))
    _settle(SearchName, names, known | _known(topics.filter(page__in=keys)))


class _Rows:
    """What stands on some pages, by page, for which it asks four times."""

    def __init__(self, pages: Sequence[TalkPage]) -> None:
        self.pages = pages
        columns = ("page_id", "pk", "position", "section_id", "author_id", "author__name", "text")
        self._sections = self._by_page(
            Section,
            (*"page_id pk parent_id closures boxes heading_level".split(), *NAMING),
        )
        self._comments = self._by_page(Comment, (*columns, "timestamp", "descendants"))
        self._unsigned = self._by_page(UnsignedText, columns)
        current = Revision.objects.filter(pk__in=[page.current_revision_id for page in pages])
        times = current.order_by().values_list("page_id", "timestamp", "imported_at")
        self._times = {page: (saved, imported) for page, saved, imported in times}

    def _by_page(self, kind: Any, columns: Iterable[str]) -> Mapping[int, list[tuple[Any, ...]]]:
        rows = kind._default_manager.filter(page__in=[page.pk for page in self.pages]).current()
        found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for page, *row in rows.in_order().values_list(*columns):
            found[page].append(tuple(row))
        return found

    def entries(self, page: TalkPage) -> Iterator[Entry]:
        headings = [
            Heading(pk, parent, bool(closures), boxes)
            for pk, parent, closures, boxes, *_named in self._sections[page.pk]
        ]
        said = [
            Said(pk, position, section, author, name or "", text, time, bool(below))
            for pk, position, section, author, name, text, time, below in self._comments[page.pk]
        ]
        said += [
            Said(pk, position, section, author, name or "", text)
            for pk, position, section, author, name, text in self._unsigned[page.pk]
        ]
        return entries_of(_place(page, *self._times[page.pk]), headings, said)

    def names(self, page: TalkPage) -> Iterator[NameEntry]:
        yield name_of_page(page.wiki.pk, page.pk, page.title, page.comment_count)
        for pk, _parent, _closures, _boxes, level, *told in self._sections[page.pk]:
            if level == Section.TOPIC_LEVEL:
                yield name_of_topic(page.wiki.pk, pk, *told)


def _place(page: TalkPage, saved_at: datetime | None, imported_at: datetime) -> Place:
    latest = latest_date(imported_at)
    return Place(page.wiki.pk, page.pk, page.title, saved_at or imported_at, latest)


def _known(entries: models.QuerySet[Any]) -> dict[int, int]:
    """By key, the digests of what the index has."""
    return dict(entries.values_list("pk", "digest"))


def _settle(kind: type[models.Model], wanted: Sequence[Written], known: Mapping[int, int]) -> None:
    """Let the index have what is wanted, and no more of what is known."""
    digests = {entry.id: entry.digest for entry in wanted}
    gone = [key for key, digest in known.items() if digests.get(key) != digest]
    for some in per_query(gone):
        kind._default_manager.filter(pk__in=some).delete()
    _write(kind, [entry for entry in wanted if known.get(entry.id) != entry.digest])


def _write(kind: type[models.Model], entries: Sequence[Written]) -> None:
    if entries:
        engine().write(kind, entries)
