"""What is measured, one function each: each gives lines of a table, and what does not hold."""

import os
import random
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from tests.endurance.archives import archive, ask, kill_database, wait_for_worker
from tests.endurance.loads import Figures, load
from tests.endurance.options import Options, Told
from tests.endurance.outages import of_database
from tests.endurance.trips import round_trips
from tests.ingest.archives import Archive
from tests.servers import Server, children_of, server
from threads.bench.dumps import DBNAME, LONG_TITLE, MadeUp, write_dump

CLIENTS = 32
BOUND = 5  # times its p99 alone, that a page may take while an import runs


def imported(one: Archive, comments: int) -> None:
    """Fill an archive."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "dump.xml")
        write_dump(file, comments)
        one.manage("import_dump", str(file))


def addresses(one: Archive, comments: int) -> dict[str, list[str]]:
    """What readers ask for, by kind."""
    idents = ask(
        one, "*models.Comment.objects.order_by('pk').values_list('ident', flat=True)[:200]"
    ).split()
    words = MadeUp(comments).vocabularies[0].words
    asked = [quote(f"{words[3 * n]} {words[n + 7]}") for n in range(100)]
    return {
        "home": ["/"],
        "a page of 1,077 comments": [f"/wiki/{DBNAME}/{quote(LONG_TITLE)}"],
        "a permanent link": [f"/comment/{quote(ident)}" for ident in idents],
        "a search": [f"/search?q={words}" for words in asked],
    }


def readers(options: Options) -> Told:
    """Readers alone, and while an import of many pages runs."""
    told = Told(
        ["| readers | alone: a second | p50 | p99 | beside an import | p50 | p99 | errors |"]
    )
    told.lines.append("|---|---|---|---|---|---|---|---|")
    with archive(options.database) as one, tempfile.TemporaryDirectory() as folder:
        imported(one, options.comments)
        kinds = addresses(one, options.comments)
        file = Path(folder, "dump.xml")
        write_dump(file, 24 * options.pages, seed=2)
        with server(one, processes=os.cpu_count() or 1) as served:
            alone = {kind: _load(served, paths, options) for kind, paths in kinds.items()}
            wait_for_worker(one, file, "lanternwiki")
            until_it_runs(one)
            for kind, paths in kinds.items():
                during = _load(served, paths, options)
                told.lines.append(
                    f"| {kind} | {_cells(alone[kind])} | {_cells(during)} |"
                    f" {alone[kind].errors + during.errors} |"
                )
                told.check(not (alone[kind].errors + during.errors), f"{kind}: errors")
                told.check(
                    during.p99 <= BOUND * alone[kind].p99, f"{kind}: p99 more than {BOUND} times"
                )
            running = ask(one, "models.ImportRun.objects.get(wiki__dbname='lanternwiki').state")
            told.check(running == "running", f"the import was {running} before the readers ended")
    return told


def _load(served: Server, paths: list[str], options: Options) -> Figures:
    return load(served.port, paths, clients=CLIENTS, seconds=options.seconds)


def _cells(figures: Figures) -> str:
    return f"{figures.rate:.0f} | {figures.p50:.0f} ms | {figures.p99:.0f} ms"


def until_it_runs(one: Archive) -> None:
    wait_until(
        lambda: ask(one, "models.ImportItem.objects.exclude(run=1).count()") not in ("", "0")
    )


def wait_until(holds: Callable[[], object], seconds: float = 3600) -> None:
    """Wait until something holds; raises TimeoutError."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            raise TimeoutError
        sleep(0.2)


def kills(options: Options) -> Told:
    """Processes are killed while an import runs; at the end, nothing is lost."""
    told = Told(["| killed | times |", "|---|---|"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "dump.xml")
        write_dump(file, 24 * options.pages, seed=2)
        with archive(options.database) as one:
            wait_for_worker(one, file, DBNAME)
            one.manage("worker", "--batch")
            undisturbed = one.rows(records=False)
        with archive(options.database) as other:
            wait_for_worker(other, file, DBNAME)
            times = _kill(other, options)
            wait_until(lambda: _state(other) in ("done", "failed"))
            told.check(_state(other) == "done", f"the import is {_state(other)}")
            told.check(other.rows(records=False) == undisturbed, "rows differ")
    told.lines += [f"| {what} | {count} |" for what, count in times.items()]
    return told


def _state(one: Archive) -> str:
    return ask(one, "models.ImportRun.objects.get().state")


def _kill(one: Archive, options: Options) -> dict[str, int]:
    """Kill at random, starting again what a system would: the server, and the database."""
    chance = random.Random(1)  # noqa: S311 (it keeps no secret)
    kinds = ["a reader's process", "the worker", "the server", "its supervisor"]
    kinds += ["the database"] if options.database == "postgres" else []
    times = dict.fromkeys(kinds, 0)
    while sum(times.values()) < options.kills:
        with _started(one) as served:
            while served.process.poll() is None and sum(times.values()) < options.kills:
                sleep(chance.uniform(0.2, 6))
                what = chance.choice(kinds)
                times[what] += _kill_one(one, served, what)
            if sum(times.values()) >= options.kills:  # and the import goes on to its end
                wait_until(lambda: _state(one) in ("done", "failed"))
    return times


def _kill_one(one: Archive, served: Server, what: str) -> bool:
    """Whether there was one to kill."""
    if what == "the database":
        kill_database(one)
        return True
    masters = children_of(served.process.pid) & served.children("gunicorn")
    victims = {
        "a reader's process": served.children("gunicorn") - masters,
        "the worker": served.children("talkarchive worker"),
        "the server": masters,
        "its supervisor": {served.process.pid},
    }[what]
    for victim in sorted(victims)[:1]:
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            return True
    return False


@contextmanager
def _started(one: Archive) -> Iterator[Server]:
    with server(one, processes=1) as served:
        yield served


def outages(options: Options) -> Told:
    """The database is away for a while, or locked; readers are told, and the import goes on."""
    told = Told(["| outage | answers meanwhile | answers afterwards |", "|---|---|---|"])
    with tempfile.TemporaryDirectory() as folder, archive(options.database) as one:
        file = Path(folder, "dump.xml")
        write_dump(file, 24 * options.pages, seed=2)
        with server(one, processes=1) as served:
            wait_for_worker(one, file, DBNAME)
            wait_until(lambda: ask(one, "models.ImportItem.objects.count()") not in ("", "0"))
            for name, outage in of_database(one, options.outage).items():
                with outage:
                    meanwhile = _statuses(served, options.outage)
                afterwards = _statuses(served, 5)
                told.lines.append(f"| {name} | {meanwhile} | {afterwards} |")
                told.check(set(afterwards) == {"200"}, f"{name}: {afterwards} afterwards")
                told.check(not set(meanwhile) - {"200", "503"}, f"{name}: {meanwhile} meanwhile")
            wait_until(lambda: _state(one) in ("done", "failed"))
            told.check(_state(one) == "done", f"the import is {_state(one)}")
    return told


def _statuses(served: Server, seconds: int) -> dict[str, int]:
    """How often each status came."""
    end, found = monotonic() + seconds, dict[str, int]()
    while monotonic() < end:
        try:
            status = str(served.get("/healthz").status)
        except (OSError, HTTPException):
            status = "none"
        found[status] = found.get(status, 0) + 1
        sleep(0.5)
    return found


def memory(options: Options) -> Told:
    """Whether the processes that answer grow."""
    told = Told(["| answers so far | megabytes of the readers' processes |", "|---|---|"])
    with archive(options.database) as one:
        imported(one, options.comments)
        kinds = addresses(one, options.comments)
        paths = [path for paths in kinds.values() for path in paths]
        with server(one, processes=os.cpu_count() or 1) as served:
            sizes, answered = list[float](), 0.0
            while answered < options.requests:
                figures = load(served.port, paths, clients=CLIENTS, seconds=options.seconds)
                answered += figures.rate * options.seconds
                sizes.append(_megabytes(served))
                told.lines.append(f"| {answered:.0f} | {sizes[-1]:.0f} |")
                told.check(not figures.errors, f"{figures.errors} errors")
            middle = sizes[len(sizes) // 2]
            told.check(sizes[-1] <= 1.1 * middle, f"from {middle:.0f} to {sizes[-1]:.0f} MB")
    return told


def _megabytes(served: Server) -> float:
    pages = 0
    for number in served.children("gunicorn"):
        with suppress(OSError):
            pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


PARTS: dict[str, Callable[[Options], Told]] = {
    "readers": readers,
    "kills": kills,
    "outages": outages,
    "memory": memory,
    "round_trips": round_trips,
}
