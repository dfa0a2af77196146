"""`manage.py serve`: readers' processes and a worker, started, killed and ended."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database.conditions import connected
from tests.ingest.archives import Archive, archive, dump
from tests.servers import PATIENCE, children_of, command_of, server, until
from threads.management import static_files, supervising
from threads.management.static_files import collect, fingerprint

pytestmark = pytest.mark.django_db


def need_no_collecting(one: Archive) -> None:
    """Let an archive's static files seem to be collected, which takes seconds."""
    folder = Path(one.environment["TALKARCHIVE_DATA"]) / "static"
    folder.mkdir()
    (folder / "collected").write_text(fingerprint())


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Archive]:
    """An archive whose static files need not be collected."""
    with archive(tmp_path / "archive") as made:
        need_no_collecting(made)
        yield made


def wait_for_worker(one: Archive, file: Path) -> None:
    code, said = one.run("-m", "tests.ingest.workers", "wait", str(file))
    assert code == 0, said


def state(one: Archive) -> tuple[str, int]:
    """Of its only import, with how many pages it has stored."""
    with connected(one) as cursor:
        cursor.execute("SELECT state FROM threads_importrun")
        (found,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM threads_talkpage")
        (pages,) = cursor.fetchone()
    return found, pages


def test_it_brings_an_empty_database_up(tmp_path: Path) -> None:
    with archive(tmp_path / "archive", migrated=False) as one:
        need_no_collecting(one)
        with server(one, METRICS="on") as served:
            assert served.get("/healthz").text == "ok"
            assert served.get("/readyz").text == "ok"
            assert json.loads(served.get("/api/v1/wikis").text) == {"wikis": []}
            told = served.get("/metrics").text
            assert 'talkarchive_import_runs{state="done"} 0.0' in told
            assert served.end() == 0
        begun, ready = (tmp_path / "archive" / "out").read_text().splitlines()[:2]
    assert (begun, "archive is at" in ready) == ("Updating the database…", True)


@pytest.mark.any_database
def test_static_files_are_served_packed_and_named_by_their_content(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as one, server(one, METRICS="on") as served:
        home = served.get("/").text
        (icon,) = {part for part in home.split('"') if "icon" in part and part.endswith(".svg")}
        assert icon != "/static/threads/icon.svg", "it is named by its content"
        headers = served.headers_of(icon, **{"Accept-Encoding": "br"})
        assert headers["Content-Encoding"] == "br"
        assert "immutable" in headers["Cache-Control"]
        served.get("/nothing")
        told = served.get("/metrics").text
        assert 'talkarchive_answers_total{method="GET",status="404",view="none"} 1.0' in told
        assert served.end() == 0
    out = (Path(one.environment["TALKARCHIVE_DATA"]) / "out").read_text()
    assert '"GET /nothing HTTP/1.1" 404 ' in out


@pytest.mark.any_database
def test_static_files_are_collected_where_they_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").mkdir()
    count = "import sys; open(sys.argv[1], 'a').write('x')"
    command = [sys.executable, "-c", count, str(tmp_path / "times")]

    def times() -> int:
        assert collect(tmp_path, command, {})
        return len((tmp_path / "times").read_text())

    assert [times(), times()] == [1, 1]
    monkeypatch.setattr(static_files, "fingerprint", lambda: "another")
    assert times() == 2


def test_what_cannot_be_collected_is_tried_again(tmp_path: Path) -> None:
    assert not collect(tmp_path, [sys.executable, "-c", "raise SystemExit(1)"], {})
    assert not list(tmp_path.iterdir())


def test_an_import_is_left_to_the_next_start_when_it_is_told_to_end(
    one: Archive, tmp_path: Path
) -> None:
    wait_for_worker(one, dump(tmp_path / "dump.xml", 40))
    with server(one) as served:
        until(lambda: state(one)[1])
        children = served.children()
        assert served.end() == 0
    assert not [number for number in children if command_of(number)]
    left, pages = state(one)
    assert (left, pages < 80) == ("queued", True)
    with server(one):
        until(lambda: state(one)[0] == "done")
    assert state(one) == ("done", 80)


@pytest.mark.any_database
def test_an_end_that_takes_longer_says_what_it_waits_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), sys.exit()))\n"
        "print('ready', flush=True)\n"
        "time.sleep(99)\n"
    )
    slow = supervising.Supervised([sys.executable, "-c", program], os.environ)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    slow.process = subprocess.Popen(slow.command, stdout=subprocess.PIPE)
    try:
        assert slow.process.stdout
        slow.process.stdout.readline()
        monkeypatch.setattr(supervising, "SLOW", 0.0)
        supervising._end([slow])
    finally:
        slow.process.kill()
        slow.process.communicate()
        for number, handler in before.items():
            signal.signal(number, handler)
    assert caplog.text.count("waiting for requests and for the page") == 1


@pytest.mark.any_database
def test_what_is_killed_is_started_anew(one: Archive, tmp_path: Path) -> None:
    with server(one) as served:
        (worker,) = until(lambda: served.children("talkarchive worker"))
        readers = until(lambda: served.children("gunicorn") - children_of(served.process.pid))
        for number in {worker, *readers}:
            os.kill(number, signal.SIGKILL)
        assert served.get("/healthz").text == "ok"
        until(lambda: served.children("talkarchive worker") - {worker})
        wait_for_worker(one, dump(tmp_path / "dump.xml", 2))
        until(lambda: state(one)[0] == "done")
    assert "ended with -9" in served.log


@pytest.mark.any_database
def test_with_the_server_all_ends(one: Archive) -> None:
    with server(one) as served:
        assert served.get("/healthz").text == "ok"
        children = served.children()
        (master,) = {
            number for number in children_of(served.process.pid) if "gunicorn" in command_of(number)
        }
        os.kill(master, signal.SIGKILL)
        assert served.process.wait(PATIENCE) != 0
    until(lambda: not [number for number in children if command_of(number)])


@pytest.mark.any_database
def test_what_it_started_ends_when_it_is_killed(one: Archive) -> None:
    with server(one) as served:
        assert served.get("/healthz").text == "ok"
        children = served.children()
        served.process.kill()
        until(lambda: not [number for number in children if command_of(number)])


def test_without_migrating_an_older_database_is_refused(tmp_path: Path) -> None:
    with archive(tmp_path / "archive", migrated=False) as one:
        code, said = one.run("manage.py", "serve", "--port=0", "--no-migrate")
    assert code != 0
    assert "Run “python3 manage.py migrate”" in said
    assert "Traceback" not in said


@pytest.mark.any_database
def test_answers_are_told_as_json(one: Archive) -> None:
    with server(one, "--no-worker", LOG_FORMAT="json") as served:
        served.get('/healthz?"x"', **{"User-Agent": 'a"b', "Referer": "http://example.org/"})
    lines = (Path(one.environment["TALKARCHIVE_DATA"]) / "out").read_text().splitlines()
    (told,) = [line for line in map(json.loads, lines[1:]) if "/healthz" in line["message"]]
    assert (told["status"], told["agent"], told["client"]) == (200, 'a"b', "127.0.0.1")
    assert told["request_id"]
