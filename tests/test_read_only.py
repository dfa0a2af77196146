"""Servers that only read, and what is asked of a database that takes too long."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from talkarchive.bootstrap import BASE_DIR
from talkarchive.databases import database
from tests.database.conditions import without_privilege
from tests.ingest.archives import archive
from tests.serving import serving
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
            assert "Ada" in served.get("/search?q=lit").text
            assert served.get("/admin/login/").status == 404


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
            serving_process = {"SERVING": "on", "READER_TIMEOUT": "1"}
            done = subprocess.run(
                [sys.executable, "-c", program],
                cwd=BASE_DIR,
                env={**one.environment, **serving_process},
                capture_output=True,
                text=True,
                check=True,
            )
        assert done.stdout.split() == [Fault.SLOW.name]
