"""An earlier copy, of which is kept what would be made again."""

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self
from zlib import crc32

from .plan import Plan

STATES = "talkarchive-states.txt"


class Record(NamedTuple):
    """What a copy notes of pages that are made together, by the path of the first of them."""

    path: str
    state: str = ""  # what they are made of; "" where that is not known
    asked: str = ""  # digests of the files that they lead to, or would if these were there

    @classmethod
    def of(cls, path: str, state: str, asked: Iterable[str]) -> Self:
        return cls(path, state, " ".join(sorted(map(_digest, asked))))

    @property
    def line(self) -> str:
        return "\t".join(self) + "\n"


class Earlier:
    """An earlier copy. In: its folder, and the paths that links of the new one may lead to."""

    def __init__(self, folder: Path, paths: frozenset[str]) -> None:
        self._known = {record.path: record for record in _read(folder / STATES)}
        changed = self._known.keys() ^ paths
        self._changed = {_digest(path) for path in changed}  # came to the copy, or left it

    def kept(self, path: str, state: str) -> Record | None:
        """What it notes of the pages that begin with this one, if they would be the same now."""
        known = self._known.get(path)
        if known is None or known.state != state:
            return None
        return known if self._changed.isdisjoint(known.asked.split()) else None


def keep(plan: Plan, paths: Iterable[str]) -> bool:
    """Put these files of the earlier copy into the new one; out: whether all of them were there."""
    done: list[str] = []
    for path in paths:
        new = f"{plan.folder}/{path}"
        try:
            _link(f"{plan.earlier}/{path}", new)
        except FileNotFoundError:
            for each in done:  # what would be written to them would be written to the earlier ones
                os.unlink(each)
            return False
        done.append(new)
    return True


def keep_equal(plan: Plan) -> int:
    """Let all files that are the same as before be those of the earlier copy, with the time at
    which they were written. Out: how many are others."""
    others = 0
    for new in _files(plan.folder):
        if os.stat(new).st_nlink > 1:
            continue
        old = f"{plan.earlier}{new.removeprefix(str(plan.folder))}"
        is_there = plan.earlier is not None and os.path.isfile(old)
        is_equal = is_there and filecmp.cmp(old, new, shallow=False)
        if is_equal:
            os.unlink(new)
            _link(old, new)
        others += not is_equal
    return others


def write_records(plan: Plan, job: str, records: Iterable[Record]) -> None:
    """Keep what a job has noted until all is done."""
    name = f"states-{sha256(job.encode()).hexdigest()}"
    Path(plan.work, name).write_text("".join(each.line for each in records), encoding="ascii")


def write_states(plan: Plan, paths: Iterable[str]) -> None:
    """Write the records of all pages. In: the paths that links may lead to."""
    records = {path: Record(path) for path in paths}
    for file in plan.work.glob("states-*"):
        records |= {record.path: record for record in _read(file)}
    lines = (records[path].line for path in sorted(records))
    with Path(plan.folder, STATES).open("w", encoding="ascii") as states:
        states.writelines(lines)


def _read(file: Path) -> Iterator[Record]:
    """Nothing of a copy that has noted none."""
    with suppress(FileNotFoundError), file.open(encoding="ascii") as lines:
        for line in lines:
            yield Record(*line.rstrip("\n").split("\t"))


def _files(folder: Path) -> Iterator[str]:
    for within, _folders, names in os.walk(folder):
        yield from (f"{within}/{name}" for name in names)


def _link(old: str, new: str) -> None:
    """The same file in both folders; where the file system has no such files, a copy. Raises
    FileNotFoundError for one that is not there."""
    os.makedirs(os.path.dirname(new), exist_ok=True)
    try:
        os.link(old, new)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(old, new)


def _digest(path: str) -> str:
    return f"{crc32(path.encode()):08x}"
