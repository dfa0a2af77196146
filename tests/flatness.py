"""How much a page has the database do: what does not depend on how busy the machine is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

STEPS_AT_ONCE = 10


def cost_of(client: Client, address: str) -> int:
    """What answering a request costs the database: on SQLite the steps of its programs, on
    PostgreSQL the blocks that are read and the rows that are looked at."""
    client.get(address)  # whatever a first request alone does is done
    if connection.vendor == "sqlite":
        with steps() as counted:
            assert client.get(address).status_code in (200, 302)
        return counted[0]
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code in (200, 302)
    return sum(work(query["sql"]) for query in context.captured_queries)


@contextmanager
def steps() -> Iterator[list[int]]:
    """Counts the steps that SQLite takes."""
    counted = [0]

    def count() -> int:
        counted[0] += STEPS_AT_ONCE
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, STEPS_AT_ONCE)
    try:
        yield counted
    finally:
        connection.connection.set_progress_handler(None, 0)


def work(sql: str) -> int:
    """Blocks and rows of a query, on PostgreSQL.

    Tables of a few thousand rows it rather reads from end to end; here, only where it has to.
    """
    if not sql.startswith("SELECT"):
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        [plan] = cursor.fetchone()[0]
    return blocks(plan["Plan"]) + rows(plan["Plan"])


def blocks(plan: dict[str, Any]) -> int:
    """Those that a plan reads; the upper node's are those of all below it."""
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def rows(plan: dict[str, Any]) -> int:
    """Those that the nodes of a plan give or throw away."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(own) + sum(rows(below) for below in plan.get("Plans", ()))
