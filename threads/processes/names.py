"""What a process is known by to others, and whether it still runs.

One that died is noticed at once on its own machine, and elsewhere by its silence.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta

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
    """Whether nobody works any more on what a process held. In: when it told last that it lives."""
    return has_ended(name) or heartbeat is None or timezone.now() - heartbeat > SILENCE


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
