"""What a process is known by to others, and whether it still runs.

One that died is noticed at once on its own machine, and elsewhere by its silence. Clocks of two
machines may differ, and one may be set back: so whoever takes over another's work has seen no new
sign of life for long, by a clock of its own that nobody sets.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic

from django.utils import timezone

SILENCE = timedelta(minutes=5)  # of another machine, after which its work may be taken over


def process_name() -> str:
    """This process's name: its machine, number, and a key of its own."""
    return f"{_machine()} {os.getpid()} {secrets.token_hex(4)}"


def has_ended(name: str) -> bool:
    """Whether a process runs no more; only one of this machine can be known to."""
    machine, _blank, rest = name.partition(" ")
    number = rest.partition(" ")[0]
    return machine == _machine() and number.isdecimal() and not _lives(int(number))


def is_gone(name: str, heartbeat: datetime | None) -> bool:
    """Whether nobody works any more on what a process held, so that it may be taken over.

    In: when that process told last that it lives. For whoever asks again and again: of another
    machine's, it takes `SILENCE` from the first time that this one saw that sign of life.
    """
    return has_ended(name) or heartbeat is None or _is_silent(name, heartbeat)


def looks_gone(name: str, heartbeat: datetime | None) -> bool:
    """The same for whoever asks once, to tell a person: by the clocks of the two machines. What is
    ahead of this one's clock says only that another sign has to follow."""
    if has_ended(name) or heartbeat is None:
        return True
    age = timezone.now() - heartbeat
    return age > SILENCE if age >= -SILENCE else _is_silent(name, heartbeat)


def _is_silent(name: str, heartbeat: datetime) -> bool:
    """Whether a sign of life is still the last one, long after it was seen first."""
    return monotonic() - _first_seen(name, heartbeat) > SILENCE.total_seconds()


@lru_cache(maxsize=1000)  # of those that are asked about again, all are kept
def _first_seen(name: str, heartbeat: datetime) -> float:
    """When this process saw a sign of life first; seconds."""
    return monotonic()


def _machine() -> str:
    return socket.gethostname()[:40]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
