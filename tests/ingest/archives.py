"""Archives of their own, worked on by real processes: on the database that the tests run on."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from shutil import copyfile
from urllib.parse import urlsplit

from django.db import connection

from tests.forks import Fork, fork
from tests.ingest.exports import export, page, revision
from tests.migrated import database, template


class Archive:
    """An archive in a folder and a database of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.environment = {
            **os.environ,
            "TALKARCHIVE_DATA": str(folder),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "talkarchive.settings",
            "IMPORT_PROCESSES": "1",  # where several matter, a test asks for them
        }

    @property
    def database(self) -> str:
        """What its database is called: an SQLite file by its path."""
        place = urlsplit(self.environment["DATABASE_URL"])
        return place.path if place.scheme == "sqlite" else place.path.removeprefix("/")

    def start(self, *command: str, before: tuple[str, ...] = ()) -> Fork:
        """A Python process that works on this archive; see `fork`."""
        return fork(*command, environment=self.environment, before=before)

    def run(self, *command: str, given: str = "", before: tuple[str, ...] = ()) -> tuple[int, str]:
        """The exit code of such a process and what it said; a negative one is a signal's.

        In: `given`, what stands on its standard input.
        """
        with self.start(*command, before=before) as process:
            out, error = process.communicate(given)
        return process.wait(), out + error

    def manage(self, *command: str) -> str:
        code, said = self.run("manage.py", *command)
        assert code == 0, said
        return said

    def together(self, *commands: tuple[str, ...]) -> list[str]:
        """What each says of such commands, which one process does after one another."""
        code, said = self.run("-m", "tests.together", given=json.dumps(commands))
        assert code == 0, said
        told: list[str] = json.loads(said)
        return told

    def rows(self, *, records: bool = True) -> str:
        """See archive_rows."""
        code, said = self.run("-m", "tests.ingest.rows", *(["--records"] if records else []))
        assert code == 0, said
        return said


@contextmanager
def archive(folder: Path, *, migrated: bool = True, of: Archive | None = None) -> Iterator[Archive]:
    """An empty archive: in a file, or where the tests run on PostgreSQL in a database there.

    One that is not `migrated` has no tables yet; others are copies of the template, or of
    another archive that nobody works on.
    """
    folder.mkdir()
    source = of.database if of else template()
    if connection.vendor == "sqlite":
        file = folder / "archive.sqlite3"
        if migrated:
            copyfile(source, file)
        yield Archive(folder, f"sqlite:///{file}")
        return
    name = f"archive_{token_hex(6)}"
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    with database(name, source if migrated else "template1"):
        yield Archive(folder, url)


def dump(file: Path, pages: int) -> Path:
    """A dump of talk pages with three revisions each: comments come, change, leave and move.

    As many with one revision each follow them; these are stored together.
    """

    def comment(number: int, words: str = "Lit") -> str:
        return (
            f"{words} {number}? [[User:Keeper {number % 7}]] 10:{number % 60:02}, 1 May 2019 (UTC)"
        )

    def texts(number: int) -> list[str]:
        first, second, moved = (comment(3 * number + step) for step in range(3))
        return [
            f"== Lamps ==\n{first}\n:{second}",
            f"== Lamps ==\n{comment(3 * number, 'Out')}\n:{second}\n\n{moved}",
            f"== Lamps ==\n{comment(3 * number, 'Out')}\n\n{comment(3 * number - 1)}",
        ]

    listed = [
        page(
            f"Talk:Lamp {number}",
            *(
                revision(text, number=10 * number + step, time=f"2019-05-0{step + 2}T10:00:00Z")
                for step, text in enumerate(texts(number))
            ),
            number=number,
        )
        for number in range(1, pages + 1)
    ]
    listed += [
        page(f"Talk:Shed {number}", revision(texts(number)[0], number=number), number=100 + number)
        for number in range(1, pages + 1)
    ]
    file.write_text(export(*listed))
    return file


def import_with_kills(one: Archive, file: Path, seed: int) -> int:
    """Import a dump to its end, killed again and again on the way; out: how often."""
    code, said = one.run("-m", "tests.ingest.dying", str(file), str(seed))
    assert code == 0, said
    return int(said.rpartition("kills: ")[2].split()[0])
