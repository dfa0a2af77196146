"""The processor's seconds that processes had."""

import os
from contextlib import suppress
from pathlib import Path

from tests.servers import children_of

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(*numbers: int) -> float:
    """Of these processes, of those below them, and of those that they waited for."""
    ticks, waiting = 0, list(numbers)
    while waiting:
        number = waiting.pop()
        waiting += children_of(number)
        with suppress(OSError):
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # proc(5): utime, stime, cutime, cstime
    return ticks / TICKS
