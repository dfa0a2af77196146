"""Each environment variable refuses what it cannot mean, before anything is done."""

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.variables import settings_variables

SECRET = "s3cret"
# By variable, what it cannot mean.
WRONG = {
    "ALLOWED_HOSTS": [",", "https://talk.example.org", "talk.example.org:80", "::1", "a b"],
    "API_REQUESTS": ["-2", "many"],
    "CACHE_MEGABYTES": ["-1", "1.5"],
    "CACHE_URL": [SECRET, f"redis://:{SECRET}@h:port/0", f"redis://[{SECRET}"],
    "CSP_REPORTS": ["http://talk.example.org"],
    "CSRF_TRUSTED_ORIGINS": ["talk.example.org", "https://talk.example.org/", "https://"],
    "DATABASE_IS_THERE": ["now"],
    "DATABASE_URL": [SECRET, f"postgres://[{SECRET}", f"postgres://ada:{SECRET}@db.example.org"],
    "DEBUG": ["perhaps"],
    "HIDDEN_NAMESPACES": ["a", "-1", "2;3"],
    "HSTS": ["foo"],
    "HTTPS": ["maybe", "https"],
    "IMPORT_CONTACT": ["ada@example.org\nX: y", "ädä@example.org", "ada"],
    "IMPORT_PRIVATE_HOSTS": ["http://x/", "10.0.0.0/8", "a@b"],
    "IMPORT_PROCESSES": ["0", "-1", "all"],
    "LOG_FORMAT": ["xml"],
    "LOG_LEVEL": ["loud"],
    "MAX_DUMP_RATIO": ["0"],
    "MAX_PAGE_BYTES": ["0", "2M"],
    "METRICS": ["2"],
    "PARSE_TOKEN": [f"{SECRET} and more", f"{SECRET}ü"],
    "READER_TIMEOUT": ["-1", "3000000", "30s"],
    "READ_ONLY": ["ja"],
    "REFUSED_CRAWLERS": ["a/b"],
    "RIGHTS_TEXT": ["CC BY 4.0\nor later"],
    "RIGHTS_URL": ["creativecommons.org", "javascript:alert(1)", 'https://x.example/"onclick='],
    "ROBOTS_LINES": ["Disallow", "Disallow: /x\nAllow: /"],
    "SEARCH_ENGINES": ["pages"],
    "SECOND_FACTOR": ["always"],
    "SERVING": ["now"],
    "STATIC_FOLDER": ["/proc/x", "/dev/null"],
    "TALKARCHIVE_DATA": ["/proc/x", "/dev/null"],
    "TALKARCHIVE_IMAGES": ["https://meta.wikimedia.org"],
    "TRUSTED_PROXIES": ["-1", "nginx"],
}
ANYTHING_IS_RIGHT = {"SECRET_KEY"}


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in settings_variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TALKARCHIVE_DATA", str(tmp_path))


def read() -> dict[str, Any]:
    """The settings as of the environment."""
    spec = importlib.util.find_spec("talkarchive.settings")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)  # beside the one that is in use
    spec.loader.exec_module(module)
    return {name: value for name, value in vars(module).items() if name.isupper()}


def test_all_variables_are_tried() -> None:
    assert WRONG.keys() | ANYTHING_IS_RIGHT == settings_variables()


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, some in WRONG.items() for v in some])
def test_what_a_variable_cannot_mean_is_refused_with_what_is_valid(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    said = str(refused.value)
    assert name in said
    assert (SECRET if SECRET in value else "\n") not in said
    assert SECRET in value or value.splitlines()[0] in said
    assert any(word in said for word in ("set it to", "give", "write", "Name another"))


def test_a_variable_that_is_empty_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    plain = read()
    for name in settings_variables() - {"TALKARCHIVE_DATA"}:
        monkeypatch.setenv(name, " ")
    assert {name for name, value in read().items() if _told(value) != _told(plain[name])} == set()


def test_an_empty_data_folder_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKARCHIVE_DATA", "")
    assert read()["DATA_DIR"] == read()["DATA"]


def _told(value: object) -> str:
    return str(value) if isinstance(value, (str, int, list, dict, Path)) else ""
