"""Static files under names that change with their content, packed, made once."""

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.staticfiles.finders import get_finders

from talkarchive.bootstrap import BASE_DIR
from talkarchive.configuration.data_folder import has_room


@contextmanager
def place_for_static(data: Path) -> Iterator[Path]:
    """The data folder; where they are not there nor can be written, one that goes at the end."""
    if _are_collected(data) or has_room(data):
        yield data
        return
    with TemporaryDirectory(prefix="talkarchive-static-") as folder:
        yield Path(folder)


def collect(folder: Path, command: list[str], environment: Mapping[str, str]) -> bool:
    """Collect the static files where they have changed since.

    In: the folder above theirs, which is named “static”, and the command that collects them.
    Out: whether they are there.
    """
    if _are_collected(folder):
        return True
    done = subprocess.run(
        [*command, "--noinput", "--verbosity=0"], cwd=BASE_DIR, env=dict(environment), check=False
    )
    if done.returncode == 0:
        _stamp(folder).write_text(fingerprint())
    return done.returncode == 0


def _are_collected(folder: Path) -> bool:
    stamp = _stamp(folder)
    return stamp.exists() and stamp.read_text() == fingerprint()


def _stamp(folder: Path) -> Path:
    return folder / "static" / "collected"


def fingerprint() -> str:
    """Another one where a file is another, or has changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                content = hashlib.sha256(file.read()).digest()
            digest.update(f"{name} ".encode() + content)
    return digest.hexdigest()
