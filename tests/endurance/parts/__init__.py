"""What is measured, one function each: each gives lines of a table, and what does not hold."""

from collections.abc import Callable

from tests.endurance.trials import Options, Told

from .clock import clock_back
from .disks import disks
from .hosts import hosts
from .kills import kills
from .memory import memory
from .outages import outages
from .readers import readers
from .round_trips import round_trips

PARTS: dict[str, Callable[[Options], Told]] = {
    "readers": readers,
    "kills": kills,
    "outages": outages,
    "disks": disks,
    "clock": clock_back,
    "hosts": hosts,
    "memory": memory,
    "round_trips": round_trips,
}
# The programs that a part needs besides those of the tests: what brings them in Debian.
PROGRAMS: dict[str, dict[str, str]] = {
    "readers": {"wrk": "wrk"},
    "memory": {"wrk": "wrk"},
    "clock": {"cc": "gcc", "unshare": "util-linux"},
    "hosts": {"ip": "iproute2"},
    "disks": {"mkfs.ext4": "e2fsprogs", "losetup": "mount"},
}
AS_ROOT = {"clock", "disks", "hosts"}
