"""What all work on a copy has in common."""

from dataclasses import dataclass
from pathlib import Path

from .scope import Scope


@dataclass(frozen=True, slots=True)
class Plan:
    """Which copy is made, and where."""

    scope: Scope
    languages: tuple[str, ...]  # codes; the first one's pages are at the top
    folder: Path  # that is being filled
    work: Path  # what is needed until it is
    notes_states: bool = False  # for copies that will be brought up to date
    earlier: Path | None = None  # a copy of which is kept what would be the same


@dataclass(frozen=True, slots=True)
class Job:
    """Some of the work, for any process."""

    kind: str
    keys: tuple[str, ...]


def write(path: str | Path, body: bytes) -> None:
    """A file of a copy, with the folders that it is in."""
    try:
        with open(path, "wb") as file:  # Path.open takes twice as long
            file.write(body)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(body)
