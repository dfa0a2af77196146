"""Names that are spelled nearly like one that is not there."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TypeVar

from django.db import models

MOST = 5
# How many before it and behind it in the alphabet are compared: those that an index finds.
NEIGHBOURS = 40
# Comparing takes the product of both lengths: longer names are compared by their beginnings.
LONGEST = 120
LIKENESS = 0.75  # 1.0 is the same, as difflib counts

Named = TypeVar("Named", bound=models.Model)


def nearest_rows(rows: models.QuerySet[Named], field: str, text: str) -> list[Named]:
    """Those rows whose field is spelled most like the text. One query."""
    names: dict[str, Named] = {}
    for row in _neighbours(rows, field, text):
        names.setdefault(getattr(row, field)[:LONGEST].casefold(), row)
    return [names[name] for name in nearest_names(text, names)]


def nearest_names(text: str, names: Iterable[str]) -> list[str]:
    """Those of some names that are spelled most like the text. In: names in small letters."""
    return get_close_matches(text[:LONGEST].casefold(), names, MOST, LIKENESS)


def _neighbours(rows: models.QuerySet[Named], field: str, text: str) -> Iterator[Named]:
    before = rows.filter(**{f"{field}__lt": text}).order_by(f"-{field}")[:NEIGHBOURS]
    behind = rows.filter(**{f"{field}__gte": text}).order_by(field)[:NEIGHBOURS]
    # SQLite takes no part of a union that has an order, but for one within a condition.
    found = rows.order_by()
    first, other = (found.filter(pk__in=near.values("pk")) for near in (before, behind))
    yield from first.union(other, all=True)
