"""The demo archive and the command that serves it."""

import re
import socket
import sys
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from talkarchive.bootstrap import BASE_DIR
from threads.management.commands import demo
from threads.models import Comment, TalkPage, UnsignedText, Wiki

FOLDER = demo.PAGES
FILES = [page["file"] for page in tomllib.loads((FOLDER / "pages.toml").read_text())["pages"]]
TIMESTAMP_END = re.compile(r"\d \((?:UTC|CES?T)\)|\(ت ع م\)")


@pytest.fixture
def archive(db: None) -> None:
    demo.import_demo()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Where the servers listen that the command starts; none really runs, nor its worker."""
    listeners: list[object] = []

    def run_server(listener: object, *_given: object, **_options: object) -> int:
        listeners.append(listener)
        return 0

    monkeypatch.setattr(demo, "run_server", run_server)
    return listeners


def test_every_page_in_the_folder_is_listed() -> None:
    written = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.wikitext")}
    assert written == set(FILES)


@pytest.mark.usefixtures("archive")
def test_every_signature_of_the_demo_pages_is_found() -> None:
    for page in TalkPage.objects.select_related("wiki", "current_revision"):
        assert page.current_revision
        signatures = len(TIMESTAMP_END.findall(page.current_revision.text))
        comments = Comment.objects.filter(page=page)
        found = sum(1 + len(comment.cosigners) for comment in comments)
        assert found == signatures, page.title


@pytest.mark.usefixtures("archive")
def test_the_demo_shows_what_talk_pages_are_made_of() -> None:
    comments = Comment.objects.all()
    assert comments.filter(inline=True).exists()
    assert comments.exclude(cosigners=[]).exists()
    assert comments.filter(depth__gte=5).exists()
    assert UnsignedText.objects.exists()
    assert TalkPage.objects.filter(comment_count__gte=80).exists()
    assert comments.filter(ident__regex=r"-2022-07-11T").exists(), "the older form of ids"
    assert comments.filter(ident__regex=r"-202207\d{8}").exists(), "the newer form"
    assert {wiki.language for wiki in Wiki.objects.all()} == {"en", "de", "ar"}


@pytest.mark.django_db
def test_an_empty_archive_gets_the_demo_pages(served: list[object]) -> None:
    call_command("demo", port=0, stdout=StringIO())
    assert TalkPage.objects.count() == len(FILES)
    assert len(served) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("served")
def test_an_archive_with_a_page_is_left_as_it_is() -> None:
    wiki = Wiki.objects.create(dbname="metawiki")
    TalkPage.objects.create(wiki=wiki, title="Talk:Ours")
    call_command("demo", port=0, stdout=StringIO())
    assert [page.title for page in TalkPage.objects.all()] == ["Talk:Ours"]


@pytest.mark.django_db
def test_a_demo_page_that_fails_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: list[object]
) -> None:
    entry = 'title = "Talk:Tea"\nrevision = 1\ntimestamp = 2022-01-01T00:00:00Z\n'
    pages = [f'[[pages]]\nfile = "teawiki/{name}"\n{entry}' for name in ("a", "b")]
    (tmp_path / "pages.toml").write_text("\n".join(["[wikis.teawiki]", *pages]))
    (tmp_path / "teawiki").mkdir()
    (tmp_path / "teawiki" / "a").write_text("One text of revision 1.")
    (tmp_path / "teawiki" / "b").write_text("Another, which cannot be.")
    monkeypatch.setattr(demo, "PAGES", tmp_path)
    with pytest.raises(CommandError, match="Talk:Tea"):
        call_command("demo", port=0, stdout=StringIO())
    assert not TalkPage.objects.exists()
    assert not served


@pytest.mark.django_db
@pytest.mark.usefixtures("served")
def test_the_command_says_where_the_archive_is_and_how_to_get_an_account() -> None:
    said = StringIO()
    call_command("demo", port=0, stdout=said)
    assert re.search(r"http://127\.0\.0\.1:\d+/\n", said.getvalue())
    assert "createsuperuser" in said.getvalue()


@pytest.mark.django_db
def test_a_port_in_use_is_named() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        pytest.raises(CommandError, match=f"port {other.getsockname()[1]} of 127.0.0.1.*--port"),
    ):
        call_command("demo", port=other.getsockname()[1], stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(CommandError, match="from 0 to 65535"):
        call_command("demo", f"--port={port}", stdout=StringIO())


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The command itself, with a data folder of its own; the address that it prints."""
    environment = {"TALKARCHIVE_DATA": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "manage.py", "demo", "--port", "0"]
    with Popen(command, cwd=BASE_DIR, env=environment, stdout=PIPE, text=True) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        yield next(line.split()[-1] for line in lines if "archive is at" in line)
        process.terminate()


def test_the_demo_answers_in_a_browser(running: str) -> None:
    with urlopen(running) as answer:  # noqa: S310 (it is our own server)
        assert "Sharing money" in answer.read().decode()
