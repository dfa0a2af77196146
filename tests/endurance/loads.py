"""Many readers at once, by wrk, whose own work is small."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# Asks for one address after the other, each thread from another one on.
SCRIPT = """
local paths = {%s}
local place = 0
function setup(thread) thread:set("place", math.random(#paths)) end
function request()
  place = place %% #paths + 1
  return wrk.format("GET", paths[place])
end
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
QUANTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.M)
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
ERRORS = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a load: answers a second, milliseconds, and how many were none or errors."""

    rate: float
    p50: float
    p99: float
    errors: int
    said: str  # of the errors, by wrk, and when that was, in UTC; "" for none


def load(port: int, paths: Sequence[str], *, clients: int, seconds: int) -> Figures:
    """Ask for these addresses, so many at once, for so long."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        command = ["wrk", "--threads=1", f"--connections={clients}", f"--duration={seconds}s"]
        command += ["--latency", "--timeout=60s", f"--script={Path(script.name)}"]
        begin = datetime.now(UTC)
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    told = {
        share: float(number) * UNITS[unit] for share, number, unit in QUANTILE.findall(done.stdout)
    }
    rate = RATE.search(done.stdout)
    assert rate, done.stdout
    errors = ERRORS.search(done.stdout)
    refused = REFUSED.search(done.stdout)
    found = " ".join(each[0] for each in (errors, refused) if each)
    span = f"{begin:%H:%M:%S} to {datetime.now(UTC):%H:%M:%S}"
    return Figures(
        float(rate[1]),
        told["50"],
        told["99"],
        sum(map(int, errors.groups() if errors else ())) + int(refused[1] if refused else 0),
        f"{span}: {found}" if found else "",
    )
