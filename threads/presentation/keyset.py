"""Lists that are paged by key: a page costs the same, however far down it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Shown = TypeVar("Shown")
Order = Sequence[str]  # columns, with "-" for descending; together no two rows have the same


@dataclass(frozen=True, slots=True)
class Slice(Generic[Shown]):
    """One page of a list."""

    rows: Sequence[Shown]
    before: str  # the key before which others stand: of the first row, or "" where it is the first
    after: str  # and behind which: of the last row


def cut(
    found: Sequence[Shown], size: int, key: Callable[[Shown], object], *, more: bool
) -> Slice[Shown]:
    """The first `size` rows of those that were found; in: whether there are `more` before them."""
    rows = found[:size]
    before = str(key(rows[0])) if more and rows else ""
    return Slice(rows, before, str(key(rows[-1])) if len(found) > size else "")


def cut_back(found: Sequence[Shown], size: int, key: Callable[[Shown], object]) -> Slice[Shown]:
    """The same going back: of rows in turned order, the first `size`, turned again."""
    rows = found[:size][::-1]
    return Slice(rows, str(key(rows[0])) if len(found) > size else "", str(key(rows[-1])))


def slice_of(
    rows: QuerySet[Row],
    order: Order,
    size: int,
    *,
    after: Row | None = None,
    before: Row | None = None,
    key: Callable[[Row], object] = attrgetter("pk"),
) -> Slice[Row]:
    """At most `size` of the rows: right behind one of them, or right before one, or the first.

    Going back to fewer than `size`, it is the first ones.
    """
    if before is not None:
        back = rows.filter(beyond(order, before, back=True)).order_by(*turned(order))
        found = list(back[: size + 1])
        if len(found) >= size:
            return cut_back(found, size, key)
    elif after is not None:
        rows = rows.filter(beyond(order, after))
    return cut(list(rows.order_by(*order)[: size + 1]), size, key, more=after is not None)


def beyond(order: Order, row: Model, *, back: bool = False, at: bool = False) -> Q:
    """What comes after a row in an order; or before it, going `back`; with `at`, itself as well.

    The first column is asked for by itself too, so that its index is gone into at that place.
    """
    columns = turned(order) if back else list(order)
    condition = Q()
    for place, column in reversed(list(enumerate(columns))):
        name = column.removeprefix("-")
        value = getattr(row, name)
        side = "lt" if column.startswith("-") else "gt"
        if place == len(columns) - 1:
            condition = Q((f"{name}__{side}{'e' if at else ''}", value))
        else:
            condition = Q((f"{name}__{side}", value)) | Q((name, value)) & condition
        if place == 0:
            condition &= Q((f"{name}__{side}e", value))
    return condition


def turned(order: Order) -> list[str]:
    """The order from behind."""
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]
