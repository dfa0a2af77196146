"""Imports whose worker was killed are taken up by the next one: by real processes."""

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.database.conditions import connected
from tests.ingest.archives import Archive, archive, dump
from threads.ingest.recovery import ImportRecovery
from threads.ingest.runs.heartbeat import heartbeat
from threads.ingest.runs.lifecycle import hold, open_run
from threads.ingest.tasks import work_later, work_on
from threads.management.worker import rounds
from threads.models import ImportRun, Wiki
from threads.models.runs.run import State
from threads.processes.names import process_name
from threads.processes.recovery import TAKE_UPS

pytestmark = pytest.mark.django_db
take_up = ImportRecovery().take_up

PAGES = 4
LATE = 450  # one after it has
EARLY = 26  # a statement of a worker's before it has stored a page
KILLED = -signal.SIGKILL


@contextmanager
def waiting(folder: Path, file: Path) -> Iterator[Archive]:
    """An archive in which a dump waits for a worker; each worker parses by itself."""
    with archive(folder) as one:
        one.environment["IMPORT_PROCESSES"] = "1"
        code, said = one.run("-m", "tests.ingest.workers", "wait", str(file))
        assert code == 0, said
        yield one


def work(one: Archive, statement: int = 0) -> tuple[int, str]:
    return one.run("-m", "tests.ingest.workers", "work", str(statement))


def state(one: Archive) -> tuple[dict[str, str], dict[str, str]]:
    """The run, and the task that works on it."""
    with connected(one) as cursor:
        cursor.execute(f"SELECT state, log FROM {ImportRun._meta.db_table}")
        run = dict(zip(("state", "log"), cursor.fetchone(), strict=True))
        cursor.execute(f"SELECT status FROM {DBTaskResult._meta.db_table}")
        (status,) = cursor.fetchone()
    return run, {"status": status}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return dump(tmp_path / "dump.xml", PAGES)


def test_killed_workers_imports_end_in_the_rows_of_an_undisturbed_one(
    tmp_path: Path, file: Path, request: pytest.FixtureRequest
) -> None:
    with waiting(tmp_path / "undisturbed", file) as one:
        assert work(one)[0] == 0
        undisturbed = one.rows(records=False)
    for seed in range(max(1, request.config.getoption("--kills") // TAKE_UPS)):
        chance = random.Random(seed)  # noqa: S311 (it keeps no secret)
        with waiting(tmp_path / f"killed {seed}", file) as other:
            for _ in range(TAKE_UPS):
                assert work(other, chance.randint(1, 90))[0] == KILLED
            code, said = work(other)
            assert code == 0, said
            assert other.rows(records=False) == undisturbed, f"with seed {seed}"
            run, task = state(other)
            assert (run["state"], task["status"]) == ("done", "SUCCESSFUL"), run["log"]


def test_a_run_that_ends_its_worker_each_time_is_given_up(tmp_path: Path, file: Path) -> None:
    with waiting(tmp_path / "archive", file) as one:
        for _ in range(1 + TAKE_UPS):
            code, said = work(one, EARLY)
            assert code == KILLED, said
        code, said = work(one)
        assert code == 0
        assert f"interrupted {1 + TAKE_UPS} times and will not be resumed" in said
        run, task = state(one)
        assert run["state"] == "failed"
        assert run["log"].count("and resumed by") == TAKE_UPS
        assert run["log"].splitlines()[-1].startswith("Import 1 was interrupted 4 times")
        assert task["status"] == "SUCCESSFUL"

        assert "completed" in one.manage("resume_import", "1", "--processes=1")


def test_a_run_that_comes_further_each_time_is_taken_up_as_often_as_it_takes(
    tmp_path: Path,
) -> None:
    with waiting(tmp_path / "archive", dump(tmp_path / "dump.xml", 3 * PAGES)) as one:
        times, code = 0, KILLED
        while code == KILLED:
            code, said = work(one, LATE)
            times += code == KILLED
        assert code == 0, said
        assert state(one)[0]["state"] == "done", state(one)[0]["log"]
    assert times > 1 + TAKE_UPS


def test_of_two_workers_one_takes_it_up(tmp_path: Path, file: Path) -> None:
    with waiting(tmp_path / "archive", file) as one:
        assert work(one, 60)[0] == KILLED
        command = ("-m", "tests.ingest.workers", "work", "0")
        with one.start(*command) as first, one.start(*command) as second:
            said = [first.communicate()[1], second.communicate()[1]]
        assert [first.returncode, second.returncode] == [0, 0], said
        run, _task = state(one)
        assert "".join(said).count("and resumed by") == 1, said
        assert (run["state"], run["log"].count("and resumed by")) == ("done", 1)


def test_the_demos_own_worker_takes_it_up_too(tmp_path: Path, file: Path) -> None:
    with waiting(tmp_path / "archive", file) as one:
        assert work(one, LATE)[0] == KILLED  # an empty archive would get the demo's pages
        with one.start("manage.py", "demo", "--port=0") as demo:
            try:
                deadline = monotonic() + 300
                while state(one)[0]["state"] != "done" and monotonic() < deadline:
                    sleep(0.5)
            finally:
                demo.terminate()
                demo.communicate()
        run, task = state(one)
        assert (run["state"], task["status"]) == ("done", "SUCCESSFUL")
        assert "and resumed by" in run["log"]


@pytest.mark.django_db(transaction=True)
def test_an_import_that_has_nothing_to_tell_gives_signs_of_life(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threads.ingest.runs.heartbeat.EVERY", 0.01)
    ImportRun.objects.update(heartbeat=None)
    with heartbeat(run):
        deadline = monotonic() + 60
        while ImportRun.objects.get().heartbeat is None and monotonic() < deadline:
            sleep(0.01)
    assert ImportRun.objects.get().heartbeat
    interrupt(run)
    with heartbeat(run):
        sleep(0.1)
    assert ImportRun.objects.get().heartbeat is None, "it is another process's by now"


@pytest.fixture
def run() -> ImportRun:
    """A run that a worker of this process is at."""
    made = open_run(Wiki(dbname="lanternwiki"), "dump", {})
    work_later(made)
    DBTaskResult.objects.get().claim(process_name())
    hold(made)
    return made


def interrupt(run: ImportRun, **values: Any) -> None:
    ImportRun.objects.filter(pk=run.pk).update(holder="elsewhere 1 key", heartbeat=None, **values)


def status() -> str:
    return DBTaskResult.objects.get().status


def test_what_a_worker_is_at_stays_with_it(run: ImportRun) -> None:
    assert take_up("me") == 0
    run.refresh_from_db()
    assert (run.state, status()) == (State.RUNNING, TaskResultStatus.RUNNING)


def test_a_run_without_sign_of_life_is_taken_up_once(run: ImportRun) -> None:
    interrupt(run)
    assert [take_up("me"), take_up("you")] == [1, 0]
    run.refresh_from_db()
    assert (run.state, run.holder, status()) == (State.QUEUED, "", TaskResultStatus.READY)
    assert run.log == f"Import {run.pk} was interrupted and resumed by me."


def test_a_run_that_was_to_be_cancelled_is_not_taken_up(run: ImportRun) -> None:
    interrupt(run, cancel_asked=True)
    assert take_up("me") == 0
    run.refresh_from_db()
    assert (run.state, status()) == (State.CANCELLED, TaskResultStatus.SUCCESSFUL)


@pytest.mark.parametrize("over", [State.DONE, State.FAILED, State.CANCELLED])
def test_the_task_of_a_run_that_is_over_is_closed(run: ImportRun, over: State) -> None:
    ImportRun.objects.update(state=over)
    assert take_up("me") == 0
    assert status() == TaskResultStatus.SUCCESSFUL
    assert ImportRun.objects.get().state == over


@pytest.mark.parametrize(
    ("worker", "minutes", "expected"),
    [
        ("{me}", 0, TaskResultStatus.RUNNING),
        ("{machine} 4000000 key", 0, TaskResultStatus.READY),  # no process has such a number
        ("elsewhere 1 key", 1, TaskResultStatus.RUNNING),
        ("elsewhere 1 key", 6, TaskResultStatus.READY),
        ("worker-of-my-own", 6, TaskResultStatus.READY),
    ],
)
def test_a_task_whose_worker_ended_before_it_began_is_put_back(
    worker: str, minutes: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(Wiki(dbname="lanternwiki"), "dump", {})
    work_later(run)
    machine = process_name().split()[0]
    DBTaskResult.objects.get().claim(worker.format(me=process_name(), machine=machine))
    look_after(0, monkeypatch)

    look_after(minutes, monkeypatch)

    assert status() == expected


def look_after(minutes: float, monkeypatch: pytest.MonkeyPatch) -> int:
    """How much is taken up by a process that has run for so long."""
    monkeypatch.setattr("threads.processes.names.monotonic", lambda: 60 * minutes)
    return take_up("me")


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_a_task_whose_failure_was_the_databases_is_put_back(run: ImportRun, state: State) -> None:
    """Its worker runs on, and could not say of the run how it ended."""
    interrupt(run)
    ImportRun.objects.update(state=state)
    DBTaskResult.objects.get().set_failed(OperationalError("the server was away"))
    assert take_up("me") == 1
    assert (ImportRun.objects.get().state, status()) == (State.QUEUED, TaskResultStatus.READY)


def test_resuming_by_hand_begins_anew(run: ImportRun) -> None:
    interrupt(run)
    take_up("me")
    run.refresh_from_db()
    work_later(run)
    assert ImportRun.objects.get().log == ""


def test_old_tasks_are_deleted() -> None:
    for days in (1, 20):
        task = work_on.enqueue(0)
        DBTaskResult.objects.filter(pk=task.id).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(days=days)
        )
    with rounds("me"):
        assert DBTaskResult.objects.count() == 1


def test_what_waits_in_an_archives_queue_is_found_by_its_stored_name() -> None:
    assert work_on.module_path == "threads.ingest.tasks.work_on"


def test_the_command_is_the_archives_own() -> None:
    assert get_commands()["db_worker"] == "threads"
