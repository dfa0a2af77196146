"""A worker that is told to end leaves its import to the next one."""

from pathlib import Path

import pytest
from django.db import OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.ingest.archives import dump
from threads.ingest.runs import runner
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.sources.dump import dump as dump_source
from threads.ingest.tasks import work_later
from threads.management.worker import Worker
from threads.models import ImportRun, TalkPage, Wiki
from threads.models.runs.run import State

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = 4


@pytest.fixture
def run(tmp_path: Path, settings: Settings) -> ImportRun:
    """It waits for a worker."""
    settings.IMPORT_PROCESSES = 1
    file = dump(tmp_path / "dump.xml", PAGES)
    source = dump_source([file], wiki=Wiki(dbname="lanternwiki"), history=True)
    waiting = open_run(Wiki(dbname="lanternwiki"), source.name, source.parameters)
    work_later(waiting)
    return waiting


def test_an_import_that_is_handed_over_waits_and_the_next_worker_ends_it(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def is_handing_over() -> bool:
        seen.append(True)
        return True

    with monkeypatch.context() as patch:
        patch.setattr(runner, "is_handing_over", is_handing_over)
        worker = Worker(batch=True)
        worker.max_tasks = 1
        worker.work()
    run.refresh_from_db()
    assert seen
    assert run.state == State.QUEUED
    assert run.finished_at is None
    assert DBTaskResult.objects.ready().count() == 1
    Worker(batch=True).work()
    run.refresh_from_db()
    assert (run.state, TalkPage.objects.count()) == (State.DONE, 2 * PAGES), run.log
    statuses = DBTaskResult.objects.values_list("status", flat=True)
    assert set(statuses) == {TaskResultStatus.SUCCESSFUL}


def test_a_worker_whose_import_lost_the_database_ends_so_that_the_next_takes_it_up(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(DBTaskResult, "set_successful", gone)
    monkeypatch.setattr(DBTaskResult, "set_failed", gone)
    with pytest.raises(OperationalError):
        Worker(batch=True).work()


def test_a_worker_that_waits_goes_on_when_the_database_is_back(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Worker.run
    times: list[int] = []

    def look(worker: Worker) -> None:
        times.append(1)
        if len(times) == 1:
            raise OperationalError("could not connect to server")
        looks(worker)

    monkeypatch.setattr(Worker, "run", look)
    monkeypatch.setattr("threads.management.worker.INTERVAL", 0.01)
    Worker(batch=True).work()
    run.refresh_from_db()
    assert (run.state, len(times)) == (State.DONE, 2)
