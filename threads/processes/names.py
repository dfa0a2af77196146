"""What a process is known by to others, and whether it still runs.

One that died is noticed at once on its own machine, and elsewhere by its silence. Clocks of two
machines may differ, and one may be set back: a sign of life that is ahead of this machine's clock
says only that another one has to follow it.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta
from time import monotonic

from django.utils import timezone

SILENCE = timedelta(minutes=5)  # of another machine, after which its work may be taken over

# Signs of life that are ahead, by whose they are, and when this process saw them first.
_ahead: dict[str, tuple[datetime, float]] = {}


def process_name() -> str:
    """This process's name: its machine, number, and a key of its own."""
    return f"{_machine()} {os.getpid()} {secrets.token_hex(4)}"


def has_ended(name: str) -> bool:
    """Whether a process runs no more; only one of this machine can be known to."""
    machine, _blank, rest = name.partition(" ")
    number = rest.partition(" ")[0]
    return machine == _machine() and number.isdecimal() and not _lives(int(number))


def is_gone(name: str, heartbeat: datetime | None) -> bool:
    """Whether nobody works any more on what a process held. In: when it told last that it lives."""
    if has_ended(name) or heartbeat is None:
        return True
    age = timezone.now() - heartbeat
    if age >= -SILENCE:
        _ahead.pop(name, None)
        return age > SILENCE
    return _is_silent(name, heartbeat, monotonic())


def _is_silent(name: str, heartbeat: datetime, now: float) -> bool:
    """Whether a sign of life that is ahead is still the last one, long after it was seen first."""
    seen, since = _ahead.get(name, (None, now))
    if seen != heartbeat:
        since = now
    _ahead[name] = heartbeat, since
    return now - since > SILENCE.total_seconds()


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
