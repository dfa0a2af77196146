"""A file that was given to the wrong command is told what it is, and what takes it."""

import bz2
import sqlite3
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.ingest.exports import export, page, revision
from threads.backups.manifest import DATABASES
from threads.ingest.files.recognition import FORMATS, format_of

pytestmark = pytest.mark.django_db

WIKITEXT = b"== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"


def zipped() -> bytes:
    with BytesIO() as file:
        with ZipFile(file, "w") as archive:
            archive.writestr("page.wikitext", WIKITEXT)
        return file.getvalue()


def database(folder: Path) -> bytes:
    with sqlite3.connect(folder / "made.sqlite3") as made:
        made.execute("CREATE TABLE recipes (name text)")
    return (folder / "made.sqlite3").read_bytes()


KINDS = {
    "MediaWiki XML": export(page("Talk:Lamps", revision("Lit?"))).encode(),
    "HTML": b"<!DOCTYPE html>\n<html lang='en'><title>Lamps</title>",
    "TEI": b"<?xml version='1.0'?>\n<TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
    "JSON Lines": b'{"type":"archive","version":9}\n',
    "JSON": b'[{"id": "c-Ada"}]',
    "CSV": b'"wiki","page","id"\r\n"metawiki","Talk:Lamps","c-Ada"\r\n',
    "mbox": b"From MAILER-DAEMON Wed May  1 10:00:00 2019\nSubject: Lamps\n\nLit?\n",
    "bzip2": bz2.compress(b"Lit?"),
    "zip": zipped(),
}
COMMANDS = {
    "import_archive": ["import_archive"],
    "import_dump": ["import_dump", "--dry-run", "--processes=1"],
    "import_page": ["import_page", "--wiki=metawiki", "--title=Talk:Lamps"],
    "restore": ["restore"],
}
# What a command takes, or another sentence tells as well.
TAKEN = {
    "import_archive": {"JSON Lines"},
    "import_dump": {"MediaWiki XML", "bzip2", "zip"},
    # Wikitext may begin like any of these.
    "import_page": {"HTML", "TEI", "JSON", "CSV", "mbox", "bzip2"},
}


def refused(command: str, file: Path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(*COMMANDS[command], str(file))
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (kind, command)
        for kind in KINDS
        for command in COMMANDS
        if kind not in TAKEN.get(command, ())
    ],
)
def test_a_file_of_another_kind_is_told(kind: str, command: str, tmp_path: Path) -> None:
    file = tmp_path / "chosen"
    file.write_bytes(KINDS[kind])
    said = refused(command, file)
    assert "Format of " in said
    assert f"chosen: {kind}." in said
    takes = next(each.command for each in FORMATS if each.name == kind)
    assert not takes or f"manage.py {takes}”" in said


def test_a_database_and_a_backup_are_known(tmp_path: Path) -> None:
    found = format_of(database(tmp_path))
    assert found
    assert found.name == "SQLite"
    for name in DATABASES.values():
        backup = format_of(name.encode() + bytes(1000))
        assert backup
        assert backup.command == "restore"


@pytest.mark.parametrize(
    "data", [WIKITEXT, b"", b"[[Talk:Lamps]]", b"{{done}}", b"Lit,or,not? Ada"]
)
def test_wikitext_is_nothing_else(data: bytes) -> None:
    assert format_of(data) is None


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read_is_told(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert refused(command, tmp_path / "empty")
    assert "folder" in refused(command, tmp_path) or "not a file" in refused(command, tmp_path)
    assert "no such file" in refused(command, tmp_path / "missing")


def test_an_export_of_comments_cannot_be_loaded_and_one_that_can_is_named(tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_bytes(KINDS["CSV"])
    said = refused("import_archive", file)
    assert "malformed" not in said
    assert "export --output archive.jsonl" in said
