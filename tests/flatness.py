"""How much a page has the database do: what does not depend on how busy the machine is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

STEPS_AT_ONCE = 10
TRIES, PAUSE = 100, 0.3  # of vacuuming; seconds between them
# Tables with blocks that an index alone cannot answer for: each row read costs a further block.
NOT_ALL_VISIBLE = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relname LIKE 'threads\\_%' AND relallvisible < relpages
"""
HOLDERS = """
    SELECT pid, backend_type, state, query FROM pg_stat_activity
    WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL) AND pid <> pg_backend_pid()
"""


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


def settle() -> None:
    """Bring PostgreSQL to the state that its own vacuuming reaches in time.

    A block is marked as visible to all only when its rows' commits have been written to the log,
    which takes a moment where commits do not wait for it, and when nobody has an older snapshot.
    """
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for _try in range(TRIES):
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(NOT_ALL_VISIBLE)
            left = cursor.fetchall()
            if not left:
                return
            time.sleep(PAUSE)
        cursor.execute(HOLDERS)
        raise AssertionError(f"Not all visible: {left}. Who has a snapshot: {cursor.fetchall()}")


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
    """Those that the nodes of a plan give or throw away; not the locks of all who use the server,
    such as tests beside this one."""
    if plan.get("Function Name") == "pg_lock_status":
        return 0
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(own) + sum(rows(below) for below in plan.get("Plans", ()))
