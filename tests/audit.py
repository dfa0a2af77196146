"""python3 -m tests.audit: whether a version that users get is known to be vulnerable.

Asks the Python Package Index, by pip-audit, about each line of requirements.txt. Where that
cannot be reached, or knows nothing of the packages, it says so: pip-audit alone would say that
it found nothing.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from talkarchive.bootstrap import BASE_DIR, LOCKS, ensure_environment

PATIENCE = 120  # seconds
OPTIONS = "--disable-pip --require-hashes --format=json --progress-spinner=off"
UNREACHED = "no answer, so the dependencies were not audited"


@dataclass
class Audit:
    """What came of it: a sentence for each vulnerable package, and what was not answered."""

    found: list[str] = field(default_factory=list)
    unanswered: str = ""  # "" where every package was looked up


def audit() -> Audit:
    """Ask about what requirements.txt installs on this machine."""
    program = Path(sys.executable).with_name("pip-audit")
    command = [str(program), *OPTIONS.split(), f"--requirement={LOCKS['']}"]
    try:
        done = subprocess.run(
            command, cwd=BASE_DIR, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return Audit(unanswered=UNREACHED)
    return read(done.stdout)


def read(report: str) -> Audit:
    """In: pip-audit's JSON; something else where it broke off."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return Audit(unanswered=UNREACHED)
    found = [
        f"{package['name']} {package['version']} has {vulnerability['id']}, mended in "
        + (", ".join(vulnerability["fix_versions"]) or "no version yet")
        for package in packages
        for vulnerability in package.get("vulns", ())
    ]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        return Audit(unanswered=UNREACHED)
    return Audit(found, f"nothing was told of {', '.join(unknown)}" if unknown else "")


def main() -> int:
    ensure_environment("test")
    made = audit()
    lines = [*made.found, *([f"Advisories: {made.unanswered}"] if made.unanswered else [])]
    print(*(lines or ["No known vulnerabilities."]), sep="\n")
    return int(bool(made.found))


if __name__ == "__main__":
    sys.exit(main())
