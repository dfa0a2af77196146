"""How the archive is installed: as a package, or as a checkout of its repository.

A package has the files that are not Python's inside it, where pyproject.toml puts them.
"""

from pathlib import Path

import platformdirs

from .bootstrap import BASE_DIR

# The same as in pyproject.toml: a checkout is not installed, and has no other place to tell it.
VERSION = "0.1.0"

PACKAGED = Path(__file__).resolve().parent / "files"
IS_PACKAGE = PACKAGED.is_dir()

# The folder that has templates/, static/ and fixtures/demo/.
FILES = PACKAGED if IS_PACKAGE else BASE_DIR

# What a command begins with, in sentences that name one.
PROGRAM = "talkarchive" if IS_PACKAGE else "python3 manage.py"

# Where data is kept if nobody says so.
DATA = Path(platformdirs.user_data_dir("talkarchive")) if IS_PACKAGE else BASE_DIR / "data"

# The commands that add what is needed for some things only: pyproject.toml's extras.
EXTRAS = {
    extra: f'pip install "talkarchive[{extra}]"' if IS_PACKAGE else f".venv/bin/pip install {own}"
    for extra, own in {
        "cluster": "distributed",
        "metrics": "prometheus-client",
        "otp": "django-otp segno",
        "postgres": "psycopg2-binary",
        "zim": "'libzim<3.7'",
    }.items()
}
