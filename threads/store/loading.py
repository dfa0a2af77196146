"""Rows that an earlier archive had, as they were: nothing is read or counted anew here."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from .rows.inserting import insert_rows
from .rows.keys import reserve


def load_rows(
    kind: type[models.Model], rows: Sequence[dict[str, Any]], within: str = ""
) -> list[int]:
    """Add rows of one kind; out: their primary keys, in their order.

    In: by column, what each holds besides its key. In the column `within`, rows name each other:
    it holds places among them, from 0, or None.
    """
    names = [field.attname for field in kind._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        keys = list(reserve(kind, len(rows)))
        written = []
        for key, row in zip(keys, rows, strict=True):
            values = {"id": key, **{name: row[name] for name in names}}
            if within and values[within] is not None:
                values[within] = keys[values[within]]
            written.append(values)
        insert_rows(kind, written)
    return keys
