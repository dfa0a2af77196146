"""The rows that a page has or had: as its tables hold them, and as its revisions tell them.

What several revisions tell is found out in memory, and written once.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any, Generic

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from threads.models import Comment, FormerId, Section, TalkPage, UnsignedText

from .inserting import insert_rows
from .keys import give_keys
from .matching import AnyRow
from .per_query import per_query

# What a row keeps from the day on which it was new.
ONCE: dict[type, tuple[str, ...]] = {Comment: ("first_revision_id",)}


def kept_rows(kind: type[AnyRow], page: TalkPage) -> list[AnyRow]:
    """The page's rows: those that stand on it in order, then those that left it, last first."""
    if page.current_revision_id is None:
        return []  # rows come with the first revision that readers see
    rows = kind._default_manager.filter(page=page)
    return list(rows.order_by("-is_current", "-revision_id", "position", "pk"))


class KeptRows(Generic[AnyRow]):
    """A page's rows of one kind, in the order of `kept_rows`; `write` writes them."""

    def __init__(self, kind: type[AnyRow], page: TalkPage) -> None:
        self._kind: type[AnyRow] = kind
        self._names = [field.attname for field in kind._meta.concrete_fields]
        self.rows: list[AnyRow] = kept_rows(kind, page)
        self._stored: dict[int, list[Any]] = {row.pk: self._values(row) for row in self.rows}

    def settle(self, fresh: Sequence[AnyRow], parents: Sequence[str | None] = ()) -> None:
        """Let these stand on the page, those that continue kept rows with their keys.

        In: `parents` are ids, of the same kind or not, or none at all.
        """
        give_keys(self._kind, [row for row in fresh if row.pk is None])
        _link(fresh, parents)
        before = {row.pk: row for row in self.rows}
        for row in fresh:
            if old := before.pop(row.pk, None):
                for name in ONCE.get(self._kind, ()):
                    setattr(row, name, getattr(old, name))
        # Who has the rows as they were may still ask which of them stood on the page.
        gone: list[AnyRow] = [copy(row) if row.is_current else row for row in before.values()]
        self.rows = list(fresh) + _left(gone)

    def leave(self) -> None:
        """Let none of them stand on the page."""
        self.rows = _left(self.rows)

    def write(self) -> None:
        """Let the table hold these rows, and no others of the page; only what differs is written.

        Places and ids are unique at every statement: what changes is out of the way first.
        """
        now = {row.pk: self._values(row) for row in self.rows}
        changed = {key: row for key, row in now.items() if self._stored.get(key) != row}
        there = changed.keys() & self._stored.keys()
        for some in self._of(self._stored.keys() - now.keys()):
            some.delete()
        for some in self._of(there):
            some.update(is_current=False)
        if "ident" in self._names:
            place = self._names.index("ident")
            called = [key for key in there if changed[key][place] != self._stored[key][place]]
            for some in self._of(called):
                some.update(ident=Concat(Value("~"), Cast("pk", CharField())))
        values = [dict(zip(self._names, row, strict=True)) for row in changed.values()]
        insert_rows(self._kind, values, replacing=True)
        self._stored = now

    def _values(self, row: AnyRow) -> list[Any]:
        return [getattr(row, name) for name in self._names]

    def _of(self, keys: Iterable[int]) -> Iterator[Any]:
        """Queries for the rows with these keys."""
        for some in per_query(sorted(keys)):
            yield self._kind._default_manager.filter(pk__in=some)


def _link(fresh: Sequence[Any], parents: Sequence[str | None]) -> None:
    """Set the key of each row's parent, where that is a row of the same kind."""
    if parents:
        keys = {row.ident: row.pk for row in fresh}
        for row, parent in zip(fresh, parents, strict=True):
            row.parent_id = keys.get(parent)


def _left(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """Let rows not stand on their page; they come in the order of `kept_rows`."""
    left = sorted(rows, key=lambda row: (-row.revision_id, row.position, row.pk))
    for row in left:
        row.is_current = False
    return left


class PageRows:
    """All rows of a page, with the ids that its comments had."""

    def __init__(self, page: TalkPage) -> None:
        self.page = page
        self.sections = KeptRows(Section, page)
        self.comments = KeptRows(Comment, page)
        self.unsigned = KeptRows(UnsignedText, page)
        self.former: list[FormerId] = []

    def write(self) -> None:
        """Let the tables hold them, in the caller's transaction."""
        for rows in (self.sections, self.comments, self.unsigned):
            rows.write()
        if self.former:
            FormerId.objects.bulk_create(self.former, ignore_conflicts=True)
            self.page.former_ids.filter(comment__ident=F("ident")).delete()
            self.former = []
