"""What the archive is made of, told in the form that tools for that read."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom

from talkarchive.bootstrap import BASE_DIR, LOCKS
from tests.sbom import document, packages
from tests.test_lock import locked

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
LOCK = (BASE_DIR / LOCKS[""]).read_text()
# CycloneDX 1.6, “JSON Reference”: what each kind of object must have, and the form of it.
FORMS = {
    "bom-ref": r".+",
    "name": r".+",
    "purl": r"pkg:pypi/[a-z0-9-]+@[^\s@]+",
    "type": r"application|library",
    "version": r"[^\s]+",
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document(LOCK, PROJECT)


def test_it_has_the_structure_of_cyclonedx(made: dict[str, Any]) -> None:
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    for component in [made["metadata"]["component"], *made["components"]]:
        for name, form in FORMS.items():
            assert re.fullmatch(form, component[name]), component
    refs = [component["bom-ref"] for component in made["components"]]
    refs.append(made["metadata"]["component"]["bom-ref"])
    assert len(set(refs)) == len(refs)
    assert sorted(each["ref"] for each in made["dependencies"]) == sorted(refs)
    assert {below for each in made["dependencies"] for below in each["dependsOn"]} <= set(refs)


def test_a_tool_reads_it(made: dict[str, Any]) -> None:
    read = Bom.from_json(json.loads(json.dumps(made)))  # type: ignore[attr-defined]

    assert read.validate()
    assert len(read.components) == len(made["components"])


def test_it_lists_what_the_lock_does_with_all_hashes(made: dict[str, Any]) -> None:
    listed = {(each["name"], each["version"]) for each in made["components"]}
    assert listed == {
        (name, one) for name, versions in locked(LOCKS[""]).items() for one in versions
    }
    hashes = [hash_["content"] for each in made["components"] for hash_ in each["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:(\w+)", LOCK))


def test_it_says_what_needs_what(made: dict[str, Any]) -> None:
    needs = {each["ref"]: each["dependsOn"] for each in made["dependencies"]}
    names = {
        ref.split("@")[0]: {one.split("@")[0] for one in below} for ref, below in needs.items()
    }
    assert {"pkg:pypi/django", "pkg:pypi/nh3"} <= names["pkg:pypi/talkarchive"]
    assert "pkg:pypi/sqlparse" in names["pkg:pypi/django"]
    assert "pkg:pypi/sqlparse" not in names["pkg:pypi/talkarchive"]
    assert all(package.needed_by for package in packages(LOCK))


def test_the_command_writes_it_the_same_each_time(tmp_path: Path, made: dict[str, Any]) -> None:
    file = tmp_path / "sbom.json"
    for _time in range(2):
        command = [sys.executable, "-m", "tests.sbom", str(file)]
        subprocess.run(command, cwd=BASE_DIR, check=True)
        assert json.loads(file.read_text()) == made
