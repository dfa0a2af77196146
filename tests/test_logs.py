"""Errors leave a trace in the server's log, which readers cannot forge."""

import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen, run
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import DisallowedHost
from gunicorn.config import Config

from talkarchive.bootstrap import BASE_DIR
from talkarchive.configuration.logs import TellStrangers, TextFormatter
from talkarchive.serving import ServerLogger
from tests.serving import Answer, Served

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (?P<level>[A-Z]+) [\w.]+ \[(?P<id>\S*)\] .+")
FORGED = "no\n2030-01-01T00:00:00Z CRITICAL root [] forged\x1b[2J\r\u2028\u202e"


@contextmanager
def demo(folder: Path, log_format: str, **variables: str) -> Iterator[Served]:
    """The demo's server, some of whose pages fail."""
    environment = {
        **os.environ,
        "TALKARCHIVE_DATA": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.faulty.settings",
        "LOG_FORMAT": log_format,
        **variables,
    }
    command = [sys.executable, "manage.py", "demo", "--port", "0"]
    with (
        (folder / "log").open("w") as log,
        Popen(command, cwd=BASE_DIR, env=environment, stdout=PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdout
        lines = iter(server.stdout.readline, "")
        address = next(line.split()[-1] for line in lines if "archive is at" in line)
        served = Served(int(address.rstrip("/").rpartition(":")[2]))
        try:
            yield served
        finally:
            server.terminate()
            server.wait()
            served.log = (folder / "log").read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder; the first server fills it."""
    return tmp_path_factory.mktemp("data")


def events(log: str) -> list[dict[str, Any]]:
    """The records of a log of JSON: each line is one."""
    assert all(line.startswith("{") for line in log.splitlines()), log
    return [json.loads(line) for line in log.splitlines()]


def events_of_requests(log: str) -> list[dict[str, Any]]:
    """The same without what the server tells of itself, as one does that is slow to stop."""
    return [event for event in events(log) if event["request_id"]]


@pytest.fixture(scope="module")
def log_of_text(folder: Path) -> tuple[list[Answer], list[Answer], str]:
    """Answers to four requests that fail, to those of somebody who forges, and the log of both."""
    fragment, sent = {"HX-Request": "true"}, quote(FORGED)
    with demo(folder, "text") as served:
        failed = [
            served.get("/fail"),
            served.get("/fail", **fragment),
            served.get("/admin/fail"),
            served.get("/fail", **{"X-Request-ID": "proxy-1.7_a"}),
        ]
        served.get(f"/fail?said={sent}")
        served.get(f"/wiki/{sent}")
        forged = [
            served.get("/", **{"X-Request-ID": told}) for told in ("a" * 65, "a b", "a]", "é")
        ]
    return failed, forged, served.log


def test_an_error_is_in_the_log_once_with_the_id_that_its_page_shows(
    log_of_text: tuple[list[Answer], list[Answer], str],
) -> None:
    answers, _forged, log = log_of_text
    assert [answer.status for answer in answers] == [500] * 4
    ids = [answer.headers["X-Request-ID"] for answer in answers]
    assert len(set(ids)) == 4
    assert ids[3] == "proxy-1.7_a"
    for ident, answer in zip(ids, answers, strict=True):
        assert f"Error ID: <code>{ident}</code>" in answer.text
        assert log.count(ident) == 1
    assert log.count("ValueError: it fails") == len(answers)
    assert log.count("Traceback") == len(answers) + 1  # and that of whoever forges


def test_readers_cannot_forge_lines(
    log_of_text: tuple[list[Answer], list[Answer], str],
) -> None:
    failed, answers, log = log_of_text
    ids = [answer.headers["X-Request-ID"] for answer in answers]
    assert all(re.fullmatch(r"[0-9a-f]{12}", ident) for ident in ids)
    at_the_margin = [line for line in log.splitlines() if not line.startswith("    ")]
    told = [LINE.fullmatch(line) for line in at_the_margin]
    assert all(told), log
    levels = [line["level"] for line in told if line and line["id"]]
    assert levels == ["ERROR"] * len(failed) + ["ERROR", "WARNING"]
    assert all(line.isprintable() for line in log.split("\n"))


def test_json_is_one_object_a_line_with_all_that_is_known(folder: Path) -> None:
    with demo(folder, "json") as served:
        failed = served.get(f"/fail?said={quote(FORGED)}")
        missing = served.get("/nowhere")
    error, warning = events_of_requests(served.log)
    assert error["request_id"] == failed.headers["X-Request-ID"]
    assert (error["level"], error["logger"]) == ("ERROR", "django.request")
    assert error["message"] == "Internal Server Error: /fail"
    assert FORGED.splitlines()[0] in error["traceback"]
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", error["time"])
    assert warning["request_id"] == missing.headers["X-Request-ID"]
    assert (warning["level"], warning["message"]) == ("WARNING", "Not Found: /nowhere")


PROGRAM = """
import logging, threading
import django
from talkarchive.configuration.logs import log_uncaught
from threads.ingest.runs.parser_pool import processes

def fail():
    raise ValueError("it fails")

if __name__ == "__main__":
    django.setup()
    log_uncaught()
    logging.getLogger("threads").error("Import 7", extra={"run": 7, "page": "Talk:Lamps"})
    with processes(1) as child:
        child.submit(logging.error, "of a process that parses").result()
    thread = threading.Thread(target=fail, name="import worker")
    thread.start()
    thread.join()
    fail()
"""


def test_commands_their_threads_and_processes_log_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    done = run(
        [sys.executable, str(tmp_path / "program.py")],
        env={
            **os.environ,
            "PYTHONPATH": str(BASE_DIR),
            "DJANGO_SETTINGS_MODULE": "talkarchive.settings",
            "TALKARCHIVE_DATA": str(tmp_path),
            "LOG_FORMAT": "json",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    imported, parsing, thread, program = events(done.stderr)
    assert (imported["run"], imported["page"]) == (7, "Talk:Lamps")
    assert parsing["message"] == "of a process that parses"
    assert "import worker" in thread["message"]
    assert done.returncode == 1
    for event in (thread, program):
        assert event["level"] == "CRITICAL"
        assert "ValueError: it fails" in event["traceback"]


def test_a_command_that_is_told_to_end_adds_no_line_to_a_log() -> None:
    told_to_end = (
        "import os, signal; from threads.management import command_line;"
        "command_line.execute_from_command_line = lambda _: os.kill(os.getpid(), signal.SIGTERM);"
        "command_line.main()"
    )
    done = run([sys.executable, "-c", told_to_end], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_level_leaves_out_what_is_less(folder: Path) -> None:
    with demo(folder, "json", LOG_LEVEL="ERROR") as served:
        served.get("/nowhere")
        served.get("/fail")
    assert [event["level"] for event in events_of_requests(served.log)] == ["ERROR"]


def test_what_strangers_send_is_one_line_and_a_warning() -> None:
    """Such as another host's name: whoever sends many does not fill the log."""
    try:
        raise DisallowedHost("Invalid HTTP_HOST header: 'x'.")
    except DisallowedHost as error:
        told = (type(error), error, error.__traceback__)
    name = "django.security.DisallowedHost"
    record = logging.LogRecord(name, logging.ERROR, "", 1, str(told[1]), (), told)
    assert TellStrangers().filter(record)
    line = TextFormatter().format(record)
    assert "WARNING django.security.DisallowedHost" in line
    assert "\n" not in line


def test_the_access_log_has_no_watchlists(caplog: pytest.LogCaptureFixture) -> None:
    logger = ServerLogger.__new__(ServerLogger)  # without setting up the log of this process
    logger.cfg, logger.access_log = Config(), logging.getLogger("answers")
    logger.cfg.set("accesslog", "-")
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/feed/watch/?page=metawiki/Talk:Plan",
        "HTTP_REFERER": "https://talk.example/watch/?person=Ada",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    answer = SimpleNamespace(headers=[], status="200 OK", sent=9)
    with caplog.at_level(logging.INFO, logger="answers"):
        logger.access(answer, None, environ, timedelta(milliseconds=1))
    (record,) = caplog.records
    assert record.getMessage() == "GET /feed/watch/?…"
    assert record.__dict__["referrer"] == "https://talk.example/watch/?…"
