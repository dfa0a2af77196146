"""Finding names on PostgreSQL: those that one query finds before those of the next one."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from threads.search.tokens.terms import IndexQuery

from .matches import match, only_if

WALK = 500  # names that are looked at before the index is asked
MOST = 20_000  # that the index gives at once
_NO_LIMIT = 1 << 62


def first_of(
    kind: type[models.Model], queries: Sequence[IndexQuery], limit: int
) -> tuple[str, list[Any]]:
    """SQL for the highest keys, `id`, of what the first query finds, then of what the next one
    does, and so on: at most so many, each with the number of its query, `place`; in no order. And
    its parameters.

    In: queries each of which finds all that the one before it finds. Those with the highest keys
    are looked at: of what is common, enough is among them, and what the narrower queries find is
    looked up; of what is rare, all that the last one does.
    """
    words = [match(query) for query in queries]
    first, narrower, last = words[0], words[-2:][0], words[-1]
    table = kind._meta.db_table
    highest = f"(SELECT id, words FROM {table} ORDER BY id DESC LIMIT"
    asked = f"(SELECT CASE WHEN count(*) < {limit} THEN %s ELSE %s END FROM near)::tsquery"
    are_more = f"(SELECT count(*) FROM given) > {MOST}"
    places = " ".join(f"WHEN words @@ %s::tsquery THEN {n}" for n in range(len(queries)))
    sql = (
        f"WITH near AS MATERIALIZED (SELECT id, words FROM {highest} {WALK}) AS highest "
        "WHERE words @@ %s::tsquery), "
        f"given AS MATERIALIZED (SELECT id, words FROM {table} "
        f"WHERE words @@ {asked} LIMIT {MOST + 1}), "
        f"far AS MATERIALIZED (SELECT id, words FROM {highest} {_NO_LIMIT}) AS highest "
        f"WHERE words @@ {asked} ORDER BY id DESC LIMIT {only_if(are_more, limit)}), "
        f"exact AS MATERIALIZED (SELECT id, words FROM {table} "
        f"WHERE words @@ %s::tsquery LIMIT {only_if(are_more, MOST)}) "
        f"SELECT DISTINCT id, CASE {places} END AS place FROM ("
        "SELECT * FROM near UNION ALL SELECT * FROM given UNION ALL SELECT * FROM far "
        f"UNION ALL SELECT * FROM exact) AS every ORDER BY 2, 1 DESC LIMIT {limit}"
    )
    return sql, [last, last, narrower, last, narrower, first, *words]
