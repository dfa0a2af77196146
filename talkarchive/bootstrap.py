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
# By the name of what is needed beyond running: the versions that pip installs, with their
# hashes. `python3 -m tests.lock` makes them from pyproject.toml.
LOCKS = {"": "requirements.txt", "test": "requirements-test.txt"}


def ensure_environment(extra: str = "") -> None:
    """Go on in an environment that has the dependencies of pyproject.toml.

    In: `extra`, the optional dependencies that are needed as well: "test", or none.
    In a virtual environment of the user's own that has Django, nothing is done. Otherwise
    `.venv` is made, the same command starts again inside it (then this call does not
    return), and there the locked versions are installed where the lock has changed
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
    """Install the locked versions, unless that was done for this very file."""
    if _stamp(extra).exists() and _stamp(extra).read_text() == _digest(extra):
        return
    print("Installing talkarchive's dependencies …", file=sys.stderr)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Whoever only runs the archive may not be able to write where compiled modules are kept.
    compiled = ["--no-compile"] if extra else []
    arguments = ["--require-hashes", "--requirement", str(BASE_DIR / LOCKS[extra])]
    if subprocess.run([*command, *compiled, *arguments], check=False).returncode:
        sys.exit("The dependencies could not be installed; pip's message above says why.")
    importlib.invalidate_caches()
    for installed in {"", extra}:  # every lock has what running takes, in the same versions
        _stamp(installed).write_text(_digest(installed))


def _stamp(extra: str) -> Path:
    """The file that says what was installed last."""
    return VENV / f"installed-{LOCKS[extra]}"


def _digest(extra: str) -> str:
    """Of a lock and of this Python: a newer one in the same place has none of its packages."""
    lock = (BASE_DIR / LOCKS[extra]).read_bytes()
    return hashlib.sha256(lock + sys.version.encode()).hexdigest()
