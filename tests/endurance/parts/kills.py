"""Processes and databases that are killed at random moments of an import."""

import os
import random
import signal
from contextlib import suppress
from functools import partial
from time import monotonic, sleep

from tests.endurance.archives import archive, kill_database
from tests.endurance.processor import seconds_of
from tests.endurance.trials import Options, Told, is_over, trial
from tests.ingest.archives import Archive
from tests.servers import Server, children_of, server

LONGEST = 2.0  # seconds of the processor between two kills, so that work is done on a busy machine
IDLE = 60  # seconds after which nothing is waited for any more: all waits, or is over


def kills(options: Options) -> Told:
    """Kill while an import runs; at the end, nothing is lost, and nothing is left to do."""
    told = Told.table("killed", "times")
    with trial(options) as disturbed, archive(options.database) as one:
        disturbed.begin(one)
        times = _kill(one, options)
        told.check(
            sum(times.values()) == options.kills,
            f"the import was over after {sum(times.values())} kills: give it more --pages",
        )
        with server(one, processes=1):
            disturbed.check_end(one, told)
    for what, count in times.items():
        told.row(what, count)
    return told


def _kill(one: Archive, options: Options) -> dict[str, int]:
    """Kill at random, starting again what a system would: the server, and the database.

    Out: how often each kind was killed, until the import was over.
    """
    chance = random.Random(1)  # noqa: S311 (it keeps no secret)
    kinds = ["a reader's process", "the worker", "the server", "its supervisor"]
    kinds += ["the database"] if options.database == "postgres" else []
    times = dict.fromkeys(kinds, 0)
    while sum(times.values()) < options.kills and not is_over(one):
        with server(one, processes=1) as served:
            while sum(times.values()) < options.kills and not is_over(one):
                _let_work(served, chance.uniform(0.2, LONGEST))
                if served.process.poll() is not None:
                    break
                what = chance.choice(kinds)
                times[what] += _kill_one(one, served, what)
    return times


def _let_work(served: Server, seconds: float) -> None:
    """Until all processes of the server together had the processor for so long."""
    used = partial(seconds_of, served.process.pid)
    until, end = used() + seconds, monotonic() + IDLE
    while served.process.poll() is None and used() < until and monotonic() < end:
        sleep(0.02)


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
