"""What pip installs is what pyproject.toml asks for."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from talkarchive.bootstrap import BASE_DIR, LOCKS
from tests.lock import BUILD

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]


def locked(lock: str) -> dict[str, set[str]]:
    """By a package's name: the versions that a lock has of it, for one Python or another."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (BASE_DIR / lock).read_text(), re.M):
        versions.setdefault(canonicalize_name(name), set()).add(version)
    return versions


def asked_for(extra: str) -> Iterator[Requirement]:
    """What the project takes to run, with the extras that its own extra names."""
    yield from map(Requirement, PROJECT["dependencies"])
    for requirement in map(Requirement, PROJECT["optional-dependencies"].get(extra, ())):
        if requirement.name != PROJECT["name"]:
            yield requirement
        for other in requirement.extras if requirement.name == PROJECT["name"] else ():
            yield from map(Requirement, PROJECT["optional-dependencies"][other])


@pytest.mark.parametrize("extra", LOCKS)
def test_the_lock_has_what_the_project_asks_for(extra: str) -> None:
    versions = locked(LOCKS[extra])
    for requirement in asked_for(extra):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement}: run “python3 -m tests.lock”"
        assert all(map(requirement.specifier.contains, found)), f"{requirement}, not {found}"


def test_the_tests_run_with_what_users_get() -> None:
    tested = locked(LOCKS["test"])
    assert {name: tested.get(name) for name in locked(LOCKS[""])} == locked(LOCKS[""])


@pytest.mark.parametrize("lock", [*LOCKS.values(), BUILD])
def test_the_lock_names_no_place_to_install_from(lock: str) -> None:
    assert "://" not in (BASE_DIR / lock).read_text()


def test_the_package_is_built_with_what_it_asks_for() -> None:
    pyproject = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
    build = locked(BUILD)
    assert pyproject["dependency-groups"]["build"] == pyproject["build-system"]["requires"]
    for requirement in map(Requirement, pyproject["build-system"]["requires"]):
        assert all(map(requirement.specifier.contains, build[requirement.name]))
    tested = locked(LOCKS["test"])
    assert {name: tested.get(name) for name in build} == build
