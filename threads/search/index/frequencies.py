"""How often PostgreSQL's planner takes words to be there: it has been told of the commonest
thousand of a table, when that was last analyzed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from time import time

from django.db import connection

from threads.search.tokens.terms import IndexQuery, Term

HOLDS = 600  # seconds; of what is out of date, only the way to what is found depends
_KNOWN = """
SELECT greatest(c.reltuples, 1)::bigint, s.most_common_elems::text::text[],
s.most_common_elem_freqs FROM pg_class c LEFT JOIN pg_stats s ON s.tablename = c.relname
AND s.attname = 'words' AND s.schemaname = ANY (current_schemas(false))
WHERE c.oid = %s::regclass
"""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Of a table's words."""

    total: int  # entries
    shares: Mapping[str, float] = field(default_factory=dict)  # of them, by the commonest words

    def share(self, query: IndexQuery) -> float:
        """In how large a share of the entries a query's words are, wherever they stand in them: as
        if they were independent of each other, and those that are not known nowhere."""
        return prod(min(sum(map(self._share, group)), 1) for group in query.every)

    def _share(self, term: Term) -> float:
        *whole, last = term.tokens
        known = [self.shares.get(token, 0) for token in whole]
        if not term.prefix:
            return prod([*known, self.shares.get(last, 0)])
        begun = sum(share for word, share in self.shares.items() if word.startswith(last))
        return prod([*known, min(begun, 1)])


def frequencies(table: str) -> Frequencies:
    """Of a table of entries. One query, but for those that were asked for before."""
    return _frequencies(table, str(connection.settings_dict["NAME"]), int(time()) // HOLDS)


@lru_cache(2)
def _frequencies(table: str, database: str, moment: int) -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [table])
        total, words, shares = cursor.fetchone()
    return Frequencies(total, dict(zip(words or (), shares or (), strict=False)))
