"""Whether the processes that answer grow."""

import os
from contextlib import suppress
from pathlib import Path
from time import sleep

from tests.endurance.archives import archive
from tests.endurance.loads import load
from tests.endurance.parts.readers import addresses, imported
from tests.endurance.trials import CLIENTS, Options, Told
from tests.servers import Server, server

MADE_ANEW = ("home", "a permanent link", "a search")


def memory(options: Options) -> Told:
    """Whether the processes that answer grow."""
    told = Told.table("answers so far, each made anew", "megabytes of the readers' processes")
    with archive(options.database) as one:
        imported(one, options.comments)
        kinds = addresses(one, options.comments)
        paths = [_made_anew(path) for kind in MADE_ANEW for path in kinds[kind]]
        with server(one, processes=os.cpu_count() or 1) as served:
            sizes, answered = list[float](), 0.0
            while answered < options.requests:
                figures = load(served.port, paths, clients=CLIENTS, seconds=options.seconds)
                answered += figures.rate * options.seconds
                sizes.append(_megabytes(served))
                told.row(f"{answered:.0f}", f"{sizes[-1]:.0f}")
                told.check(not figures.errors, figures.said)
            middle = sizes[len(sizes) // 2]
            told.check(sizes[-1] <= 1.1 * middle, f"from {middle:.0f} to {sizes[-1]:.0f} MB")
    return told


def _made_anew(path: str) -> str:
    """An address whose answer is the same, and is not kept."""
    return f"{path}{'&' if '?' in path else '?'}unknown=1"


def _megabytes(served: Server) -> float:
    """Of those that stay: until one that they start for a moment, as to pack a script, runs its own
    program, it counts as a copy of its parent, whose memory it has."""
    before = served.children("gunicorn")
    sleep(1)
    pages = 0
    for number in before & served.children("gunicorn"):
        with suppress(OSError):
            pages += int(Path(f"/proc/{number}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
