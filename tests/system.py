"""What the tests need besides Python: found, or installed where that is allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

# What is looked for: the distribution's packages that may bring it, the first that works.
PACKAGES = {
    "caddy": ("caddy",),
    "headless shell": ("chromium-headless-shell",),
    "chromium": ("chromium", "chromium-browser"),
    "libatomic": ("libatomic1",),
    # php-cgi, because PHP would otherwise bring the Apache server.
    "mediawiki": ("php-cgi php-cli php-sqlite3 python3-pygments mediawiki",),
    "neomutt": ("neomutt",),
    "nginx": ("nginx-light", "nginx"),
    "openssl": ("openssl",),
    "postgres": ("postgresql",),
    "systemd-analyze": ("systemd",),
    "kiwix-serve": ("kiwix-tools",),
    "zimcheck": ("zim-tools",),
}
# Only saves time: the same Chromium without windows opens a page with a sixth of the work.
OPTIONAL = {"headless shell"}


def headless_shell() -> str | None:
    """The path of a Chromium that has no windows at all, or None."""
    return shutil.which("chromium-headless-shell")


def chromium() -> str | None:
    """The path of a Chromium, the quickest that there is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return headless_shell() or next((path for path in map(shutil.which, names) if path), None)


def libatomic() -> str | None:
    """The library that Playwright's own Node.js needs, by name, or None."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return None
    return "libatomic.so.1"


def mediawiki() -> str | None:
    """The folder of MediaWiki's program, if there is also the PHP to run it; or None."""
    folder = Path("/usr/share/mediawiki")
    php = shutil.which("php")
    if not php or not (folder / "maintenance" / "install.php").exists():
        return None
    asked = subprocess.run([php, "-m"], check=False, capture_output=True, text=True)
    return str(folder) if "pdo_sqlite" in asked.stdout else None


def postgres() -> str | None:
    """The folder of the newest PostgreSQL server's programs, or None."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return str(max(folders, key=lambda path: float(path.parent.name)))
    initdb = shutil.which("initdb")
    return str(Path(initdb).resolve().parent) if initdb else None


def nginx() -> str | None:
    """The path of nginx, which is not on every user's PATH, or None."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


FINDERS: dict[str, Callable[[], str | None]] = {
    "caddy": lambda: shutil.which("caddy"),
    "headless shell": headless_shell,
    "chromium": chromium,
    "libatomic": libatomic,
    "mediawiki": mediawiki,
    "neomutt": lambda: shutil.which("neomutt"),
    "nginx": nginx,
    "openssl": lambda: shutil.which("openssl"),
    "postgres": postgres,
    "systemd-analyze": lambda: shutil.which("systemd-analyze"),
    "kiwix-serve": lambda: shutil.which("kiwix-serve"),
    "zimcheck": lambda: shutil.which("zimcheck"),
}


def ensure_programs() -> dict[str, str]:
    """Install what is missing from the distribution's packages.

    Out: for each program that is still missing, and not optional, why.
    """
    missing = _missing()
    if not missing:
        return {}
    needed = [name for name in missing if name not in OPTIONAL]
    become_root = _become_root()
    if become_root is None:
        return {
            name: f"installing {PACKAGES[name][0]} needs root or passwordless sudo"
            for name in needed
        }
    if not shutil.which("apt-get"):
        return dict.fromkeys(needed, "there is no apt-get here to install it with")
    print("Installing", ", ".join(PACKAGES[name][0] for name in missing), "…", file=sys.stderr)
    _apt_get(become_root, "update")
    for name in missing:
        for package in PACKAGES[name]:
            if name not in _missing():
                break
            _apt_get(become_root, "install", "--yes", "--no-install-recommends", *package.split())
    return {
        name: f"apt-get could not install {PACKAGES[name][0]}; its message above says why"
        for name in _missing()
        if name in needed
    }


def _missing() -> list[str]:
    return [name for name, find in FINDERS.items() if not find()]


def _become_root() -> list[str] | None:
    """What to put before a command so that root runs it; None where that is not allowed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def _apt_get(become_root: list[str], *arguments: str) -> None:
    command = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    subprocess.run(
        [*command, "-o", "DPkg::Lock::Timeout=120", *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )
