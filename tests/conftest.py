"""What all tests share: no network, the right database, nothing slow for its own sake."""

import gc
import ipaddress
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

import talkarchive.urls  # noqa: F401 (what the admin has)
from tests import system
from tests.chromium import browser as browser
from tests.migrated import migrated_database
from threads.http.limits import PAST, WHOLE, Limit
from threads.http.schema import SchemaMiddleware
from threads.models import Collection, Wiki
from threads.presentation.page import layout, parts
from threads.store import count_collection, recount

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("long", deadline=None, max_examples=20_000, database=None)
hypothesis.settings.load_profile("dev")

# What Python reports before it reaches out: the place of the host, or of the address.
REACHING_OUT = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def refuse_network(
    event: str, arguments: tuple[Any, ...], places: Mapping[str, int] = REACHING_OUT
) -> None:
    """An audit hook: only this machine may be talked to. It outlives the names of this module."""
    if event not in places:
        return
    address = arguments[places[event]]
    host = address[0] if isinstance(address, tuple) else address
    if not is_local(host):
        raise NetworkRefused(f"Tests talk to no other machine; this one tried {host!r}.")


def is_local(host: object) -> bool:
    """Whether it is this machine: a loopback address, a Unix socket's path, or none at all."""
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str) or host in ("", "localhost") or host.startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--without-postgres", action="store_true", help="skip what would run on PostgreSQL"
    )
    parser.addoption("--kills", type=int, default=5, help="how often imports are killed, at least")
    parser.addoption(
        "--odd-answers",
        default="50",
        help="how many imports meet odd answers, each way, or from which on: 50, 7300:7400",
    )
    parser.addoption("--requests", type=int, default=500, help="how many requests are made up")
    parser.addoption("--dumps", type=int, default=40, help="how many broken dumps are imported")
    parser.addoption("--dumps-from", type=int, default=0, help="the first one's seed")


def pytest_configure() -> None:
    sys.addaudithook(refuse_network)
    # What is told to stop ends in order: with its workers, which xdist sends a SIGINT, and with
    # what they have started. Begun in the background, a process would ignore that.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    gc.disable()  # until all is collected: nothing of that goes


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second run, on PostgreSQL, is for the tests whose outcome depends on the database.
    Those that need it are in that run alone.

    Browser tests are not among them: they are about pages, and the views behind those are
    tested on both. Nor are those that are marked: accounts and their log are Django's own.
    """
    refuse_chance(items)
    no_postgres: bool = config.getoption("--without-postgres")
    no_browser = not (system.chromium() and system.libatomic())
    no_mediawiki = not system.mediawiki()
    if no_postgres or connection.vendor == "postgresql":
        chosen = [item for item in items if depends_on_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen
    else:
        later = [item for item in items if item.get_closest_marker("postgresql") is not None]
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if item not in later]
    for item in items:
        if no_postgres:
            item.add_marker(pytest.mark.skip(reason="no PostgreSQL is installed"))
        elif no_browser and is_browser(item):
            item.add_marker(pytest.mark.skip(reason="Chromium or what drives it is missing"))
        elif no_mediawiki and item.get_closest_marker("mediawiki") is not None:
            item.add_marker(pytest.mark.skip(reason="MediaWiki or what runs it is missing"))


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what was imported, and look less often.

    It would go through hundreds of thousands of objects again and again that stay to the end:
    a tenth of the work of the tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


def refuse_chance(items: list[pytest.Item]) -> None:
    """What is made once for a module is there for all its tests with a database: tests/once.py."""
    once: dict[object, set[str]] = {}
    for item in items:
        names = {name for name in getattr(item, "fixturenames", ()) if name.endswith("_once")}
        once.setdefault(getattr(item, "module", None), set()).update(names)
    for item in items:
        missing = once[getattr(item, "module", None)] - set(getattr(item, "fixturenames", ()))
        if missing and has_database(item):
            raise pytest.UsageError(f"{item.nodeid} must use {missing}, as others of its module do")


def is_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def depends_on_database(item: pytest.Item) -> bool:
    if is_browser(item) or item.get_closest_marker("any_database") is not None:
        return False
    return has_database(item)


def has_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "live_server"}
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """A database for each worker; SQLite in a file, as in a real archive: in memory it locks
    differently. Nobody waits for the disk: no test is about power that fails.
    """
    if connection.vendor == "sqlite":
        path: Path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        settings = connections["default"].settings_dict
        settings["TEST"]["NAME"] = str(path)
        settings["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The test database, and the template that archives of their own are copied from."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # of all workers
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(migrated_database(folder / "migrated"))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords in no time; Django's own way takes half a second on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_are_made_anew() -> Iterator[None]:
    """What a template is given is not kept with a page, and some tests look at it."""
    none = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    with override_settings(CACHES={**settings.CACHES, "pages": none}):
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_found_once() -> Iterator[None]:
    """A server looks for them when it starts, and each client of a test has one of its own: for
    that it would take as long as for a page. They stay what they are while the tests run.
    """
    found: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True)
def _nobody_asks_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test asked for and did not read to its end takes no place in this one."""
    for limit in (PAST, WHOLE):
        fresh = Limit(limit.at_once, limit.waiting)
        monkeypatch.setattr(limit, "__dict__", fresh.__dict__)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_known() -> None:
    """The first request of a process asks for them; of the tests, too, some count queries."""
    SchemaMiddleware.fits = True


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """What one test's archive held is no other's."""
    cache.clear()


@pytest.fixture
def clock_at_rest(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """For what compares two answers: "0 minutes ago" in the first is so in the second. Out: when
    that is."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a large page and a long branch, in small: ten comments, and three."""
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(layout, "WHOLE_BRANCH", 3)


@pytest.fixture
def sums_are_right(db: None) -> Iterator[None]:
    """Whatever a test does: what the archive keeps as sums is in the end what counting gives."""
    yield
    wrong = {wiki.dbname: recount(wiki, mend=False) for wiki in Wiki.objects.all()}
    collections = Collection.objects.all()
    wrong |= {
        each.slug: ["its shares"] for each in collections if count_collection(each, mend=False)
    }
    assert not any(wrong.values()), wrong
