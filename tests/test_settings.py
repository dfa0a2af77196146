"""What the settings make of the machine they find."""

import os
import sqlite3
import stat
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from packaging.requirements import Requirement

from talkarchive.bootstrap import BASE_DIR
from talkarchive.configuration import components, databases
from talkarchive.configuration.caches import page_cache
from talkarchive.configuration.data_folder import _keep, data_folder, secret_key
from talkarchive.configuration.databases import database
from talkarchive.configuration.indexing import AI_CRAWLERS, KINDS, indexed_kinds, refused_crawlers
from talkarchive.configuration.security import image_hosts
from talkarchive.installation import EXTRAS, VERSION
from tests.forks import completed


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert secret_key(tmp_path) != secret_key(tmp_path / "other")


def test_a_data_folder_that_cannot_be_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="TALKARCHIVE_DATA"):
        data_folder(tmp_path / "file" / "data")


def manage(**environment: str) -> "subprocess.CompletedProcess[str]":
    """A command in an environment with these variables."""
    return completed("manage.py", "migrate", "--verbosity=0", environment=os.environ | environment)


def test_manage_says_so_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = manage(TALKARCHIVE_DATA=str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stderr.startswith("The data folder ")
    assert "Traceback" not in done.stderr


def test_search_engines_get_all_nothing_or_some_kinds_of_pages() -> None:
    assert indexed_kinds(["all"]) == KINDS
    assert indexed_kinds(["None"]) == frozenset()
    assert indexed_kinds(["home", " page"]) == {"home", "page"}
    for wrong in (["pages"], ["all", "home"], [], [""]):
        with pytest.raises(ImproperlyConfigured, match="SEARCH_ENGINES"):
            indexed_kinds(wrong)


def test_programs_are_refused_by_name_or_as_those_that_collect_for_language_models() -> None:
    assert refused_crawlers([]) == ()
    assert refused_crawlers(["ai", "Lamp-Bot", "GPTBot"]) == (*AI_CRAWLERS, "Lamp-Bot")
    with pytest.raises(ImproperlyConfigured, match="REFUSED_CRAWLERS"):
        refused_crawlers(["Lamp\nAllow: /"])


def test_pictures_come_from_hosts_only() -> None:
    assert image_hosts([" Meta.wikimedia.org", ""]) == ["meta.wikimedia.org"]
    for wrong in ("https://meta.wikimedia.org", "*", "a.example; script-src *"):
        with pytest.raises(ImproperlyConfigured, match="TALKARCHIVE_IMAGES"):
            image_hosts([wrong])


@pytest.mark.parametrize("content", ["", " \n", None])
def test_a_secret_key_that_cannot_be_used_is_named(tmp_path: Path, content: str | None) -> None:
    """An empty file, or in its place a folder, which cannot be read."""
    path = tmp_path / "secret_key"
    if content is None:
        path.mkdir()
    else:
        path.write_text(content)
    with pytest.raises(ImproperlyConfigured, match=r"secret_key .*SECRET_KEY"):
        secret_key(tmp_path)


def test_processes_that_begin_at_once_keep_one_key(tmp_path: Path) -> None:
    _keep(tmp_path / "secret_key", "first")
    _keep(tmp_path / "secret_key", "second")
    assert secret_key(tmp_path) == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    "url",
    [
        "s3cret",
        "postgres://ada:s3/cret@db.example.org/archive",
        "postgres://ada:s3cret@db.example.org:port/archive",
        "mysql://ada:s3cret@db.example.org/archive",
        "postgres://ada:s3cret@[db/archive",
    ],
)
def test_a_database_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as caught:
        database(url)
    assert "s3" not in str(caught.value)


def test_what_sqlite_has_done_survives_that_the_power_fails(tmp_path: Path) -> None:
    options: Any = database(f"sqlite:///{tmp_path}/archive")["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "archive")) as opened:
        opened.executescript(options["init_command"])
        assert opened.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_file_that_is_gone_is_not_made_anew_for_readers(tmp_path: Path) -> None:
    """Who had opened a new one would go on with that when the archive's is back."""
    file = tmp_path / "50% of archive"
    file.touch()
    options: Any = database(f"sqlite:///{quote(str(file))}", is_there=True)["OPTIONS"]
    with closing(sqlite3.connect(options["database"], uri=True)) as opened:
        opened.execute("CREATE TABLE kept (word)")
    assert file.stat().st_size
    file.unlink()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(options["database"], uri=True)
    assert not file.exists()


def test_readers_are_served_from_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "has_room", lambda _folder: False)
    (tmp_path / "archive").touch()
    (tmp_path / "archive-wal").touch()  # what a writer left that found no room
    options: Any = database(f"sqlite:///{tmp_path}/archive", read_only=True)["OPTIONS"]
    assert options["database"].endswith("?immutable=1")


def test_what_is_not_installed_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "find_spec", lambda _name: None)
    for extra, command in EXTRAS.items():
        with pytest.raises(ImproperlyConfigured) as refused:
            components.require("METRICS", "is on", extra, command)
        assert "METRICS is on" in str(refused.value)
        assert command in str(refused.value)


def test_what_an_extra_installs_is_what_the_project_names() -> None:
    extras = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    for extra, command in EXTRAS.items():
        packages = [Requirement(each).name for each in extras["optional-dependencies"][extra]]
        assert all(package in command for package in packages)


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_the_version_is_that_of_the_archive(asked: str) -> None:
    done = completed("manage.py", asked, environment=os.environ)
    assert done.stdout == f"{VERSION}\n"


def test_a_data_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "100% of #1? & more"
    done = manage(TALKARCHIVE_DATA=str(folder), DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in folder.iterdir()} == {
        "archive.json",
        "secret_key",
        "talkarchive.sqlite3",
    }


@pytest.mark.parametrize(
    ("url", "backend", "location"),
    [
        ("", "talkarchive.configuration.caches.FolderCache", "/data/cache"),
        ("file:///var/a%20cache", "talkarchive.configuration.caches.FolderCache", "/var/a cache"),
        ("redis://u:p@h:1/2", "django.core.cache.backends.redis.RedisCache", "redis://u:p@h:1/2"),
        ("memcached://h:1", "django.core.cache.backends.memcached.PyMemcacheCache", "h:1"),
    ],
)
def test_pages_are_kept_where_an_address_says(url: str, backend: str, location: str) -> None:
    made = page_cache(url, Path("/data/cache"), 1)
    assert (made["BACKEND"], made["LOCATION"]) == (backend, location)
    assert made["OPTIONS"], "its bound, or how long a server is waited for"


@pytest.mark.parametrize("url", ["redis:secret", "http://secret/", "secret", "file://"])
def test_what_is_no_address_of_a_cache_is_refused_and_not_told(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL") as refused:
        page_cache(url, Path("/data/cache"), 1)
    assert "secret" not in str(refused.value)


def test_no_room_is_no_cache() -> None:
    assert "Dummy" in page_cache("", Path("/data/cache"), 0)["BACKEND"]


def test_a_command_tells_of_a_variable_that_cannot_be_used() -> None:
    done = manage(MAX_PAGE_BYTES="2M")
    assert done.returncode == 1
    assert done.stderr == ("MAX_PAGE_BYTES is “2M”: set it to a whole number of 1 or more.\n")
