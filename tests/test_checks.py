"""What is found missing of an installation."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache.backends.redis import RedisCache
from pytest_django import Settings

from talkarchive.configuration.caches import page_cache
from threads import checks
from threads.models import SearchState


def test_nothing_is_missing_here() -> None:
    assert checks.check_files() == []


def test_a_missing_stylesheet_or_script_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    find: Callable[[str], object] = finders.find
    folder = Path(settings.BASE_DIR, "static/threads")
    loaded = [*folder.glob("*.css"), *folder.rglob("*.js")]
    names = {f"threads/{path.relative_to(folder)}" for path in loaded if "copy" not in path.parts}
    names -= {"threads/admin.css"}  # the admin's own
    monkeypatch.setattr(finders, "find", lambda path: None if path in names else find(path))
    said = " ".join(message.msg for message in checks.check_files())
    assert [name for name in names if f"static/{name} is missing" not in said] == []


def test_a_missing_translation_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    said = [message.msg for message in checks.check_files()]
    assert len(said) == len(settings.LANGUAGES) - 1
    assert f"{tmp_path}/de/LC_MESSAGES/django.mo is missing" in "".join(said)


@pytest.mark.parametrize(
    ("key", "found"),
    [("short", ["threads.W003"]), ("ab" * 30, ["threads.W003"]), ("s3cret" * 9, [])],
)
def test_a_key_that_is_easy_to_guess_is_told(
    settings: Settings, key: str, found: list[str]
) -> None:
    settings.KEY_IS_GIVEN, settings.SECRET_KEY = True, key
    assert [message.id for message in checks.check_key()] == found


def test_a_folder_in_which_no_page_can_be_kept_is_named_with_the_remedy(
    settings: Settings, tmp_path: Path
) -> None:
    assert checks.check_page_cache() == []
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "pages"
    settings.CACHES = settings.CACHES | {"pages": page_cache("", folder, megabytes=1)}
    (said,) = checks.check_page_cache()
    assert str(folder) in said.msg
    assert "CACHE_URL" in (said.hint or "")


@pytest.mark.parametrize("address", ["redis://:secret@127.0.0.1:1/0", "memcached://127.0.0.1:1"])
def test_a_cache_that_cannot_be_used_is_told_with_the_remedy(
    settings: Settings, tmp_path: Path, address: str
) -> None:
    settings.CACHES = settings.CACHES | {"pages": page_cache(address, tmp_path, megabytes=1)}
    (said,) = checks.check_page_cache()
    assert "CACHE_URL" in said.msg
    assert said.hint == "Start the cache, or unset CACHE_URL."
    assert "secret" not in said.msg


def test_a_cache_that_keeps_nothing_is_told_though_it_raises_no_error(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CACHES = settings.CACHES | {
        "pages": page_cache("redis://127.0.0.1:1", tmp_path, megabytes=1)
    }
    monkeypatch.setattr(RedisCache, "set", lambda *given, **named: None)
    monkeypatch.setattr(RedisCache, "get", lambda *given, **named: None)
    (said,) = checks.check_page_cache()
    assert "not found again" in said.msg


@pytest.mark.django_db
def test_an_index_that_is_not_complete_is_told_where_the_database_is_looked_into() -> None:
    whole = checks.check_index(databases=["default"])
    SearchState.objects.create()
    said = checks.check_index(databases=["default"])

    assert whole == checks.check_index(databases=None) == []
    assert ["rebuild_search" in (message.hint or "") for message in said] == [True]
