"""The units of deploy/systemd are what systemd takes, and what they allow is little."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, unit

UNITS = sorted(
    path.name for path in (DEPLOY / "systemd").iterdir() if path.suffix in (".service", ".timer")
)
SERVICES = [name for name in UNITS if name.endswith(".service")]
PROGRAM = "/usr/local/lib/talkarchive/bin/talkarchive"
# Of ten, for the worst; Debian's own services have up to 9.6.
EXPOSURE = 2.0

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)


def analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they are, but for the program, which is not installed here."""
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        (tmp_path / name).write_text(text.replace(PROGRAM, shutil.which("true") or ""))
    return tmp_path


def test_there_are_the_three_units() -> None:
    assert UNITS == [
        "talkarchive-backup.service",
        "talkarchive-backup.timer",
        "talkarchive.service",
    ]


def test_systemd_takes_them(installed: Path) -> None:
    done = analyze("verify", "--man=no", *(str(installed / name) for name in UNITS))
    ours = [line for line in done.stderr.splitlines() if "talkarchive" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_systemd_would_tell_what_it_does_not_take(installed: Path) -> None:
    file = installed / "talkarchive.service"
    file.write_text(file.read_text().replace("ProtectSystem=strict", "ProtectSystem=strictly"))
    assert "strictly" in analyze("verify", "--man=no", str(file)).stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little(installed: Path, name: str) -> None:
    done = analyze(
        "security", "--offline=yes", f"--threshold={EXPOSURE * 10:.0f}", str(installed / name)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Overall exposure level for \S+: ", done.stdout)


def test_both_services_work_on_one_archive_with_the_same_rights() -> None:
    """A backup that its own service may not make would be noticed when it is needed."""
    served, kept = map(unit, ("talkarchive.service", "talkarchive-backup.service"))
    same = {"User", "Group", "Environment", "EnvironmentFile", "StateDirectory"}
    hardening = {key for key in served if re.match("Protect|Private|Restrict|SystemCall|Cap", key)}
    assert len(hardening) > 15
    for key in same | hardening:
        assert served[key] == kept[key], key
    assert kept["ReadWritePaths"] == ["-/var/backups/talkarchive"]


def test_times_of_backups_are_times(installed: Path) -> None:
    (when,) = unit("talkarchive-backup.timer")["OnCalendar"]
    assert analyze("calendar", when).returncode == 0


def test_the_user_is_made_as_the_services_name_it() -> None:
    made = re.findall(r"^u (\w+) ", (DEPLOY / "systemd" / "talkarchive.sysusers").read_text(), re.M)
    assert made == unit("talkarchive.service")["User"]
