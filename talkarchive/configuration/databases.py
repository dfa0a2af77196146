"""Django's settings for SQLite and PostgreSQL, from an address."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .data_folder import has_room

SQLITE, POSTGRESQL = ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


KEPT = 600  # seconds that a thread keeps its connection for the next request


def database(
    url: str, *, read_only: bool = False, longest: int = 0, is_there: bool = False
) -> dict[str, object]:
    """Django's settings for a database URL, with what each engine needs to run well.

    In: whether nothing may be written; the seconds that PostgreSQL works on one statement, 0
    for as long as it takes; whether SQLite's file is there, and not to be made. Raises
    ImproperlyConfigured for what is no URL of SQLite or PostgreSQL; it may hold a password, and
    is not told.
    """
    config = _read(url)
    config |= {"CONN_MAX_AGE": KEPT, "CONN_HEALTH_CHECKS": True}
    if config["ENGINE"] == POSTGRESQL:
        given = config.get("OPTIONS", {})
        options = [
            # A question about comments has up to a dozen tables: looking for the best order among
            # eight, as by default, may read all comments. Compiling takes longer than answering.
            "-c join_collapse_limit=16 -c from_collapse_limit=16 -c jit=off",
            *filter(None, [given.get("options")]),
            *(["-c default_transaction_read_only=on"] if read_only else []),
            *([f"-c statement_timeout={longest}s"] if longest else []),
        ]
        # A server that does not answer is noticed before a reader gives up.
        config["OPTIONS"] = {"connect_timeout": 10, **given, "options": " ".join(options)}
    if config["ENGINE"] == SQLITE:
        config["OPTIONS"] = {
            # Readers never wait for the writer, and a write takes its lock at once
            # instead of failing half-way when another import is running. The cache (kB)
            # holds the upper parts of the indexes. A new file has pages of 16 kB, which hold
            # most comments whole: an import writes a quarter faster than with 4 kB. What somebody
            # was told is done, as that a comment was taken down, survives that the power fails.
            "init_command": "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; "
            "PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;"
            + (" PRAGMA query_only=ON;" if read_only else ""),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
        if is_there:
            config["OPTIONS"]["database"] = _address(Path(config["NAME"]), "mode=rw")
        if read_only:
            config["OPTIONS"] |= _unwritable(Path(config["NAME"]))
    return config


def _read(url: str) -> dict[str, Any]:
    """What an address says. Raises ImproperlyConfigured."""
    try:
        config: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError:
        config = {"ENGINE": ""}
    is_named = config.get("NAME") or "service" in config.get("OPTIONS", {})
    if config["ENGINE"] not in ENGINES or not is_named:
        raise ImproperlyConfigured(
            "DATABASE_URL is no address of a database: write sqlite:////folder/file.sqlite3 or "
            "postgres://user:password@host:port/name, with special characters in a password as "
            "%-codes."
        )
    return config


def _unwritable(file: Path) -> dict[str, str]:
    """Options for a file beside which SQLite can make none of its own; none for another one.

    Where it has a log, who writes it has left that and its index there: they are read. Where it
    has none, SQLite is told that the file does not change (its “Read-Only WAL-Mode Databases”).
    """
    if not file.exists() or has_room(file.parent):
        return {}
    log = Path(f"{file}-wal")
    mode = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return {
        "database": _address(file, mode),
        "init_command": "PRAGMA cache_size=-16384; PRAGMA query_only=ON;",
    }


def _address(file: Path, mode: str) -> str:
    """A file as SQLite takes it with more than a name, which stays in Django's NAME."""
    return f"file:{quote(str(file.absolute()))}?{mode}"
