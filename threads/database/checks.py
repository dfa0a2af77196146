"""What the database says of itself: whose it is, of which version, whether it reads and writes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import Error, OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder

from .faults import PASSING, Fault, fault_of
from .place import has_database, has_room

APP = "threads"


def schema_fault() -> Fault | None:
    """Whether the tables are another program's or another version's. Raises Django's Error.

    A database without any, or with some of the libraries', is one whose first migration was
    not begun or not finished.
    """
    if not has_database():
        is_made = "database" not in connection.settings_dict["OPTIONS"]  # see databases.py
        return Fault.UNMIGRATED if is_made else Fault.UNOPENABLE
    known, applied = _known(), set(MigrationRecorder(connection).applied_migrations())
    if not any(app == APP for app, _name in applied):
        return Fault.FOREIGN if _foreign_tables() else _unmigrated()
    if is_newer(applied):
        return Fault.NEWER
    # A migration that replaces others is recorded when the next ones are applied.
    lacking = [
        key
        for key, migration in known.items()
        if key not in applied
        and not (migration.replaces and applied.issuperset(migration.replaces))
    ]
    return _unmigrated() if lacking else None


def _unmigrated() -> Fault:
    """What keeps a database from having all tables: on a full disk no more could be made."""
    return Fault.UNMIGRATED if has_room() else Fault.FULL


def is_newer(applied: Iterable[tuple[str, str]]) -> bool:
    """Whether a database with these migrations, of app and name, is of a newer version."""
    known = _known()
    apps_here = {app for app, _name in known}
    return any(app in apps_here and (app, name) not in known for app, name in applied)


def last_migrations(cursor: Any) -> dict[str, str]:
    """By app, its last migration. In: a cursor of this database or of a copy of it."""
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return dict(cursor.fetchall())


def diagnose(error: BaseException | None) -> Fault | None:
    """What is wrong with the database, where an error comes from that; None for other errors."""
    fault = fault_of(error)
    if fault is Fault.UNOPENABLE and not has_database():
        return schema_fault()
    if fault is not Fault.UNMIGRATED:
        return fault
    try:
        return schema_fault()  # none: a statement of ours is wrong
    except Error as other:
        return fault_of(other)


def passes(error: BaseException | None) -> bool:
    """Whether what an error tells of the database may be over without anybody's doing."""
    return diagnose(error) in PASSING


def fault_now() -> Fault | None:
    """What is wrong with the database at this moment; waits for no other writer.

    Reads the first and the last row of each table of ours, which finds damage of the file as a
    whole, but not in each place. Raises Django's Error for what is none of the known faults.
    """
    try:
        found = schema_fault()
        if found is None:
            _read_rows()
            found = None if settings.READ_ONLY else _write_fault()
    except Error as error:
        found = diagnose(error)
        if found is None:
            raise
    return found


@cache
def _known() -> dict[tuple[str, str], Migration]:
    """The migrations that this program has."""
    return MigrationLoader(None).disk_migrations


def _foreign_tables() -> set[str]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    ours = {
        *connection.introspection.django_table_names(),
        MigrationRecorder.Migration._meta.db_table,
    }
    return tables - ours


def _read_rows() -> None:
    for model in apps.get_app_config(APP).get_models():
        if not model._meta.proxy:
            rows = model._default_manager.order_by("pk")
            rows.first()
            rows.last()


def _write_fault() -> Fault | None:
    """Tries a write that changes nothing."""
    try:
        with _not_waiting(), transaction.atomic():
            apps.get_model(APP, "Wiki")._default_manager.filter(pk=0).update(name="")
    except OperationalError as error:
        fault = fault_of(error)
        if fault is not Fault.LOCKED:  # who holds the lock can write
            return fault
    return None


@contextmanager
def _not_waiting() -> Iterator[None]:
    """Let this connection, if it is to SQLite, not wait for a lock that another one holds."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
