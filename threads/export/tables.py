"""How the lines of each kind become rows: one function a kind, given lines of one page."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Model

from threads.models import (
    Change,
    Collection,
    CollectionPage,
    Comment,
    FormerId,
    FormerTitle,
    Repair,
    RepairFailure,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.models.wiki.packing import pack
from threads.store import author_name, load_rows

from .lines import (
    ChangeLine,
    CollectionLine,
    CollectionPageLine,
    CommentLine,
    FormerIdLine,
    FormerTitleLine,
    Line,
    PageLine,
    RepairLine,
    RevisionLine,
    SectionLine,
    TakedownLine,
    UnsignedLine,
    WikiLine,
)
from .references import NotThere, References
from .takedowns import load_takedowns, rule_of


def _columns(kind: type[Model], line: Line, **told: Any) -> dict[str, Any]:
    """By column, what is `told`, and for the other ones what the line has of their names."""
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    return {
        field.attname: told[field.attname] if field.attname in told else getattr(line, field.name)
        for field in fields
    }


def _wikis(_known: References, lines: Sequence[WikiLine]) -> None:
    for line in lines:
        wiki = Wiki(**_columns(Wiki, line))
        wiki.full_clean()  # its addresses become links
        load_rows(Wiki, [_columns(Wiki, line)])


def _pages(known: References, lines: Sequence[PageLine]) -> None:
    nothing = {"current_revision_id": None, "latest_comment_id": None}
    rows = [_columns(TalkPage, line, wiki_id=known.wiki(line.wiki).pk, **nothing) for line in lines]
    load_rows(TalkPage, rows)


def _former_titles(known: References, lines: Sequence[FormerTitleLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page).row
    told = {"wiki_id": page.wiki_id, "page_id": page.pk}
    load_rows(FormerTitle, [_columns(FormerTitle, line, **told) for line in lines])


def _revisions(known: References, lines: Sequence[RevisionLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page).row
    rows: list[dict[str, Any]] = []
    for line in lines:
        data = line.text.encode()
        told: dict[str, Any] = {"size": len(data), "compressed": pack(data)}
        digest = hashlib.sha256(data).hexdigest()
        told["withheld_by_id"] = rule_of(page, line, len(rows)) if line.taken_down else None
        rows.append(_columns(Revision, line, page_id=page.pk, sha256=digest, **told))
    keys = load_rows(Revision, rows)
    for line, key in zip(lines, keys, strict=True):
        if line.is_current:
            TalkPage.objects.filter(pk=page.pk).update(current_revision=key)
    known.forget_page()


def _sections(known: References, lines: Sequence[SectionLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page)
    known.authors(lines[0].wiki, _named(lines))
    places = _parents(Section, lines)
    rows = [
        _columns(
            Section,
            line,
            page_id=page.row.pk,
            revision_id=page.revision(line.revision),
            parent_id=parent,
        )
        for line, parent in zip(lines, places, strict=True)
    ]
    load_rows(Section, rows, "parent_id")


def _named(lines: Sequence[SectionLine]) -> Iterator[str]:
    """Who closed or decided something: each has a page of their own, as who signed has."""
    for line in lines:
        said = [*line.closures, *([line.decision] if line.decision else [])]
        yield from (author_name(each["by"]) for each in said if each.get("by"))


def _parents(kind: type[Model], lines: Sequence[Any]) -> list[int | None]:
    """The places of the parents among the lines of a page."""
    places = {line.ident: place for place, line in enumerate(lines)}
    missing = {line.parent for line in lines} - {None, *places}
    if missing:
        raise NotThere(kind, min(missing))
    return [None if line.parent is None else places[line.parent] for line in lines]


def _comments(known: References, lines: Sequence[CommentLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page)
    co_signed = (each["author"] for line in lines for each in line.cosigners)
    names = {line.author for line in lines}.union(author_name(name) for name in co_signed if name)
    authors = known.authors(lines[0].wiki, names)
    rows = [
        _columns(
            Comment,
            line,
            page_id=page.row.pk,
            wiki_id=page.row.wiki_id,
            section_id=page.section(line.section),
            parent_id=parent,
            author_id=authors[line.author],
            revision_id=page.revision(line.revision),
            first_revision_id=page.revision(line.first_revision),
        )
        for line, parent in zip(lines, _parents(Comment, lines), strict=True)
    ]
    keys = load_rows(Comment, rows, "parent_id")
    for line, key in zip(lines, keys, strict=True):
        if line.is_latest:
            TalkPage.objects.filter(pk=page.row.pk).update(latest_comment=key)


def _unsigned(known: References, lines: Sequence[UnsignedLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page)
    authors = known.authors(lines[0].wiki, (line.author for line in lines if line.author))
    rows = [
        _columns(
            UnsignedText,
            line,
            page_id=page.row.pk,
            section_id=page.section(line.section),
            author_id=authors[line.author] if line.author else None,
            revision_id=page.revision(line.revision),
            first_revision_id=page.revision(line.first_revision),
        )
        for line in lines
    ]
    load_rows(UnsignedText, rows)


def _changes(known: References, lines: Sequence[ChangeLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page)
    rows = [
        _columns(
            Change,
            line,
            comment_id=page.comment(line.comment),
            revision_id=page.revision(line.revision),
        )
        for line in lines
    ]
    load_rows(Change, rows)


def _repairs(known: References, lines: Sequence[RepairLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page).row
    told = {"page_id": page.pk, "made_by_id": None, "undone_by_id": None}
    keys = load_rows(Repair, [_columns(Repair, line, **told) for line in lines])
    failures = [
        {
            "repair_id": key,
            "page_id": known.beside(line.wiki, each.page).pk,
            "since": each.since,
            "why": each.why,
        }
        for line, key in zip(lines, keys, strict=True)
        for each in line.failed_on
    ]
    load_rows(RepairFailure, failures)


def _former_ids(known: References, lines: Sequence[FormerIdLine]) -> None:
    page = known.page(lines[0].wiki, lines[0].page).row
    rows = []
    for line in lines:
        comment = known.page(line.wiki, line.comment_page).comment(line.comment)
        rows.append(_columns(FormerId, line, page_id=page.pk, comment_id=comment))
    load_rows(FormerId, rows)


def _collections(_known: References, lines: Sequence[CollectionLine]) -> None:
    load_rows(Collection, [_columns(Collection, line) for line in lines])


def _collection_pages(known: References, lines: Sequence[CollectionPageLine]) -> None:
    keys = dict(Collection.objects.order_by().values_list("slug", "pk"))
    rows = []
    for line in lines:
        if line.collection not in keys:
            raise NotThere(Collection, line.collection)
        page = known.page(line.wiki, line.page).row
        told = {"page_id": page.pk, "collection_id": keys[line.collection], "last_at": None}
        rows.append(_columns(CollectionPage, line, **told))
    load_rows(CollectionPage, rows)


class Table(NamedTuple):
    """How lines of a kind are loaded."""

    load: Callable[[References, Sequence[Any]], None]
    at_once: int | None  # lines; None: all of a page, for they name each other


TABLES: dict[type[Line], Table] = {
    WikiLine: Table(_wikis, 500),
    TakedownLine: Table(load_takedowns, 500),
    PageLine: Table(_pages, 500),
    FormerTitleLine: Table(_former_titles, 500),
    RevisionLine: Table(_revisions, 10),  # whole wikitexts
    SectionLine: Table(_sections, None),
    CommentLine: Table(_comments, None),
    UnsignedLine: Table(_unsigned, 500),
    ChangeLine: Table(_changes, 500),
    RepairLine: Table(_repairs, 500),
    FormerIdLine: Table(_former_ids, 500),
    CollectionLine: Table(_collections, 500),
    CollectionPageLine: Table(_collection_pages, 500),
}
