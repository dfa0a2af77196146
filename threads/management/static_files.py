"""Static files under names that change with their content, packed, made once."""

import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders


def collect(folder: Path, command: list[str], environment: Mapping[str, str]) -> bool:
    """Collect the static files where they have changed since.

    In: the data folder, and the command that collects them. Out: whether they are there.
    """
    stamp = folder / "static" / "collected"
    found = fingerprint()
    if stamp.exists() and stamp.read_text() == found:
        return True
    done = subprocess.run(
        [*command, "--noinput", "--verbosity=0"], env=dict(environment), check=False
    )
    if done.returncode == 0:
        stamp.write_text(found)
    return done.returncode == 0


def fingerprint() -> str:
    """Another one where a file is another, or has changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                content = hashlib.sha256(file.read()).digest()
            digest.update(f"{name} ".encode() + content)
    return digest.hexdigest()
