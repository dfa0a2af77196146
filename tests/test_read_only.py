"""Servers that only read, and what is asked of a database that takes too long."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import pytest
from django.db import connection

from talkarchive.configuration.databases import database
from tests.database.conditions import connected, without_privilege
from tests.ingest.archives import Archive, archive
from tests.serving import Served, serving
from threads.database import Fault

pytestmark = pytest.mark.django_db


def test_readers_are_served_where_nothing_can_be_written(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as one:
        one.run(
            *("manage.py", "import_page", "--wiki=metawiki", "--title=Talk:Lamps", "-"),
            given="== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n",
        )
        with serving(one.environment | {"READ_ONLY": "on"}, without_privilege()) as served:
            assert served.get("/healthz").text == "ok"
            assert served.get("/readyz").text == "ok"
            assert "Lit?" in served.get("/wiki/metawiki/Talk:Lamps").text
            assert "/admin/" not in served.get("/").text
            assert "Ada" in served.get("/search?q=lit").text
            assert served.get("/admin/login/").status == 404


if connection.vendor == "sqlite":

    @pytest.fixture(params=["closed", "open"])
    def locked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
        """A folder that cannot be written; its archive was closed, or copied while it was open."""
        with archive(tmp_path / "archive") as one:
            one.run(
                *("manage.py", "import_page", "--wiki=metawiki", "--title=Talk:Lamps", "-"),
                given="== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n",
            )
            folder = tmp_path / "copy"
            with connected(one) as cursor:
                cursor.execute("UPDATE threads_wiki SET dbname = 'lampwiki'")
                if request.param == "open":
                    copytree(tmp_path / "archive", folder)
            if request.param == "closed":
                copytree(tmp_path / "archive", folder)
            assert Path(folder, "archive.sqlite3-wal").exists() == (request.param == "open")
            Path(folder, "secret_key").write_text("its own")
            environment = {"TALKARCHIVE_DATA": str(folder), "READ_ONLY": "on"}
            url = one.environment["DATABASE_URL"].replace("/archive/archive", "/copy/archive")
            one.environment |= environment | {"DATABASE_URL": url}
            folder.chmod(0o555)
            try:
                yield one
            finally:
                folder.chmod(0o755)

    @pytest.mark.parametrize("locked", ["open"], indirect=True)
    def test_a_folder_that_cannot_be_written_is_served(locked: Archive) -> None:
        command = ("serve", "--port=0", "--processes=1")
        with locked.start("manage.py", *command, before=without_privilege()) as process:
            line = process.stdout.readline()
            try:
                assert "archive is at" in line, line + process.stderr.read()
                served = Served(urlsplit(line.split()[-1]).port or 0)
                assert "Lit?" in served.get("/wiki/lampwiki/Talk:Lamps").text
                assert served.get("/readyz").text == "ok"
                home = served.get("/").text
                styles = {part for part in home.split('"') if re.match(r"/.*\.css\b", part)}
                assert {served.get(style).status for style in styles} == {200}
            finally:
                process.terminate()
                process.communicate()

    def test_a_folder_that_cannot_be_written_is_examined_and_backed_up(
        locked: Archive, tmp_path: Path
    ) -> None:
        code, said = locked.run("manage.py", "doctor", before=without_privilege())
        assert "FAILED" not in said, said
        file = tmp_path / "backup.tar"
        code, said = locked.run("manage.py", "backup", str(file), before=without_privilege())
        assert code == 0, said
        assert "1 page with 1 comment" in said
        locked.environment["READ_ONLY"] = "off"
        code, said = locked.run("manage.py", "doctor", before=without_privilege())
        assert code == 1
        assert "READ_ONLY=on" in said


def test_a_process_that_only_reads_writes_nothing(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as one:
        one.environment["READ_ONLY"] = "on"
        code, said = one.run(
            *("manage.py", "import_page", "--wiki=metawiki", "--title=Talk:Lamps", "-"),
            given="Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n",
        )
        assert code != 0
        assert str(Fault.READ_ONLY) in said
        assert "Traceback" not in said


def test_each_engine_is_told_what_it_may_do() -> None:
    given = database("postgres://ada@db.example/talk", read_only=True, longest=7)["OPTIONS"]
    assert "-c default_transaction_read_only=on -c statement_timeout=7s" in str(given)
    assert "query_only" in str(database("sqlite:////x", read_only=True)["OPTIONS"])
    assert "query_only" not in str(database("sqlite:////x")["OPTIONS"])


if connection.vendor == "postgresql":

    def test_what_takes_too_long_is_given_up_and_told(tmp_path: Path) -> None:
        program = (
            "import django; django.setup()\n"
            "from django.db import Error, connection\n"
            "from threads.database import fault_of\n"
            "try: connection.cursor().execute('SELECT pg_sleep(30)')\n"
            "except Error as error: print(fault_of(error).name)\n"
        )
        with archive(tmp_path / "archive") as one:
            one.environment |= {"SERVING": "on", "READER_TIMEOUT": "1"}
            _code, said = one.run("-c", program)
        assert said.split() == [Fault.SLOW.name]
