"""A copied process is to its beginner what one is that Python itself was started for."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from talkarchive.bootstrap import BASE_DIR
from tests.forks import IMPORTED, LONGEST, fork

TELLS = """
import json, os, sys
print(json.dumps([sys.argv, sys.stdin.read(), os.getcwd(), sys.path[0], __name__, __file__]))
print(sorted(name for name in os.environ if name != "LC_CTYPE"), file=sys.stderr)
"""
WITH_LEFT = "import atexit, sys\natexit.register(print, 'left')\nprint('entered')\n"
ENDS = [
    ("", 0),
    ("sys.exit(7)", 7),
    ("sys.exit()", 0),
    ("sys.exit(300)", 44),
    ("sys.exit('not so')", 1),
    ("import threading\nthreading.Timer(0.1, print, ['later']).start()", 0),
    ("raise ValueError('odd')", 1),
    ("import os\nsys.stdout.flush()\nos.kill(os.getpid(), 9)", -signal.SIGKILL),
    ("import os\nsys.stdout.flush()\nos._exit(3)", 3),
]


def started(*command: str, given: str = "") -> tuple[int, str, str]:
    """What comes of it where Python is started for it."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=os.environ,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def copied(*command: str, given: str = "") -> tuple[int, str, str]:
    with fork(*command, environment=os.environ) as process:
        out, error = process.communicate(given)
    return process.wait(), out, error


def program(folder: Path, text: str) -> str:
    path = folder / "program.py"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("given", ["", "a word\n" * 20_000], ids=["nothing", "much"])
def test_it_has_the_arguments_input_folder_and_environment_that_it_was_given(
    tmp_path: Path, given: str
) -> None:
    command = (program(tmp_path, TELLS), "--one", "two words")
    one, other = copied(*command, given=given), started(*command, given=given)
    assert one[0] == other[0] == 0
    assert one[2] == other[2]
    # The folder that modules are found in is the one of `manage.py`, which is where it begins.
    assert one[1].replace(str(BASE_DIR), str(tmp_path)) == other[1].replace(
        str(BASE_DIR), str(tmp_path)
    )


@pytest.mark.parametrize(("end", "code"), ENDS, ids=[end for end, _code in ENDS])
def test_it_ends_as_a_process_does(tmp_path: Path, end: str, code: int) -> None:
    command = program(tmp_path, WITH_LEFT + end)
    one, other = copied(command), started(command)
    assert one[:2] == other[:2]
    assert one[0] == code
    assert one[2].splitlines()[-1:] == other[2].splitlines()[-1:]


def test_it_leaves_one_file_of_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lamps'}"
    text = "import django\ndjango.setup()\nfrom django.db import connection\n"
    text += "connection.cursor().execute('CREATE TABLE lamps (lit)')"
    environment = {**os.environ, "TALKARCHIVE_DATA": str(tmp_path), "DATABASE_URL": url}
    with fork("-c", text, environment=environment) as process:
        assert process.communicate() == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == ["lamps"]


def test_a_module_is_begun_too() -> None:
    command = ("-m", "threads.wikitext", "--title", "Talk:Lamps")
    assert copied(*command, given="Lit.") == started(*command, given="Lit.")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_can_be_ended_from_without(tmp_path: Path, number: int) -> None:
    waits = program(tmp_path, "import time\nprint('entered', flush=True)\ntime.sleep(600)")
    with fork(waits, environment=os.environ) as process:
        assert process.stdout.readline() == "entered\n"
        assert process.poll() is None
        process.kill() if number == signal.SIGKILL else process.terminate()
    assert process.returncode == -number
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_two_at_once_are_two(tmp_path: Path) -> None:
    waits = program(tmp_path, "import sys\nprint(sys.stdin.read())")
    with (
        fork(waits, environment=os.environ) as one,
        fork(waits, environment=os.environ) as other,
    ):
        assert one.pid != other.pid
        assert other.communicate("b")[0] == "b\n"
        assert one.communicate("a")[0] == "a\n"


def test_what_is_passed_is_open_in_it(tmp_path: Path) -> None:
    tells = program(tmp_path, "import os\nfor number in (3, 4): os.write(number, b'told')")
    with (tmp_path / "one").open("wb") as one, (tmp_path / "other").open("wb") as other:
        passed = (one.fileno(), other.fileno())
        with fork(tells, environment=os.environ, passed=passed) as process:
            assert process.communicate() == ("", "")
    assert [(tmp_path / name).read_text() for name in ("one", "other")] == ["told", "told"]


def test_one_without_a_privilege_has_none_of_its_beginners(tmp_path: Path) -> None:
    (tmp_path / "kept").touch(mode=0o400)
    writes = program(tmp_path, f"open({str(tmp_path / 'kept')!r}, 'w')")
    before = (
        ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if not os.geteuid() else ()
    )
    with fork(writes, environment=os.environ, before=before) as process:
        assert "PermissionError" in process.communicate()[1]


def test_what_is_imported_before_has_no_settings() -> None:
    """They would be those of the process that is copied."""
    say = "'django.conf' in sys.modules and sys.modules['django.conf'].settings.configured"
    imports = f"import sys, {', '.join(IMPORTED)}; sys.exit({say})"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.no_such_settings"}
    command = [sys.executable, "-c", imports]
    assert subprocess.run(command, cwd=BASE_DIR, env=environment, check=False).returncode == 0


def test_what_is_too_long_to_be_told_is_refused() -> None:
    with pytest.raises(OSError, match="long"):
        fork("x" * 10 * LONGEST, environment={})
