"""What is asked of a database that is backed up, at the moment that the backup is of.

In plain SQL that holds for every released state of the tables: an archive is backed up before it
is migrated.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threads.database import last_migrations
from threads.ingest.files.uploads import place_of

# A wiki may have none, where a preview keeps it for its own record.
PAGES_OF_WIKI = "SELECT 1 FROM threads_talkpage WHERE wiki_id = threads_wiki.id"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a manifest tells of a database, and which files imports of it may still read."""

    migrations: dict[str, str]
    wikis: int
    pages: int
    comments: int
    files: tuple[Path, ...]


def facts_of(cursor: Any) -> Facts:
    """In: a cursor of Python's sqlite3, or of Django for PostgreSQL."""

    def number(table: str, condition: str = "") -> int:
        cursor.execute(f"SELECT count(*) FROM {table} {condition}")
        return int(cursor.fetchone()[0])

    return Facts(
        migrations=last_migrations(cursor),
        wikis=number("threads_wiki", f"WHERE EXISTS ({PAGES_OF_WIKI})"),
        pages=number("threads_talkpage"),
        comments=number("threads_comment", "WHERE is_current"),
        files=files_needed(cursor),
    )


def files_needed(cursor: Any) -> tuple[Path, ...]:
    """What runs read that are not over, or that were only tried, or that can be resumed."""
    found = (
        place_of(path)
        for parameters in _parameters(cursor, "WHERE state <> 'done' OR dry")
        for path in parameters["paths"]
    )
    return tuple(dict.fromkeys(found))


def _parameters(cursor: Any, condition: str) -> Iterator[dict[str, Any]]:
    """The parameters of runs that read files."""
    cursor.execute(f"SELECT parameters FROM threads_importrun {condition} ORDER BY id")
    for (value,) in cursor.fetchall():
        parameters = json.loads(value) if isinstance(value, str) else value
        if isinstance(parameters, dict) and isinstance(parameters.get("paths"), list):
            yield parameters
