"""Whatever a wiki answers, an import ends: with pages that are stored, or in a sentence."""

import io
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.admin.test_import_forms import LIVE
from tests.admin.test_runs import press, work
from tests.conftest import is_local
from tests.ingest.odd_wiki import TITLES, OddWiki
from tests.webserver import Answer, Asked, web_server
from threads.ingest.characters import as_line
from threads.ingest.web import api
from threads.ingest.web.fetching import Bounds
from threads.ingest.wikis import discovery
from threads.ingest.wikis.places import origin, usable_article_path, usable_path
from threads.models import ImportItem, ImportRun, TalkPage, Wiki

HANGING = 600  # seconds after which an import counts as one that never ends
QUICK = Bounds(size=2_000_000, seconds=5, silence=1, tries=2, pause=9, answers=20, total=60)
CHOICES = (
    (),
    ("--title=Talk:Oil", "--title=Talk:None"),
    ("--title=Talk:Oil", "--history", "--archives"),
    ("--prefix=Talk:Oil",),
    ("--category=Lamps", "--subpages"),
)
Odd = Callable[[OddWiki], str]


@pytest.fixture
def odd(settings: Settings, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Odd]:
    """Has the server be an odd wiki; out: its address."""
    now: list[OddWiki] = []

    def say(asked: Asked) -> Answer:
        return now[0](asked)

    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise socket.gaierror(-2, "Name or service not known")
        return really_look_up(host, *arguments, **options)

    really_look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    before = signal.signal(signal.SIGALRM, give_up)
    settings.IMPORT_PROCESSES = 1
    monkeypatch.setattr(api, "Bounds", lambda: QUICK)
    monkeypatch.setattr(discovery, "FINDING", QUICK)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with web_server(say) as server:
        settings.IMPORT_PRIVATE_HOSTS = [server.host]

        def start(wiki: OddWiki) -> str:
            now[:] = [wiki]
            server.asked.clear()
            return server.address

        yield start
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def numbers(request: pytest.FixtureRequest) -> range:
    """Of the imports that are tried."""
    return range(*map(int, request.config.getoption("--odd-answers").split(":")))


class Hangs(BaseException):
    """An import that has not ended."""


def give_up(*_arguments: object) -> None:
    raise Hangs


@contextmanager
def case(wiki: OddWiki) -> Iterator[None]:
    """One import: it must end in time, raise nothing, and leave nothing behind."""
    signal.alarm(HANGING)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except BaseException as error:
        error.add_note("\n".join([f"The wiki of seed “{wiki.seed}” has said:", *wiki.said]))
        raise
    finally:
        signal.alarm(0)


def check_archive() -> None:
    """What is stored can be shown, by name and by link, and no error was nobody's."""
    for run in ImportRun.objects.all():
        check_said(run.log)
    for item in ImportItem.objects.all():
        check_said(item.log)
        check_line(item.title)
    for page in TalkPage.objects.all():
        check_line(page.title)
    for wiki in Wiki.objects.all():
        check_wiki(wiki)


def check_wiki(wiki: Wiki) -> None:
    for name in ("name", "language", "timezone", "server", "api_url"):
        check_line(getattr(wiki, name))
    assert wiki.server == origin(wiki.server) != ""
    assert usable_article_path(wiki.article_path) and usable_path(wiki.script_path)
    assert "wikipedia" not in wiki.server
    for number, facts in wiki.namespaces.items():
        assert -2 <= int(number) < 2**31
        for name in (facts["name"], *facts["aliases"]):
            check_line(name)


def check_line(text: str) -> None:
    assert text == as_line(text)
    assert len(text) < 2200


def check_said(said: str) -> None:
    assert "Traceback" not in said
    assert "Errno" not in said
    for sentence in said.splitlines():
        check_line(sentence)


@pytest.mark.any_database
def test_the_command_ends_whatever_a_wiki_answers(odd: Odd, numbers: range) -> None:
    ends = {"stored": 0, "refused": 0}
    for number in numbers:
        wiki = OddWiki(f"command {number}")
        with case(wiki):
            options = wiki.chance.choice(CHOICES)
            url = f"{odd(wiki)}/wiki/Talk:Oil"
            output, beside = io.StringIO(), io.StringIO()
            try:
                call_command(
                    "import_wiki", url, "--processes=1", *options, stdout=output, stderr=beside
                )
                ends["stored"] += 1
            except CommandError as error:
                assert error.returncode in (1, 2)
                check_said(str(error))
                assert len(str(error).splitlines()) == 1
                ends["refused"] += 1
            check_said(output.getvalue())
            check_said(beside.getvalue())
            check_archive()
    assert all(ends.values()) or len(numbers) < 20, ends


@pytest.mark.any_database
def test_the_admin_ends_whatever_a_wiki_answers(
    odd: Odd, admin_client: Client, numbers: range
) -> None:
    ends = {"stored": 0, "refused": 0}
    for number in numbers:
        wiki = OddWiki(f"admin {number}")
        with case(wiki):
            given = {"url": f"{odd(wiki)}/wiki/Talk:Oil"}
            if wiki.chance.random() < 0.3:
                given |= {"titles": "\n".join(TITLES.values()), "history": "on"}
            response = admin_client.post(LIVE, given)
            if response.status_code == 302:
                import_it(admin_client)
            else:
                assert (response.status_code, b"errorlist" in response.content) == (200, True)
            ends["stored" if TalkPage.objects.exists() else "refused"] += 1
            if wiki.chance.random() < 0.2:
                look_at_it(admin_client)
            check_archive()
    assert all(ends.values()) or len(numbers) < 20, ends


def import_it(client: Client) -> None:
    """Do the dry run that the form has led to, and the import after it."""
    work()
    press(client, ImportRun.objects.latest("pk"), "import")
    work()


def look_at_it(client: Client) -> None:
    """Read what came of an import, as an admin and as a reader do."""
    for run in ImportRun.objects.all():
        assert client.get(f"/admin/threads/importrun/{run.pk}/change/").status_code == 200
    for page in TalkPage.objects.select_related("wiki"):
        assert client.get(page.get_absolute_url()).status_code == 200
