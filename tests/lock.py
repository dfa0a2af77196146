"""python3 -m tests.lock: the newest versions that pyproject.toml allows, with their hashes.

Writes requirements.txt (what running takes), requirements-test.txt (the tests too) and
deploy/requirements-build.txt (what building the package takes). They
hold for every system and every Python from the oldest one on; what pip installs from them is
what the tests ran with.
"""

import subprocess
import sys
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR, LOCKS, MINIMUM_PYTHON, ensure_environment

UV = "pip compile --universal --generate-hashes --no-header --quiet"
RUNNING = ["pyproject.toml", "--extra=postgres", "--extra=metrics"]
BUILD = "deploy/requirements-build.txt"


def main() -> int:
    ensure_environment("test")
    test, base = LOCKS["test"], LOCKS[""]
    for options in (
        ["pyproject.toml", "--upgrade", "--extra=test", f"--output-file={test}"],
        # The same versions.
        [*RUNNING, f"--constraint={test}", f"--output-file={base}"],
        ["--group=build", f"--constraint={test}", f"--output-file={BUILD}"],
    ):
        oldest = ".".join(map(str, MINIMUM_PYTHON))
        uv = Path(sys.executable).with_name("uv")
        command = [str(uv), *UV.split(), f"--python-version={oldest}", *options]
        if code := subprocess.run(command, cwd=BASE_DIR, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
