"""A database that is full or goes away in the middle of an import."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection

from tests.ingest.exports import SIGNED
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.runs.runner import carry_on, start_run
from threads.ingest.sources import PageRevision, Source, registry
from threads.ingest.sources.kinds import SourceKind
from threads.models import Comment, ImportItem, ImportRun, TalkPage, Wiki
from threads.models.runs.run import State

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "\n\n".join(SIGNED.replace("Lit", f"Lit {number}") for number in range(400))
TITLES = ["Talk:A", "Talk:B", "Talk:C"]


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    """Three long pages, as often as wanted."""

    def make(*_run: object) -> Source:
        pages = [PageRevision(title, LONG, number) for number, title in enumerate(TITLES, 1)]
        return Source("given", pages, len(pages))

    monkeypatch.setattr(registry, "KINDS", [SourceKind("given", "Given", make)])
    return make


@pytest.fixture
def wiki() -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


class DiskFull(Exception):
    """As psycopg2's, which a test cannot make with its code."""

    pgcode = "53100"


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite's file may not grow; PostgreSQL says so of the comments' table."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # what earlier tests left free is room as well
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + 8}")  # until it is closed
        yield
        connection.close()
        return

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "threads_comment"'):
            raise OperationalError("could not extend file") from DiskFull()
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def lost_once() -> Iterator[None]:
    """The connection breaks at the first comment: PostgreSQL really ends it."""
    broken: list[bool] = []

    def lose(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "threads_comment"') and not broken:
            broken.append(True)
            if connection.vendor == "sqlite":
                raise InterfaceError("the connection is closed")
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (backend,) = cursor.fetchone()
            with connection._nodb_cursor() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [backend])
        return execute(sql, *rest)

    with connection.execute_wrapper(lose):
        yield
    assert broken


def test_a_full_disk_leaves_the_page_untouched_and_the_run_to_be_resumed(
    wiki: Wiki, source: Callable[..., Source]
) -> None:
    with no_room():
        run = start_run(wiki, source())
    assert run.state == State.FAILED
    assert "Free disk space" in run.log
    assert "Nothing imported so far is lost" in run.log
    assert not (TalkPage.objects.exists() or Comment.objects.exists() or run.items.exists())

    assert carry_on(ImportRun.objects.get()).state == State.DONE

    assert [item.title for item in ImportItem.objects.all()] == TITLES
    assert Comment.objects.count() == 3 * 400


def test_a_lost_connection_is_made_again_and_the_page_stored_whole(
    wiki: Wiki, source: Callable[..., Source]
) -> None:
    with lost_once():
        run = start_run(wiki, source())

    assert run.state == State.DONE
    assert run.items.states() == {State.DONE: 3}
    assert Comment.objects.count() == 3 * 400


@contextmanager
def away(statement: str) -> Iterator[None]:
    """No statement that begins so reaches the database."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(statement):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threads.ingest.database.sleep", lambda _seconds: None)


@pytest.mark.usefixtures("hurried")
def test_a_database_that_stays_away_ends_the_import_with_a_remedy(
    wiki: Wiki, source: Callable[..., Source]
) -> None:
    with away('INSERT INTO "threads_comment"'):
        run = start_run(wiki, source())

    assert run.state == State.FAILED
    assert "Make sure that it is running" in run.log
    assert "resume the import" in run.log
    assert not TalkPage.objects.exists()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("statement", ['INSERT INTO "threads_comment"', "SELECT %s AS"])
def test_in_the_background_it_waits_for_a_database_that_stays_away(
    wiki: Wiki, source: Callable[..., Source], statement: str
) -> None:
    run = open_run(wiki, "given", {})
    for _ in range(2):
        with away(statement):
            run = carry_on(run, patient=True)
        assert run.state == State.QUEUED
    assert run.log.count("continues automatically") == 1
    assert carry_on(ImportRun.objects.get(), patient=True).state == State.DONE
    assert Comment.objects.count() == 3 * 400


def test_in_the_background_it_waits_for_room(wiki: Wiki, source: Callable[..., Source]) -> None:
    with no_room():
        run = carry_on(open_run(wiki, "given", {}), patient=True)
    assert run.state == State.QUEUED
    assert "Free disk space" in run.log
