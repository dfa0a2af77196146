"""What PostgreSQL's planner knows of tables that much was written to.

Autovacuum looks once a minute which tables have changed by more than a tenth
(`autovacuum_analyze_threshold` and `autovacuum_analyze_scale_factor`). Until it has analyzed them,
the planner takes a new archive for an empty one.
"""

import logging

from django.db import DatabaseError, connection, transaction

log = logging.getLogger(__name__)

WRITES_ARE_COUNTED_AT_ONCE = 150_000  # from PostgreSQL 15 on, where asked for
_CHANGED = """
SELECT c.oid::regclass::text
FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
WHERE s.schemaname = ANY (current_schemas(false))
  AND s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)
"""
_PATIENCE = "SET LOCAL lock_timeout = '5s'"


def refresh_statistics() -> None:
    """Analyze those tables that autovacuum would; for when much was written, outside of any
    transaction. SQLite's planner goes by the indexes alone. What fails is logged, and left to
    autovacuum."""
    if connection.vendor != "postgresql":
        return
    try:
        for table in _changed():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_PATIENCE)
                cursor.execute(f"ANALYZE {table}")
    except DatabaseError:
        log.warning("PostgreSQL could not analyze the archive's tables.", exc_info=True)


def _changed() -> list[str]:
    """The tables' names, quoted where they have to be."""
    with connection.cursor() as cursor:
        if cursor.connection.info.server_version >= WRITES_ARE_COUNTED_AT_ONCE:
            cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(_CHANGED)
        return [table for (table,) in cursor.fetchall()]
