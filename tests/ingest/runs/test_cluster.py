"""Pages that a Dask cluster parses, and what comes of them where it gets lost."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from distributed import LocalCluster

from talkarchive.bootstrap import BASE_DIR
from tests.ingest.deadly import DEADLY, parse_or_die
from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.runs import cluster, parser_pool
from threads.ingest.runs.parse_job import UnparsedPage, parse_pages
from threads.ingest.runs.parser_pool import ParserDied, ParserPool
from threads.wikitext import ParseOptions

SCHEDULER = re.compile(r"tcp://127\.0\.0\.1:\d+")
OPTIONS: ParseOptions = {"wiki": "lanternwiki"}
TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"
PAGES = [UnparsedPage(f"Talk:{number}", TEXT) for number in range(8)]


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    with pytest.raises(BadInput, match=r"No Dask scheduler found at tcp:.*: connection refused\."):
        ParserPool(cluster="tcp://127.0.0.1:9")


def test_a_cluster_reads_the_same_but_for_a_page_that_kills_its_machines(
    monkeypatch: pytest.MonkeyPatch, machines: str
) -> None:
    monkeypatch.setattr(parser_pool, "parse_pages", parse_or_die)
    with ParserPool(cluster=machines) as pool:
        begun = pool.submit(PAGES, OPTIONS)
        assert [pool.result(future).parsed for future in begun] == [
            timed.parsed for timed in parse_pages(PAGES, OPTIONS)
        ]
        good, bad = pool.submit([PAGES[0], UnparsedPage(DEADLY, TEXT)], OPTIONS)
        assert len(pool.result(good).parsed.comments) == 1
        with pytest.raises(ParserDied, match="ran out of memory"):
            pool.result(bad)


def test_what_a_scheduler_took_with_it_is_read_where_another_one_comes(
    monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    monkeypatch.setattr(cluster, "OUTAGE", 600)
    with machine(workers=0) as lost, ParserPool(cluster=lost.scheduler_address) as pool:
        (future,) = pool.submit(PAGES[:1], OPTIONS)
        lost.close()
        with machine(workers=1, scheduler_port=urlsplit(lost.scheduler_address).port):
            assert len(pool.result(future).parsed.comments) == 1


def test_a_scheduler_that_stays_away_ends_the_import(impatient: None) -> None:
    with machine(workers=0) as lost, ParserPool(cluster=lost.scheduler_address) as pool:
        futures = pool.submit(PAGES, OPTIONS)
        lost.close()
        for future in futures:
            with pytest.raises(ImportStopped, match="No Dask scheduler found at tcp:"):
                pool.result(future)


def test_a_cluster_without_workers_ends_the_import(impatient: None) -> None:
    with machine(workers=0) as empty, ParserPool(cluster=empty.scheduler_address) as pool:
        (future,) = pool.submit(PAGES[:1], OPTIONS)
        with pytest.raises(ImportStopped, match=r"at tcp:.* has no workers"):
            pool.result(future)


def test_machines_with_another_parser_end_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PARSER_VERSION", "0")
    with machine(workers=1) as other, ParserPool(cluster=other.scheduler_address) as pool:
        for future in pool.submit(PAGES, OPTIONS):
            with pytest.raises(ImportStopped, match=r"need the version .*: \d+ != 0\."):
                pool.result(future)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is lost is given up at once."""
    for name, seconds in {"PATIENCE": 0.5, "ROUND": 0.05, "OUTAGE": 0}.items():
        monkeypatch.setattr(cluster, name, seconds)


def machine(workers: int, **options: Any) -> LocalCluster:
    """A cluster in this process."""
    own = {"processes": False, "protocol": "tcp", "host": "127.0.0.1", "dashboard_address": None}
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, **own, **options
    )


@pytest.fixture
def machines(tmp_path: os.PathLike[str]) -> Iterator[str]:
    """The address of a scheduler that has two workers, each a process of its own; what one of
    them dies of is not done again."""
    here = {**os.environ, "PYTHONPATH": str(BASE_DIR)}
    here["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "0"
    with ExitStack() as stack:

        def dask(name: str, *options: str) -> "subprocess.Popen[str]":
            module = f"distributed.cli.dask_{name}"
            command = [sys.executable, "-m", module, "--host=127.0.0.1", "--no-dashboard", *options]
            process = stack.enter_context(
                subprocess.Popen(command, cwd=tmp_path, env=here, stderr=subprocess.PIPE, text=True)
            )
            stack.callback(process.terminate)
            return process

        scheduler = dask("scheduler", "--port=0")
        assert scheduler.stderr
        address = next(found[0] for found in map(SCHEDULER.search, scheduler.stderr) if found)
        for _number in range(2):
            dask("worker", address, "--nthreads=1", "--no-nanny")
        yield address
