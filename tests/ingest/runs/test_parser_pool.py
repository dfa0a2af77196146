"""Where pages are parsed makes no difference to what comes of them."""

import gc
import os
import select
import signal
import subprocess
import sys
import weakref

import pytest

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.deadly import DEADLY, RAISING, parse_or_die
from threads.ingest.runs import parser_pool
from threads.ingest.runs.parse_job import UnparsedPage, parse_pages
from threads.ingest.runs.parser_pool import ParserDied, ParserPool
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Comment, ImportItem, Wiki
from threads.models.runs.run import State
from threads.wikitext import ParseOptions, collector

OPTIONS: ParseOptions = {"wiki": "lanternwiki"}
TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


def test_a_page_read_in_another_process_is_the_same() -> None:
    with ParserPool(2) as pool:
        (future,) = pool.submit([UnparsedPage("Talk:A", TEXT)], OPTIONS)
        elsewhere = pool.result(future)

    (here,) = parse_pages([UnparsedPage("Talk:A", TEXT)], OPTIONS)
    assert elsewhere.parsed == here.parsed
    assert elsewhere.words == here.words == {"Lit?": "lit"}
    assert elsewhere.seconds > 0


def test_the_processes_that_read_give_way_to_the_one_that_writes() -> None:
    with parser_pool.processes(1) as process:
        niceness = process.submit(os.nice, 0).result()

    assert niceness == min(19, os.nice(0) + parser_pool.NICENESS)  # 19 is the system's most


def test_the_processes_that_read_leave_ctrl_c_to_the_one_that_writes() -> None:
    with parser_pool.processes(1) as process:
        assert process.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_the_collector_rests_while_pages_are_read_and_runs_again_afterwards() -> None:
    with ParserPool():
        resting = not gc.isenabled()

    assert resting
    assert gc.isenabled()


class Ring:
    """Holds itself, so that only the collector finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.parametrize(("much", "goes"), [(0, True), (10**9, False)])
def test_what_holds_itself_goes_where_very_much_is_left(
    monkeypatch: pytest.MonkeyPatch, much: int, *, goes: bool
) -> None:
    monkeypatch.setattr(collector, "MUCH", much)
    with ParserPool() as pool:
        ring = weakref.ref(Ring())
        pool.submit([UnparsedPage("Talk:A", TEXT)], OPTIONS)

        assert (ring() is None) is goes


@pytest.mark.django_db
def test_pages_are_stored_in_the_sources_order_whoever_reads_them() -> None:
    titles = [f"Talk:{number}" for number in range(20)]
    source = Source("given", [PageRevision(title, TEXT) for title in titles])

    with ParserPool(2) as pool:
        run = start_run(Wiki(dbname="lanternwiki"), source, pool=pool)

    assert [item.title for item in run.items.all()] == titles
    assert Comment.objects.count() == 20


@pytest.mark.django_db
def test_a_page_that_takes_its_process_with_it_fails_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parser_pool, "parse_pages", parse_or_die)
    titles = ["Talk:A", DEADLY, *(f"Talk:{number}" for number in range(8))]
    source = Source("given", [PageRevision(title, TEXT) for title in titles])

    with ParserPool(2) as pool:
        run = start_run(Wiki(dbname="lanternwiki"), source, pool=pool)

    assert run.state == State.FAILED
    failed = ImportItem.objects.get(state=State.FAILED)
    assert failed.title == DEADLY
    assert "ran out of memory" in failed.log
    assert run.items.states()[State.DONE] == 9


def test_pages_that_raise_or_kill_leave_the_others_of_their_portion_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parser_pool, "parse_pages", parse_or_die)
    titles = ["Talk:A", RAISING, "Talk:B", DEADLY, "Talk:C", DEADLY, "Talk:D"]
    told: list[object] = []

    with ParserPool(2) as pool:
        for future in pool.submit([UnparsedPage(title, TEXT) for title in titles], OPTIONS):
            try:
                told.append(len(pool.result(future).parsed.comments))
            except (ValueError, ParserDied) as error:
                told.append(type(error))

    assert told == [1, ValueError, 1, ParserDied, 1, ParserDied, 1]


def test_a_page_that_kills_even_alone_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_pool, "parse_pages", parse_or_die)
    with ParserPool(2) as pool:
        (future,) = pool.submit([UnparsedPage(DEADLY, TEXT)], OPTIONS)
        with pytest.raises(ParserDied, match="ran out of memory"):
            pool.result(future)


PARENT = """
import os
from threads.ingest.runs.parser_pool import processes
with processes(2) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    input()
"""


def test_the_processes_end_with_the_one_that_they_read_for() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        watch = os.pidfd_open(worker)
        parent.kill()
        select.select([watch], [], [])  # returns when the worker has ended
        os.close(watch)
