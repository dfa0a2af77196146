"""Programs of the system's, which only root has on its PATH."""

import os
import subprocess

PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"


def run(*command: str, good: tuple[int, ...] = (0,)) -> str:
    """What a program says that has to end with one of these."""
    environment = {**os.environ, "PATH": PATH}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode in good, f"{' '.join(command)}: {done.stderr}"
    return done.stdout
