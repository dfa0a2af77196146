"""What stands in the files of deploy/."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from talkarchive.bootstrap import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
OPERATIONS = BASE_DIR / "docs" / "operations.md"
SECTIONS = ("Containers", "systemd", "Behind a proxy")


def instructions() -> list[tuple[str, str]]:
    """Of the Dockerfile: each instruction with its arguments, in order."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.M)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage of the Dockerfile; the first has what stands before them."""
    found: list[list[tuple[str, str]]] = [[]]
    for instruction in instructions():
        if instruction[0] == "FROM":
            found.append([])
        found[-1].append(instruction)
    return found


def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return told


def unit(name: str) -> dict[str, list[str]]:
    """The settings of a unit of systemd, whatever section they stand in."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "systemd" / name).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, _sign, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def documented(section: str) -> str:
    """What docs/operations.md says under a heading."""
    return re.split(r"^## ", OPERATIONS.read_text().partition(f"\n## {section}\n")[2], flags=re.M)[
        0
    ]


def command_lines() -> Iterator[list[str]]:
    """The arguments of each `talkarchive` that deploy/ and its documentation have somebody run."""
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix not in (".yaml", ".py", ".txt"):
            yield from _called(path.read_text())
    for section in SECTIONS:
        blocks = re.findall(r"^```sh\n(.*?)^```", documented(section), re.M | re.S)
        yield from _called("".join(blocks).replace("\\\n", " "))
    for service in compose()["services"].values():
        if service.get("image") == "talkarchive":
            yield service["command"]
    (command,) = (told for name, told in stages()[-1] if name == "CMD")
    yield yaml.safe_load(command)


def _called(text: str) -> Iterator[list[str]]:
    """What follows the program's name in lines that run it, by itself or in a container."""
    inside = r"docker compose (?:run --rm web|exec web talkarchive)"
    outside = r"(?:^ExecStart=|[\s=])(?:/\S+/)?bin/talkarchive"
    for line in text.splitlines():
        called = re.search(rf"(?:{inside}|{outside}) (.+)$", line)
        if called and called[1] != '"$@"':  # what somebody else gives
            yield shlex.split(called[1])


def variables() -> dict[str, Path]:
    """The environment variables that are set anywhere in deploy/, with a file that does."""
    found: dict[str, Path] = {}
    for path in DEPLOY.rglob("*"):
        if not path.is_file() or path.suffix == ".txt":
            continue
        text = path.read_text()
        if path.name == "Dockerfile":
            text = "\n".join(told for name, told in instructions() if name == "ENV")
        found |= dict.fromkeys(re.findall(r"(?:^|[\s#=])([A-Z][A-Z_]+)=", text), path)
        found |= dict.fromkeys(re.findall(r"\$\{([A-Z_]+)", text), path)
    found |= {
        name: COMPOSE
        for service in compose()["services"].values()
        for name in service.get("environment", ())
    }
    return found
