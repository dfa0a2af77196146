"""Exports whose worker is killed, and those that are cancelled while they are written: by real
processes and threads."""

import signal
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.database.conditions import connected
from tests.ingest.archives import Archive, archive
from tests.servers import until
from tests.upgrades.archive import make_archive
from threads.export import Selection
from threads.export.background import watching
from threads.export.background.recovery import ExportRecovery
from threads.export.background.runs import ask_to_cancel, carry_out, open_run
from threads.export.background.tasks import export_later, write_export
from threads.models import ExportRun
from threads.models.runs.run import State
from threads.processes.names import process_name
from threads.processes.recovery import TAKE_UPS

pytestmark = pytest.mark.django_db
take_up = ExportRecovery().take_up

KILLED = -signal.SIGKILL
GONE = f"{process_name().split()[0]} {2**22 + 1} 0123abcd"  # above the highest number of a process


def state(one: Archive) -> tuple[str, str]:
    with connected(one) as cursor:
        cursor.execute(f"SELECT state, file FROM {ExportRun._meta.db_table}")
        found: tuple[str, str] = cursor.fetchone()
    return found


def whole_files(folder: Path) -> list[Path]:
    """What a person or program would take for an export."""
    return [path for path in (folder / "exports").glob("*") if path.name[0] != "."]


def test_a_killed_worker_leaves_no_file_that_looks_whole(tmp_path: Path) -> None:
    with archive(tmp_path / "one") as one:
        code, said = one.run("-m", "tests.export.workers")
        assert code == 0, said
        for statement in (20, 30):
            code, said = one.run("-m", "tests.ingest.workers", "work", str(statement))
            assert code == KILLED, said
            assert state(one) == ("running", "")
            assert not whole_files(tmp_path / "one")
        code, said = one.run("-m", "tests.ingest.workers", "work", "0")
        assert code == 0, said
        done, name = state(one)
        assert done == "done"
        (file,) = whole_files(tmp_path / "one")
        assert file.name == name
        one.manage("export", "--output", str(tmp_path / "asked.jsonl"))
        assert file.read_bytes() == (tmp_path / "asked.jsonl").read_bytes()


@pytest.fixture
def claimed(tmp_path: Path, settings: Settings) -> ExportRun:
    """An export that a worker had begun which was killed."""
    settings.DATA_DIR = tmp_path
    make_archive()
    run = open_run(Selection(), "csv")
    export_later(run)
    DBTaskResult.objects.get().claim(GONE)
    now = timezone.now()
    ExportRun.objects.update(state=State.RUNNING, holder=GONE, heartbeat=now)
    return run


def told(run: ExportRun) -> tuple[str, str]:
    run.refresh_from_db()
    return run.state, DBTaskResult.objects.get().status


def test_an_interrupted_export_waits_again(claimed: ExportRun) -> None:
    assert take_up("me") == 1
    assert told(claimed) == (State.QUEUED, TaskResultStatus.READY)
    assert "started again by me" in claimed.log
    assert take_up("me") == 0


def test_what_is_being_written_is_left_alone(claimed: ExportRun) -> None:
    ExportRun.objects.update(holder=process_name(), heartbeat=timezone.now())
    assert take_up("me") == 0
    assert told(claimed) == (State.RUNNING, TaskResultStatus.RUNNING)


def test_an_interrupted_export_that_was_to_be_cancelled_is(claimed: ExportRun) -> None:
    ExportRun.objects.update(cancel_asked=True)
    assert take_up("me") == 0
    assert told(claimed) == (State.CANCELLED, TaskResultStatus.SUCCESSFUL)


def test_what_kills_its_worker_each_time_is_given_up(claimed: ExportRun) -> None:
    DBTaskResult.objects.update(worker_ids=[GONE] * (TAKE_UPS + 1))
    assert take_up("me") == 0
    assert told(claimed) == (State.FAILED, TaskResultStatus.SUCCESSFUL)
    assert claimed.finished_at


def test_an_export_waits_for_a_database_that_goes_away(
    claimed: ExportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go_away(*_given: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    ExportRun.objects.update(state=State.QUEUED)
    monkeypatch.setattr("threads.export.background.runs._write", go_away)
    write_export.func(claimed.pk)
    assert ExportRun.objects.get().state == State.QUEUED
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


@pytest.mark.parametrize("over", [True, False], ids=["ended", "deleted"])
def test_a_task_without_work_is_closed(claimed: ExportRun, over: bool) -> None:
    ExportRun.objects.update(state=State.CANCELLED)
    if not over:
        ExportRun.objects.all().delete()
    assert take_up("me") == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_an_export_stops_when_it_is_cancelled(
    tmp_path: Path, settings: Settings, monkeypatch: Any
) -> None:
    settings.DATA_DIR = tmp_path
    make_archive()
    monkeypatch.setattr(watching, "EVERY", 0.01)
    run = open_run(Selection(), "jsonl")
    wrote = watching.Watch.wrote

    def cancel() -> None:
        ask_to_cancel(run)
        connection.close()

    def wait_for_the_watch(watch: watching.Watch, size: int) -> None:
        somebody = Thread(target=cancel)  # this thread reads one moment
        somebody.start()
        somebody.join()
        until(lambda: watch.is_unwanted)
        wrote(watch, size)

    monkeypatch.setattr(watching.Watch, "wrote", wait_for_the_watch)
    carry_out(run)
    run.refresh_from_db()
    assert (run.state, run.progress) == (State.CANCELLED, 0)
    assert not list((tmp_path / "exports").iterdir())
