"""The files of deploy/ fit the checkout, the settings and the commands, and give nothing away."""

import re
import runpy
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from talkarchive.bootstrap import BASE_DIR
from tests.deploy.files import (
    COMPOSE,
    DEPLOY,
    SECTIONS,
    command_lines,
    compose,
    documented,
    instructions,
    stages,
    unit,
    variables,
)
from tests.variables import settings_variables
from tests.webserver import Answer, web_server
from threads.management.supervising import PATIENCE

# Whoever else reads variables: Python, pip, the shell, PostgreSQL's image.
OTHERS = re.compile(r"PATH|LANG|PYTHON\w*|PIP_\w+|POSTGRES_(USER|DB|PASSWORD)")


def copied() -> list[str]:
    """What the image takes from the checkout."""
    copies = [told.split() for name, told in instructions() if name == "COPY"]
    return [
        source for words in copies if not words[0].startswith("--from") for source in words[:-1]
    ]


def test_what_an_image_copies_is_there_and_reaches_docker() -> None:
    kept = [
        line.removeprefix("!")
        for line in (BASE_DIR / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    for source in copied():
        assert (BASE_DIR / source).exists(), source
        assert source in kept, f".dockerignore keeps {source} from Docker"
    assert sorted(kept) == sorted(copied())


def test_an_image_has_no_more_than_the_package_is_built_of() -> None:
    """What pyproject.toml names; else the wheel of an image would be another one."""
    text = (BASE_DIR / "pyproject.toml").read_text()
    (packages,) = re.findall(r"^packages = \[(.*)\]", text, re.M)
    included = re.findall(r'^"([\w/]+)" = "talkarchive/files', text, re.M)
    folders = {source for source in copied() if (BASE_DIR / source).is_dir()}
    assert folders == {*re.findall(r"\w+", packages), *included}


def test_an_image_is_run_by_a_user_with_a_number() -> None:
    told = dict(stages()[-1])
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", told["USER"])
    assert told["ENTRYPOINT"] == '["talkarchive"]'
    assert {"HEALTHCHECK", "STOPSIGNAL", "EXPOSE", "VOLUME"} <= told.keys()


def test_an_image_installs_only_what_is_locked() -> None:
    runs = " && ".join(told for name, told in instructions() if name == "RUN")
    installs = [step for step in runs.split("&&") if re.search(r"pip (install|wheel)", step)]
    assert len(installs) >= 3
    for step in installs:
        assert "--require-hashes" in step or "--no-deps" in step, step
        assert "--require-hashes" in step or re.search("--no-(index|build-isolation)", step), step


@pytest.mark.parametrize("name", ["web", "worker", "database"])
def test_a_container_may_do_little(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert any(each.startswith("/tmp") for each in service["tmpfs"])
    assert service["restart"] == "unless-stopped"


def test_one_container_migrates_and_the_worker_waits_for_it() -> None:
    services = compose()["services"]
    assert "--no-worker" in services["web"]["command"]
    assert "--no-migrate" not in services["web"]["command"]
    assert services["worker"]["depends_on"]["web"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["database"]["condition"] == "service_healthy"
        assert services[name]["volumes"] == ["data:/data"]
    assert set(compose()["volumes"]) == {"data", "database"}


def test_only_this_machine_reaches_a_container() -> None:
    published = [each for one in compose()["services"].values() for each in one.get("ports", ())]
    assert published
    assert all(each.startswith("127.0.0.1:") for each in published)


def test_nobody_is_killed_before_the_archive_has_ended() -> None:
    for name in ("web", "worker"):
        grace = compose()["services"][name]["stop_grace_period"]
        assert int(grace.removesuffix("s")) > PATIENCE
    assert int(unit("talkarchive.service")["TimeoutStopSec"][0]) > PATIENCE


def test_variables_are_known_to_the_settings() -> None:
    known = settings_variables()
    for name, path in variables().items():
        assert name in known or OTHERS.fullmatch(name), f"{name} in {path}"
    assert {"HTTPS", "TRUSTED_PROXIES", "ALLOWED_HOSTS"} <= variables().keys()


def test_secrets_are_nobodys_but_the_operators() -> None:
    for line in (DEPLOY / "example.env").read_text().splitlines():
        if re.match(r"#?\w*(PASSWORD|KEY|TOKEN|SECRET)\w*=", line):
            assert line.endswith("="), line
    assert not re.search(r"PASSWORD: [^$]", COMPOSE.read_text())


def test_commands_are_there_with_their_options() -> None:
    lines = list(command_lines())
    assert ["backup", "/var/backups/talkarchive/", "--keep", "14"] in lines
    assert ["worker"] in lines
    for name, *arguments in lines:
        application = get_commands()[name]
        command = load_command_class(str(application), name)
        command.create_parser("talkarchive", name).parse_args(arguments)


@pytest.mark.parametrize("section", SECTIONS)
def test_files_that_the_documentation_names_are_there(section: str) -> None:
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", documented(section)))
    assert named
    for path in named:
        assert (BASE_DIR / path).exists(), path


def test_every_file_is_told_of() -> None:
    text = "".join(map(documented, SECTIONS))
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name not in ("health.py", "requirements-build.txt"):
            assert path.name in text, f"docs/operations.md does not name {path.name}"


def health(port: int, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(DEPLOY / "health.py"), str(port)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_container_is_well_where_the_archive_says_so() -> None:
    with web_server([Answer(b"ok"), Answer(b"The database is gone.", status=503)]) as server:
        assert health(server.port, ALLOWED_HOSTS=".talk.example.org,127.0.0.1").returncode == 0
        assert server.asked[0].path == "/healthz"
        assert server.asked[0].headers["Host"] == "talk.example.org"
        ill = health(server.port, http_proxy="http://127.0.0.1:1")
        assert server.asked[1].headers["Host"] == "127.0.0.1"
    assert ill.returncode == 1
    assert "The database is gone." in ill.stderr
    away = health(server.port)
    assert (away.returncode, "Traceback" in away.stderr) == (1, False)


@pytest.mark.parametrize("names", ["", "*", " talk.example.org , *", ".talk.example.org"])
def test_a_container_asks_for_a_host_that_is_answered(
    names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", names)
    told = runpy.run_path(str(DEPLOY / "health.py"))["name"]()
    patterns = [name.strip() for name in names.split(",")] if names else ["127.0.0.1"]
    assert any(fnmatch(f".{told}", f"*{pattern}") for pattern in patterns)


def test_what_docker_is_told_to_ignore_is_all_but_what_it_needs(tmp_path: Path) -> None:
    lines = (BASE_DIR / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert rules[-1] == "**/__pycache__"
