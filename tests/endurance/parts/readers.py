"""Readers alone, and beside an import."""

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests.endurance.archives import archive, ask, wait_for_worker
from tests.endurance.loads import Figures, load
from tests.endurance.trials import CLIENTS, Options, Told, state, until_it_runs
from tests.ingest.archives import Archive
from tests.servers import Server, server
from threads.bench.dumps import COMMENTS_A_PAGE, DBNAME, LONG_TITLE, MadeUp, write_dump

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
    told = Told.table(
        "readers", "alone: a second", "p50", "p99", "beside an import", "p50", "p99", "errors"
    )
    with archive(options.database) as one, tempfile.TemporaryDirectory() as folder:
        imported(one, options.comments)
        kinds = addresses(one, options.comments)
        file = Path(folder, "dump.xml")
        write_dump(file, COMMENTS_A_PAGE * options.pages, seed=2)
        with server(one, processes=os.cpu_count() or 1) as served:
            alone = {kind: _load(served, paths, options) for kind, paths in kinds.items()}
            wait_for_worker(one, file, "lanternwiki")
            until_it_runs(one)
            for kind, paths in kinds.items():
                during = _load(served, paths, options)
                errors = alone[kind].errors + during.errors
                told.row(kind, *_cells(alone[kind]), *_cells(during), errors)
                told.check(not errors, f"{kind}: {alone[kind].said} {during.said}")
                told.check(bool(alone[kind].rate and during.rate), f"{kind}: no answers")
                told.check(
                    during.p99 <= BOUND * alone[kind].p99, f"{kind}: p99 more than {BOUND} times"
                )
            told.check(state(one) == "running", "the import was over before the readers ended")
    return told


def _load(served: Server, paths: list[str], options: Options) -> Figures:
    return load(served.port, paths, clients=CLIENTS, seconds=options.seconds)


def _cells(figures: Figures) -> tuple[str, ...]:
    return f"{figures.rate:.0f}", f"{figures.p50:.0f} ms", f"{figures.p99:.0f} ms"
