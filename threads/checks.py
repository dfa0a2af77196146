"""What is found missing of an installation before a command of `manage.py` begins."""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from talkarchive.configuration.caches import FOLDER, PACKAGES
from talkarchive.configuration.data_folder import check_secret_key, nearest

from .database import has_database
from .presentation.assets import FILES

# Of what an operator can break: commands of ours run these checks. Django's others are of the
# code; they import all addresses and the admin, and are run by `check`, `serve` and `demo`.
TAG = "archive"
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5  # as Django's check --deploy (security.W009) has them


def missing(databases: Sequence[str] | None = None) -> list[CheckMessage]:
    """What these checks find, without Django's; in: the databases that are looked into."""
    checks = (check_files, check_key, check_page_cache, check_index)
    return [found for check in checks for found in check(databases=databases)]


def check_files(**_asked: Any) -> list[CheckMessage]:
    """The files that pages are made with: without them, each page would be an error."""
    return [
        Error(
            _("%(path)s is missing: pages cannot be shown without it.") % {"path": path},
            hint=_("Restore it from the clone of talkarchive, for example with “git restore .”"),
            id="threads.E001",
        )
        for path in _missing()
    ]


def check_key(**_asked: Any) -> list[CheckMessage]:
    """The secret key, which need not be there yet; one that is given, by Django's own measure.

    Raises ImproperlyConfigured, which is told as it is, where it cannot be made or read.
    """
    if not settings.KEY_IS_GIVEN:
        check_secret_key(Path(settings.DATA_DIR))
        return []
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_CHARACTERS:
        return []
    said = _("SECRET_KEY is easy to guess. It should have at least %(shortest)s random characters.")
    hint = _("Set a longer key, or unset SECRET_KEY: one is then made and kept in the data folder.")
    return [Warning(said % {"shortest": SHORTEST_KEY}, hint=hint, id="threads.W003")]


def check_page_cache(**_asked: Any) -> list[CheckMessage]:
    """Whether pages can be kept: without that, each is made anew for every reader."""
    cache = settings.CACHES["pages"]
    try:
        if cache["BACKEND"] == FOLDER:
            _look_at_folder(Path(cache["LOCATION"]))
        else:
            _try_server(cache["BACKEND"])
    except Exception as error:  # whatever a cache is made of
        return [_no_cache(cache, error)]
    return []


def _no_cache(cache: Mapping[str, Any], error: Exception) -> CheckMessage:
    """In: the settings of a cache that cannot be used. Its address may hold a password."""
    if cache["BACKEND"] == FOLDER:
        said = _(
            "Pages cannot be cached in %(folder)s: %(reason)s. Each page is generated again for "
            "every reader."
        )
        hint = _(
            "Set CACHE_URL to a folder that can be written, for example file:///var/cache/talk."
        )
        told = {"folder": cache["LOCATION"], "reason": getattr(error, "strerror", error)}
    else:
        said = _(
            "The cache in CACHE_URL cannot be used: %(reason)s. Each page is generated again for "
            "every reader."
        )
        hint = _("Start the cache, or unset CACHE_URL.")
        told = {"reason": error}
    return Warning(said % told, hint=hint, id="threads.W002")


def _look_at_folder(folder: Path) -> None:
    """Raises OSError where nothing can be kept; makes no folder."""
    if settings.READ_ONLY and folder.parent == settings.DATA_DIR:
        return  # nothing needs to be kept in a folder that is only to be read
    if not os.access(nearest(folder), os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _try_server(backend: str) -> None:
    """Raises an error where what is kept is not found again: memcached's client tells the first
    times only that nobody answers."""
    pages = caches["pages"]
    pages.set("threads-check", True, timeout=60)
    if backend in PACKAGES and not pages.get("threads-check"):
        raise ConnectionError(_("what is stored there is not found again"))


def check_index(*, databases: Sequence[str] | None = None, **_asked: Any) -> list[CheckMessage]:
    """The index of words; in: `databases`, those that the command was asked to look into."""
    return [
        Warning(
            _("The search index is incomplete: search does not find everything."),
            hint=_("Run “%(program)s rebuild_search”. Readers and imports are not interrupted.")
            % {"program": settings.PROGRAM},
            id="threads.W001",
        )
        for database in databases or ()
        if _is_to_be_filled(database)
    ]


def _is_to_be_filled(database: str) -> bool:
    if not has_database():
        return False
    state = apps.get_model("threads", "SearchState")  # models come after the app that checks them
    tables = connections[database].introspection.table_names()
    return state._meta.db_table in tables and state._default_manager.using(database).exists()


def _missing() -> Iterator[Path | str]:
    for name in FILES:
        if not finders.find(f"threads/{name}"):
            yield f"static/threads/{name}"
    for code, _name in settings.LANGUAGES:
        for folder in settings.LOCALE_PATHS:
            path = Path(folder, to_locale(code), "LC_MESSAGES", "django.mo")
            if code != settings.LANGUAGE_CODE and not path.exists():
                yield path
