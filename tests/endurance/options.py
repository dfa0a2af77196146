"""What is asked for, and what is told."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: see `__main__.py`."""

    database: str
    comments: int
    pages: int
    seconds: int
    kills: int
    requests: int
    outage: int


@dataclass(slots=True)
class Told:
    """Lines of a table, and what does not hold."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def check(self, holds: bool, what: str) -> None:
        if not holds:
            self.faults.append(what)
