"""Names that are spelled nearly like one that is not there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.db.models import Value

MOST = 5
# How many before it and behind it in the alphabet are compared: those that an index finds.
NEIGHBOURS = 40
# Comparing takes the product of both lengths: longer names are compared by their beginnings.
LONGEST = 120
LIKENESS = 0.75  # 1.0 is the same, as difflib counts

Named = TypeVar("Named", bound=models.Model)


class Misspelled(NamedTuple):
    """A text that may be a name that some rows have."""

    rows: models.QuerySet[Any]
    field: str
    text: str


def nearest_rows(rows: models.QuerySet[Named], field: str, text: str) -> list[Named]:
    """Those rows whose field is spelled most like the text. One query."""
    before, behind = _neighbours(rows, field, text)
    names: dict[str, Named] = {}
    for row in before.union(behind, all=True):
        names.setdefault(_compared(getattr(row, field)), row)
    return [names[name] for name in nearest_names(text, names)]


def nearest_each(asked: Sequence[Misspelled]) -> list[list[str]]:
    """For each of them, the names that are spelled most like its text. One query."""
    parts = [
        rows.values_list(each.field, Value(place))
        for place, each in enumerate(asked)
        for rows in _neighbours(*each)
    ]
    if not parts:
        return []
    names: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for name, place in parts[0].union(*parts[1:], all=True):
        names[place].setdefault(_compared(name), name)
    return [
        [names[place][name] for name in nearest_names(each.text, names[place])]
        for place, each in enumerate(asked)
    ]


def nearest_names(text: str, names: Iterable[str]) -> list[str]:
    """Those of some names that are spelled most like the text. In: names in small letters."""
    return get_close_matches(_compared(text), names, MOST, LIKENESS)


def _compared(name: str) -> str:
    return name[:LONGEST].casefold()


def _neighbours(
    rows: models.QuerySet[Named], field: str, text: str
) -> tuple[models.QuerySet[Named], models.QuerySet[Named]]:
    before = rows.filter(**{f"{field}__lt": text}).order_by(f"-{field}")[:NEIGHBOURS]
    behind = rows.filter(**{f"{field}__gte": text}).order_by(field)[:NEIGHBOURS]
    # SQLite takes no part of a union that has an order, but for one within a condition.
    found = rows.order_by()
    return found.filter(pk__in=before.values("pk")), found.filter(pk__in=behind.values("pk"))
