"""What asks the database that is in use."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import connection, models

from threads.search.tokens.terms import IndexQuery

from . import postgres, sqlite
from .keys import Keys

Kind = type[models.Model]  # of entries: SearchEntry or SearchName


class Engine(Protocol):
    """What either database does with entries of a kind."""

    def write(self, kind: Kind, rows: Sequence[tuple[Any, ...]]) -> None: ...

    def newest(
        self, kind: Kind, query: IndexQuery, first: int, end: int, limit: int, *, oldest: bool
    ) -> Keys: ...

    def first_of(
        self, kind: Kind, queries: Sequence[IndexQuery], limit: int
    ) -> tuple[str, list[Any]]: ...

    def have(self, kind: Kind, queries: Sequence[IndexQuery]) -> list[bool]: ...

    def listed(self, keys: Sequence[int]) -> tuple[str, Any]: ...

    def as_written(self, sql: str) -> str: ...

    def settle(self, kind: Kind) -> None: ...

    def tidy(self, kind: Kind) -> None: ...

    def purge(self, kind: Kind) -> None: ...


_ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}


def engine() -> Engine:
    return _ENGINES[connection.vendor]
