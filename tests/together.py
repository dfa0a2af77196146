"""python -m tests.together: commands of an archive after one another, in one process.

What they begin with, as the import of all views, they then do once. Standard input is JSON, the
words of each command; standard output too, what each said. It ends with the first that fails.
"""

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper

from tests.forks import run


def said_by(command: list[str]) -> str:
    """What it says, on both streams. Raises SystemExit, with all of it, where it fails."""
    out, error = _stream(), _stream()
    try:
        with redirect_stdout(out), redirect_stderr(error):
            run(command)
    except SystemExit as end:
        if end.code:
            raise SystemExit(f"{command}: {_text(out, error)}{end.code}") from end
    return _text(out, error)


def _stream() -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)


def _text(*streams: TextIOWrapper) -> str:
    for stream in streams:
        stream.seek(0)
    return "".join(stream.read() for stream in streams)


if __name__ == "__main__":
    json.dump([said_by(command) for command in json.load(sys.stdin)], sys.stdout)
