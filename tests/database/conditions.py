"""What can happen to an archive's database, done to a real one."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from shutil import copyfile
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.db import connection

from tests.ingest.archives import Archive
from tests.migrated import database
from threads.database import Fault


def without_privilege() -> tuple[str, ...]:
    """What to put before a command so that root, too, may write only to what files permit."""
    if os.geteuid() or connection.vendor != "sqlite":
        return ()
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@contextmanager
def connected(one: Archive) -> Iterator[Any]:
    """A cursor of another program's, each of whose statements is a transaction."""
    url = one.environment["DATABASE_URL"]
    if url.startswith("sqlite:"):
        database: Any = sqlite3.connect(file_of(one), isolation_level=None)
    else:
        database = psycopg2.connect(url)
        database.autocommit = True
    try:
        yield database.cursor()
    finally:
        database.close()


def ask(one: Archive, *statements: str) -> None:
    """Have statements done in the archive's database."""
    with connected(one) as cursor:
        for statement in statements:
            cursor.execute(statement)


def file_of(one: Archive) -> Path:
    return Path(urlsplit(one.environment["DATABASE_URL"]).path)


def older(one: Archive) -> None:
    ask(one, "DELETE FROM django_migrations WHERE app = 'threads' AND name <> '0001_initial'")


def newer(one: Archive) -> None:
    row = "'threads', '9999_later', '2030-01-01'"
    ask(one, f"INSERT INTO django_migrations (app, name, applied) VALUES ({row})")


def without_tables(one: Archive) -> None:
    if connection.vendor == "sqlite":
        file_of(one).unlink()
    else:
        ask(one, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def foreign(one: Archive) -> None:
    without_tables(one)
    ask(one, "CREATE TABLE recipes (name text)")


def a_text(one: Archive) -> None:
    file_of(one).write_text("This is no database, but a text of some length.\n" * 100)


def damaged(one: Archive) -> None:
    """Its file's head is whole, and nothing behind it."""
    with file_of(one).open("r+b") as file:
        file.seek(16384)
        file.write(b"\xde\xad" * (file_of(one).stat().st_size // 2 - 8192))


def damaged_in_a_table(one: Archive) -> None:
    """Only what imports record is damaged: pages do not meet it."""
    with connected(one) as cursor:
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = 'threads_importitem'")
        (number,) = cursor.fetchone()
    with file_of(one).open("r+b") as file:
        file.seek(16384 * (number - 1))
        file.write(b"\xde\xad" * 8192)


def read_only(one: Archive) -> None:
    if connection.vendor == "sqlite":
        file_of(one).chmod(0o444)
    else:
        name = urlsplit(one.environment["DATABASE_URL"]).path[1:]
        ask(one, f"ALTER DATABASE {name} SET default_transaction_read_only = on")


def of_another(one: Archive) -> None:
    """The file and its folder are another user's."""
    file_of(one).chmod(0o444)
    file_of(one).parent.chmod(0o555)


def out_of_reach(one: Archive) -> None:
    if connection.vendor == "sqlite":
        one.environment["DATABASE_URL"] = "sqlite:////nowhere/archive.sqlite3"
    else:
        one.environment["DATABASE_URL"] = "postgres://ada:s3cret@127.0.0.1:1/archive"


@dataclass(frozen=True)
class Condition:
    """What is done to an archive, and what of that is to be told."""

    do: Callable[[Archive], None]
    fault: Fault
    only: str = ""  # on which database
    reading: bool = False  # is still possible


CONDITIONS = (
    Condition(without_tables, Fault.UNMIGRATED),
    Condition(older, Fault.UNMIGRATED),
    Condition(newer, Fault.NEWER),
    Condition(foreign, Fault.FOREIGN),
    Condition(a_text, Fault.NO_DATABASE, only="sqlite"),
    Condition(damaged, Fault.DAMAGED, only="sqlite"),
    Condition(damaged_in_a_table, Fault.DAMAGED, only="sqlite", reading=True),
    Condition(read_only, Fault.READ_ONLY, reading=True),
    Condition(of_another, Fault.READ_ONLY, only="sqlite"),
    Condition(out_of_reach, Fault.UNOPENABLE, only="sqlite"),
    Condition(out_of_reach, Fault.UNREACHABLE, only="postgresql"),
)


@contextmanager
def copy_of(whole: Archive, folder: Path) -> Iterator[Archive]:
    """Another archive with the same rows, which anything may happen to."""
    folder.mkdir()
    one = copy(whole)
    one.environment = {
        **whole.environment,
        "DJANGO_SETTINGS_MODULE": "tests.database.impatient",
        "TALKARCHIVE_DATA": str(folder.with_name("data")),
    }
    if connection.vendor == "sqlite":
        copyfile(file_of(whole), folder / "archive.sqlite3")
        one.environment["DATABASE_URL"] = f"sqlite:///{folder / 'archive.sqlite3'}"
        try:
            yield one
        finally:
            folder.chmod(0o755)
        return
    server, _slash, source = whole.environment["DATABASE_URL"].rpartition("/")
    name = f"copy_{token_hex(6)}"
    one.environment["DATABASE_URL"] = f"{server}/{name}"
    with database(name, source):
        yield one


def manage(one: Archive, *command: str) -> tuple[int, str]:
    """What a command ends with and says."""
    return one.run("manage.py", *command, before=without_privilege())


def import_page(one: Archive) -> tuple[int, str]:
    text = Path(one.environment["TALKARCHIVE_DATA"]) / "page.wikitext"
    text.parent.mkdir(exist_ok=True)
    text.write_text("Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n" * 400)
    return manage(one, "import_page", str(text), "--wiki=lanternwiki", "--title=Talk:Lamps")
