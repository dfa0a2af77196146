"""Hosts of their own on this machine: network namespaces of Linux's; only root can make them."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from tests.endurance.commands import PATH, run

NETWORK = "192.0.2"  # for documentation: RFC 5737
SWITCH = "switch"
_KIND = 0x40000000  # CLONE_NEWNET, of setns(2)


class Network:
    """Hosts that reach one another over a switch, and nothing else."""

    def __init__(self) -> None:
        self._name = f"talkarchive-{token_hex(3)}"
        self._hosts: list[str] = []

    def build(self, *hosts: str) -> None:
        """In: their names, of at most 15 letters."""
        for host in (SWITCH, *hosts):
            run("ip", "netns", "add", self._space(host))
            self._hosts.append(host)
            self._ip(host, "link", "set", "lo", "up")
        self._ip(SWITCH, "link", "add", "name", SWITCH, "up", "type", "bridge")
        for host in hosts:
            port = ("peer", "name", host, "netns", self._space(SWITCH))
            self._ip(host, "link", "add", "name", "eth0", "type", "veth", *port)
            self._ip(host, "address", "add", f"{self.address(host)}/24", "dev", "eth0")
            self._ip(host, "link", "set", "eth0", "up")
            self._ip(SWITCH, "link", "set", "dev", host, "master", SWITCH, "up")

    def remove(self) -> None:
        """With their cables; processes on them go on, cut off."""
        for host in self._hosts:
            run("ip", "netns", "delete", self._space(host))

    def address(self, host: str) -> str:
        return f"{NETWORK}.{self._hosts.index(host)}"

    def before(self, host: str) -> tuple[str, ...]:
        """What begins a command that is to run on a host."""
        return (shutil.which("ip", path=PATH) or "ip", "netns", "exec", self._space(host))

    @contextmanager
    def inside(self, host: str) -> Iterator[None]:
        """What this thread begins meanwhile runs on that host."""
        with Path("/proc/thread-self/ns/net").open() as outside:
            with Path("/run/netns", self._space(host)).open() as space:
                _enter(space.fileno())
            try:
                yield
            finally:
                _enter(outside.fileno())

    def unplug(self, host: str) -> None:
        """Take out its cable."""
        self._ip(SWITCH, "link", "set", "dev", host, "down")

    def plug(self, host: str) -> None:
        self._ip(SWITCH, "link", "set", "dev", host, "up")

    def _ip(self, host: str, *words: str) -> None:
        run("ip", "-n", self._space(host), *words)

    def _space(self, host: str) -> str:
        return f"{self._name}-{host}"


@contextmanager
def network(*hosts: str) -> Iterator[Network]:
    """Hosts of these names, which are gone at the end."""
    made = Network()
    try:
        made.build(*hosts)
        yield made
    finally:
        made.remove()


def _enter(space: int) -> None:
    """In: a file descriptor of the namespace."""
    if ctypes.CDLL(None, use_errno=True).setns(space, _KIND):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
