"""An archive's rows as lines, in an order that only what they hold decides.

Pages come twice: first with their revisions, then with what was read from these, so that every
line names only what stands above it. Nothing is in the lines that follows from other ones (sums,
the register of decisions, the index of words), nor accounts, nor records of imports.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import F, Model, Prefetch, QuerySet

from threads.models import (
    Change,
    Collection,
    CollectionPage,
    FormerId,
    RepairFailure,
    Revision,
    TalkPage,
    Wiki,
)

from .ending import with_end
from .lines import (
    VERSION,
    ArchiveLine,
    ChangeLine,
    CollectionLine,
    CollectionPageLine,
    CommentLine,
    Elsewhere,
    FailedOn,
    FormerIdLine,
    FormerTitleLine,
    Line,
    PageLine,
    RepairLine,
    RevisionLine,
    RevisionPlace,
    SectionLine,
    UnsignedLine,
    WikiLine,
)
from .selection import Selection, by_bytes
from .takedowns import takedowns

AnyLine = TypeVar("AnyLine", bound=Line)
ROWS = 500  # that are read at once
TEXTS = 10  # whole wikitexts that are


def lines_of(selection: Selection) -> Iterator[Line]:
    """The lines, a page's worth of references in memory. Pages are exported whole: those that have
    what is selected."""
    return with_end(_all_lines(selection))


def _all_lines(selection: Selection) -> Iterator[Line]:
    yield ArchiveLine(version=VERSION)
    pages = selection.pages()
    wikis = Wiki.objects.settled().order_by(by_bytes("dbname"))
    if not selection.is_everything:
        wikis = wikis.filter(pk__in=pages.order_by().values("wiki"))
    yield from (_line(WikiLine, wiki) for wiki in wikis)
    yield from takedowns(selection.wiki)
    yield from _flat(_page(page) for page in pages.iterator(ROWS))
    yield from _flat(_items(page, selection) for page in pages.defer("months").iterator(ROWS))
    yield from _flat(_former_ids(page, selection) for page in pages.iterator(ROWS))
    yield from _collections(selection)


def _flat(parts: Iterator[Iterator[Line]]) -> Iterator[Line]:
    for part in parts:
        yield from part


def _line(kind: type[AnyLine], row: Model, **told: Any) -> AnyLine:
    """A row as a line: what is `told` of it, and the row's own fields of the other names."""
    names = [name for name in kind.__struct_fields__ if name not in told]
    return kind(**told, **{name: getattr(row, name) for name in names})


def _page(page: TalkPage) -> Iterator[Line]:
    """The page, its former titles and its revisions, in the order in which they came."""
    yield _line(PageLine, page, wiki=page.wiki.dbname)
    of_page = {"wiki": page.wiki.dbname, "page": page.title}
    for former in page.former_titles.order_by(by_bytes("title")):
        yield _line(FormerTitleLine, former, **of_page)
    revisions = page.revisions.select_related("withheld_by").order_by("pk")
    for revision in revisions.iterator(TEXTS):
        is_current = revision.pk == page.current_revision_id
        why = revision.withheld_by.reason if revision.withheld_by else ""
        yield _line(RevisionLine, revision, **of_page, is_current=is_current, taken_down=why)


class _Places:
    """Where revisions stand on their pages; kept for one page."""

    def __init__(self, page: TalkPage, selection: Selection) -> None:
        self._page, self._selection = page, selection
        self._own = _places(page.pk)

    def of(self, key: int | None) -> RevisionPlace | None:
        """None for a revision of a page that is not exported."""
        if key is None:
            return None
        if key in self._own:
            return self._own[key]
        page = self._selection.pages().filter(revisions=key).first()
        return Elsewhere(page=page.title, revision=_places(page.pk)[key]) if page else None


def _places(page: int) -> dict[int, int]:
    keys = Revision.objects.filter(page=page).order_by("pk").values_list("pk", flat=True)
    return {key: place for place, key in enumerate(keys)}


def _items(page: TalkPage, selection: Selection) -> Iterator[Line]:
    """What was read from a page, first what still stands on it; then changes and repairs."""
    told = {"wiki": page.wiki.dbname, "page": page.title}
    places = _Places(page, selection)
    order = ("-is_current", "position", by_bytes("ident"))
    sections = page.sections.annotate(parent_ident=F("parent__ident")).order_by(*order)
    for section in _read(sections):
        place = places.of(section.revision_id)
        yield _line(SectionLine, section, **told, revision=place, parent=section.parent_ident)
    comments = page.comments.annotate(parent_ident=F("parent__ident"), **_SIGNED).order_by(*order)
    for comment in _read(comments):
        yield _line(
            CommentLine,
            comment,
            **told,
            **_signed(comment, places),
            parent=comment.parent_ident,
            is_latest=comment.pk == page.latest_comment_id,
        )
    unsigned = page.unsignedtexts.annotate(**_SIGNED)
    for text in _read(unsigned.order_by("-is_current", "position", "start", "pk")):
        yield _line(UnsignedLine, text, **told, **_signed(text, places))
    changes = Change.objects.filter(comment__page=page).annotate(ident=F("comment__ident"))
    for change in _read(changes.order_by("pk")):
        place = places.of(change.revision_id)
        yield _line(ChangeLine, change, **told, revision=place, comment=change.ident)
    failures = RepairFailure.objects.select_related("page").order_by(by_bytes("page__title"))
    if not selection.is_everything:
        failures = failures.filter(page__in=selection.pages().order_by())
    repairs = page.repairs.prefetch_related(Prefetch("failures", failures)).order_by("pk")
    for repair in _read(repairs):
        failed_on = [
            FailedOn(page=each.page.title, since=each.since, why=each.why)
            for each in repair.failures.all()
        ]
        yield _line(RepairLine, repair, **told, failed_on=failed_on)


_SIGNED = {"section_ident": F("section__ident"), "author_name": F("author__name")}


def _signed(item: Any, places: _Places) -> dict[str, Any]:
    """What a comment or an unsigned text names of other rows."""
    return {
        "revision": places.of(item.revision_id),
        "first_revision": places.of(item.first_revision_id),
        "section": item.section_ident,
        "author": item.author_name,
    }


def _read(rows: "QuerySet[Any]") -> Iterator[Any]:
    return rows.iterator(ROWS)


def _former_ids(page: TalkPage, selection: Selection) -> Iterator[Line]:
    """After all comments: a former ID may lead to another page."""
    rows = FormerId.objects.filter(page=page).select_related("comment__page")
    if not selection.is_everything:
        rows = rows.filter(comment__page__in=selection.pages().order_by())
    rows = rows.order_by(
        by_bytes("ident"), by_bytes("comment__page__title"), by_bytes("comment__ident")
    )
    for former in _read(rows):
        comment = former.comment
        told = {"comment": comment.ident, "comment_page": comment.page.title}
        yield _line(FormerIdLine, former, wiki=page.wiki.dbname, page=page.title, **told)


def _collections(selection: Selection) -> Iterator[Line]:
    collections = Collection.objects.order_by(by_bytes("slug"))
    entries = CollectionPage.objects.select_related("collection", "page__wiki")
    if not selection.is_everything:
        entries = entries.filter(page__in=selection.pages().order_by())
        if selection.collection:
            entries = entries.filter(collection__slug=selection.collection)
        collections = collections.filter(pk__in=entries.order_by().values("collection"))
    yield from (_line(CollectionLine, each) for each in collections)
    for entry in _read(entries.order_by(by_bytes("collection__slug"), "position", "pk")):
        told = {"collection": entry.collection.slug, "wiki": entry.page.wiki.dbname}
        yield _line(CollectionPageLine, entry, **told, page=entry.page.title)
