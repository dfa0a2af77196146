"""What columns held before any rule changed them; nothing but undoing a rule reads it."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Self

from django.db import models

from threads.models import Revision, TalkPage, Withheld
from threads.models.wiki.packing import pack, unpack

Place = tuple[str, int, str]  # table, row, column
ROWS = 200  # written at once


class Originals:
    """The originals of rows that belong to a page, or to none; `save` writes what has changed."""

    def __init__(self, page: TalkPage | None, kept: Iterable[Withheld]) -> None:
        self._page = page
        self._packed: dict[Place, bytes] = {
            (each.table, each.row, each.column): bytes(each.original) for each in kept
        }
        self._fresh: dict[Place, bytes] = {}
        self._gone: set[Place] = set()

    @classmethod
    def of_page(cls, page: TalkPage) -> Self:
        """Those of all rows that belong to a page. One query."""
        return cls(page, page.withheld.all())

    @classmethod
    def of_rows(cls, kind: type[models.Model], keys: Iterable[int]) -> Self:
        """Those of rows of one kind that belong to no page."""
        kept = Withheld.objects.filter(page=None, table=kind._meta.model_name, row__in=list(keys))
        return cls(None, kept)

    def of(self, row: models.Model, column: str, now: Any) -> Any:
        """What a row's column held, which holds this now: the same, unless something is kept."""
        packed = self._packed.get(_place(row, column))
        return now if packed is None else json.loads(unpack(packed))

    def digest_of(self, revision: Revision) -> str:
        """The SHA-256 of a revision's text as it was imported, in hexadecimal."""
        return sha256(self.of(revision, "text", revision.text).encode()).hexdigest()

    def settle(self, row: models.Model, column: str, original: Any, shown: Any) -> None:
        """Keep the original where something else is shown, and not where it is shown itself."""
        place = _place(row, column)
        if shown == original:
            self._gone.add(place)
        elif place not in self._packed:
            self._fresh[place] = pack(json.dumps(original).encode())

    def replace(self, row: models.Model, column: str, original: Any, shown: Any) -> None:
        """The same where the row has come to have another original."""
        place = _place(row, column)
        if place in self._packed:
            self._gone.add(place)
        if shown != original:
            self._fresh[place] = pack(json.dumps(original).encode())

    def save(self) -> None:
        """In the caller's transaction."""
        gone = [place for place in self._gone if place in self._packed]
        for table, row, column in gone:
            Withheld.objects.filter(table=table, row=row, column=column).delete()
        Withheld.objects.bulk_create(
            [
                Withheld(page=self._page, table=table, row=row, column=column, original=packed)
                for (table, row, column), packed in self._fresh.items()
            ],
            batch_size=ROWS,
        )


def _place(row: models.Model, column: str) -> Place:
    return str(row._meta.model_name), row.pk, column
