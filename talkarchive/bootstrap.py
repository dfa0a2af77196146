"""Makes the project's own Python environment, so that a fresh checkout runs at once.

Standard library only: it runs before anything is installed.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
MINIMUM_PYTHON = (3, 11)


def ensure_environment(extra: str = "") -> None:
    """Go on in an environment that has the dependencies of pyproject.toml.

    In: `extra`, the name of an optional dependency group that is needed as well.
    In a virtual environment of the user's own that has Django, nothing is done. Otherwise
    `.venv` is made or brought up to date with pyproject.toml, and the same command starts
    again inside it; then this call does not return.
    """
    inside = Path(sys.prefix) == VENV
    own = sys.prefix != sys.base_prefix and not inside
    if own and not extra and importlib.util.find_spec("django"):
        return
    if sys.version_info < MINIMUM_PYTHON:
        sys.exit(
            "talkarchive needs Python {}.{} or newer; this is {}.{}.".format(
                *MINIMUM_PYTHON, *sys.version_info[:2]
            )
        )
    if not inside and not (VENV / "bin" / "python").exists():
        print(f"Making the Python environment in {VENV} (once) …", file=sys.stderr)
        venv.create(VENV, with_pip=True)
    _install(extra)
    if not inside:
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *sys.orig_argv[1:]])


def _install(extra: str) -> None:
    """Install what pyproject.toml names, unless that was done for this very file."""
    source = (BASE_DIR / "pyproject.toml").read_bytes()
    stamp = VENV / f"installed-{extra or 'base'}"
    digest = hashlib.sha256(source).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    project = tomllib.loads(source.decode())["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    print("Installing talkarchive's dependencies …", file=sys.stderr)
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    done = subprocess.run([*command, "--disable-pip-version-check", *wanted])
    if done.returncode:
        sys.exit("The dependencies could not be installed; pip's message above says why.")
    stamp.write_text(digest)
