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
        wikis=number("threads_wiki"),
        pages=number("threads_talkpage"),
        comments=number("threads_comment", "WHERE is_current"),
        files=files_needed(cursor),
    )


def files_needed(cursor: Any) -> tuple[Path, ...]:
    """What runs read that are not over, or that were only tried, or that can be resumed."""
    found = (
        Path(path)
        for _key, parameters in _parameters(cursor, "WHERE state <> 'done' OR dry")
        for path in parameters["paths"]
    )
    return tuple(dict.fromkeys(found))


def lead_uploads(cursor: Any, old: Path, new: Path, mark: str) -> None:
    """Have runs whose files lay in one folder look for them in another.

    In: `mark`, how the cursor's statements name a parameter.
    """
    for key, parameters in list(_parameters(cursor)):
        paths = [Path(path) for path in parameters["paths"]]
        led = [str(new / path.name) if path.parent == old else str(path) for path in paths]
        if led != parameters["paths"]:
            changed = json.dumps({**parameters, "paths": led})
            cursor.execute(
                f"UPDATE threads_importrun SET parameters = {mark} WHERE id = {mark}",
                [changed, key],
            )


def _parameters(cursor: Any, condition: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    """By key, the parameters of runs that read files."""
    cursor.execute(f"SELECT id, parameters FROM threads_importrun {condition} ORDER BY id")
    for key, value in cursor.fetchall():
        parameters = json.loads(value) if isinstance(value, str) else value
        if isinstance(parameters, dict) and isinstance(parameters.get("paths"), list):
            yield key, parameters
