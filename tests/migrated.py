"""The database of the tests: migrated once in a run, whose other workers copy it."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from shutil import copyfile

from django.conf import settings
from django.db import connection


def template() -> str:
    """The file, or the PostgreSQL database, that others are copied from: it has no rows."""
    return f"{connection.settings_dict['NAME']}_template"


@contextmanager
def migrated_database(note: Path) -> Iterator[None]:
    """The database of the tests, and the template of it.

    In: a file of all workers, in which the first one says what its template is while it is there.
    """
    creation, archive = connection.creation, connection.settings_dict["NAME"]
    with note.open("a+") as shared:
        flock(shared, LOCK_EX)
        shared.seek(0)
        if there := shared.read():
            name = connection.settings_dict["TEST"]["NAME"]
            connection.close()
            copy(there, name)
            connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        else:
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
        with database(template(), connection.settings_dict["NAME"]):
            shared.write("" if there else template())
            shared.flush()
            flock(shared, LOCK_UN)
            yield
            flock(shared, LOCK_EX)
            if not there:
                shared.truncate(0)
    creation.destroy_test_db(archive, verbosity=0)


def copy(source: str, name: str) -> None:
    """Copy a database that nobody is connected to."""
    if connection.vendor == "sqlite":
        copyfile(source, name)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {source}")


@contextmanager
def database(name: str, source: str) -> Iterator[None]:
    """A copy of a database that nobody is connected to, until the end."""
    copy(source, name)
    with removed(name):
        yield


@contextmanager
def removed(name: str) -> Iterator[None]:
    """A database is there until the end."""
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            Path(name).unlink()
        else:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
