"""Makes the project's own Python environment, so that a fresh checkout runs at once.

Standard library only, and readable by older Pythons: it runs before anything is
installed, and says what is missing instead of failing on it.
"""

import hashlib
import importlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
MINIMUM_PYTHON = (3, 11)


def ensure_environment(extra: str = "") -> None:
    """Go on in an environment that has the dependencies of pyproject.toml.

    In: `extra`, the name of an optional dependency group that is needed as well.
    In a virtual environment of the user's own that has Django, nothing is done. Otherwise
    `.venv` is made, the same command starts again inside it (then this call does not
    return), and there the dependencies are installed where pyproject.toml has changed
    since. Where that cannot be done: exits, saying why and what helps.
    """
    if sys.version_info < MINIMUM_PYTHON:
        sys.exit(
            "talkarchive needs Python {}.{} or newer; this is {}.{}.".format(
                *MINIMUM_PYTHON, *sys.version_info[:2]
            )
        )
    inside = Path(sys.prefix) == VENV
    own = sys.prefix != sys.base_prefix and not inside
    if own and not extra and find_spec("django"):
        return
    try:
        if inside:
            _install(extra)
            return
        _make()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here.")
    python = str(VENV / "bin" / "python")
    os.execv(python, [python, *sys.orig_argv[1:]])


def _make() -> None:
    """Make `.venv`, or finish one whose making was interrupted."""
    complete = VENV / "complete"
    if complete.exists() and (VENV / "bin" / "python").exists():
        return
    if not find_spec("venv") or not find_spec("ensurepip"):
        sys.exit(
            "Python's venv module is missing. On Debian and Ubuntu, install it with\n"
            "    apt-get install python3-venv\nand run the same command again."
        )
    if not os.access(VENV if VENV.exists() else BASE_DIR, os.W_OK):
        sys.exit(
            f"{BASE_DIR} is not writable, so no Python environment can be made in it.\n"
            "Run this from a copy of your own, or in a virtual environment of your own\n"
            "that has the dependencies of pyproject.toml."
        )
    print(f"Making the Python environment in {VENV} (once) …", file=sys.stderr)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        sys.exit("The Python environment could not be made; the message above says why.")
    complete.touch()


def _install(extra: str) -> None:
    """Install what pyproject.toml names, unless that was done for this very file."""
    source = (BASE_DIR / "pyproject.toml").read_bytes()
    # A newer Python in the same place has none of the packages of the older one.
    digest = hashlib.sha256(source + sys.version.encode()).hexdigest()
    stamps = {VENV / f"installed-{group}" for group in ("base", extra or "base")}
    if all(stamp.exists() and stamp.read_text() == digest for stamp in stamps):
        return
    tomllib = importlib.import_module("tomllib")  # not there before Python 3.11
    project = tomllib.loads(source.decode())["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    print("Installing talkarchive's dependencies …", file=sys.stderr)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *wanted], check=False).returncode:
        sys.exit("The dependencies could not be installed; pip's message above says why.")
    importlib.invalidate_caches()
    for stamp in stamps:
        stamp.write_text(digest)
