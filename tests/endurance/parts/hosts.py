"""An import whose pages are parsed on several machines, some of which get lost."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.endurance.archives import used_by_server
from tests.endurance.clusters import SCHEDULER, WORKERS, Cluster, Command, cluster
from tests.endurance.trials import Options, Told, items, state, until_it_runs
from tests.ingest.archives import Archive
from threads.bench.dumps import COMMENTS_A_PAGE, write_dump

SPENT = ("the writer", "the database", "the scheduler", "the hosts")
COLUMNS = ("hosts", "pages a second", *SPENT, "pages a second of the writer's")


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost while pages are parsed on all hosts."""

    name: str
    lose: Callable[[Cluster], None]
    ends: bool  # the import, which somebody has to resume on hosts that are all there again


def hosts(options: Options) -> Told:
    """The same rows come from any number of hosts, and where some of them get lost."""
    told = Told.table(*COLUMNS)
    with tempfile.TemporaryDirectory() as folder, cluster() as made:
        dump = Path(folder, "dump.xml")
        write_dump(dump, COMMENTS_A_PAGE * options.pages, seed=2)
        rows = [_measured(made, number, dump, options, told) for number in range(len(WORKERS) + 1)]
        told.check(len(set(rows)) == 1, "rows differ by the number of hosts")
        told.line("\n| lost | what came of it |\n| --- | --- |")
        for loss in LOSSES:
            _disturb(made, loss, dump, options, told, rows[0])
    return told


def _measured(made: Cluster, number: int, dump: Path, options: Options, told: Told) -> str:
    """Import on so many hosts, 0 for none but the writer's; out: the rows."""
    workers = WORKERS[:number]
    if workers:
        made.begin(*workers)
    with made.archive(options.database) as one:
        begin, before = monotonic(), _used(made, one, workers)
        with made.command(one, "import_dump", str(dump), *_where(made, number)) as command:
            written = command.wait()
        seconds = monotonic() - begin
        spent = [now - then for now, then in zip(_used(made, one, workers), before, strict=True)]
        told.check(written.code == 0, f"{number} hosts: {written.said}")
        pages = items(one)
        cells = (f"{spent:.1f} s" for spent in (written.seconds, *spent))
        told.row(number, f"{pages / seconds:.1f}", *cells, f"{pages / written.seconds:.1f}")
        made.end()
        return one.rows(records=False)


def _used(made: Cluster, one: Archive, workers: Sequence[str]) -> tuple[float, float, float]:
    """The processor's seconds so far of the database, the scheduler and the hosts."""
    return used_by_server(one), made.used(SCHEDULER), made.used(*workers)


def _where(made: Cluster, number: int) -> tuple[str, ...]:
    return ("--cluster", made.address) if number else ("--processes", "1")


def _disturb(
    made: Cluster, loss: Loss, dump: Path, options: Options, told: Told, undisturbed: str
) -> None:
    made.begin(*WORKERS)
    with made.archive(options.database) as one:
        with made.command(one, "import_dump", str(dump), "--cluster", made.address) as command:
            until_it_runs(one)
            told.check(not command.is_over(), f"{loss.name}: the import was over: more --pages")
            loss.lose(made)
            outcome = _ended(command, loss, told)
        if loss.ends:
            made.end()
            made.begin(*WORKERS)
            again = ("resume_import", "1", "--cluster", made.address)
            with made.command(one, *again) as command:
                written = command.wait()
            told.check(written.code == 0, f"{loss.name}, resumed: {written.said}")
        told.row(loss.name, outcome)
        told.check(state(one) == "done", f"{loss.name}: the import is {state(one)}")
        told.check(one.rows(records=False) == undisturbed, f"{loss.name}: rows differ")
    made.end()


def _ended(command: Command, loss: Loss, told: Told) -> str:
    """In words, how it did; as it has to."""
    begin = monotonic()
    written = command.wait()
    told.check(bool(written.code) == loss.ends, f"{loss.name}: {written.said}")
    if not loss.ends:
        return "the import completes"
    said = " ".join(written.said.splitlines()[-3:])
    return f"the import ends after {monotonic() - begin:.0f} s: “{said}”; resumed, it completes"


def _hosts(made: Cluster) -> None:
    made.cut_off(WORKERS[0])
    made.end(WORKERS[1])


def _start_again(made: Cluster) -> None:
    made.end()
    made.begin(*WORKERS)


LOSSES = (
    Loss("one host is cut off, another one's worker is killed", _hosts, ends=False),
    Loss("scheduler and workers are killed, and start again", _start_again, ends=False),
    Loss("the scheduler's host is cut off", lambda made: made.cut_off(SCHEDULER), ends=True),
    Loss("all workers are killed", lambda made: made.end(*WORKERS), ends=True),
)
