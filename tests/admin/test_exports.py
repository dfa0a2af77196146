"""Exports in the admin: begun in a form, written by a worker, downloaded, deleted."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.admin.test_runs import work
from tests.once import rows_once
from tests.upgrades.archive import make_archive
from threads.export import FORMATS, Selection
from threads.export.background import files, runs, watching
from threads.export.background.files import KEPT, file_of, forget_old
from threads.export.background.runs import carry_out, open_run
from threads.models import ExportRun
from threads.models.runs.run import State

FORM = "/admin/threads/exportrun/add/"
HTMX = {"HX-Request": "true"}


archive_once = rows_once(make_archive)


@pytest.fixture(autouse=True)
def folder(db: None, tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports"


def address_of(run: ExportRun, end: str = "change") -> str:
    return f"/admin/threads/exportrun/{run.pk}/{end}/"


def start(client: Client, **given: str) -> ExportRun:
    response = client.post(FORM, {"format": "csv", **given})
    run = ExportRun.objects.latest("pk")
    assert response.headers["Location"] == address_of(run)
    return run


def say(client: Client, run: ExportRun, **options: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(client.get(address_of(run), **options).text))


def content(client: Client, run: ExportRun) -> bytes:
    response = client.get(address_of(run, "file"))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def expected(form: str, **asked: str) -> bytes:
    return b"".join(FORMATS[form].write(Selection(**asked)))


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_export_waits_is_written_and_downloaded(admin_client: Client, form: str) -> None:
    run = start(admin_client, format=form, page="Talk:Plan")
    assert "Queued" in say(admin_client, run)
    work()
    said = say(admin_client, run)
    assert "<strong>Completed" in said
    assert "Talk:Plan" in said
    assert content(admin_client, run) == expected(form, page="Talk:Plan")


def test_everything_can_be_selected_that_the_command_can(admin_client: Client) -> None:
    asked = {
        "wiki": "lanternwiki",
        "collection": "lanterns",
        "page": "Talk:Plan",
        "topic": "Our_plan",
        "author": "Ada",
        "search": "may",
    }
    run = start(admin_client, **asked)
    assert run.selection == asked
    assert run.user == User.objects.get(username="admin")
    work()
    assert content(admin_client, run) == expected("csv", **asked)


def test_what_is_not_in_the_archive_is_told_in_the_form(admin_client: Client) -> None:
    said = html.unescape(admin_client.post(FORM, {"format": "csv", "topic": "Nothing"}).text)
    assert "No such topic in this archive: Nothing." in said
    assert not ExportRun.objects.exists()


def test_an_export_that_waits_is_cancelled_at_once(admin_client: Client) -> None:
    run = start(admin_client)
    admin_client.post(address_of(run), {"do": "cancel"})
    work()
    assert "<strong>Canceled" in say(admin_client, run)
    assert admin_client.get(address_of(run, "file")).status_code == 404


def test_a_watched_export_ends_the_watching(admin_client: Client) -> None:
    run = start(admin_client)
    assert admin_client.get(address_of(run), headers=HTMX).status_code == 200
    work()
    response = admin_client.get(address_of(run), headers=HTMX)
    assert response.status_code == 286
    assert "Export finished: Completed." in re.sub(r"\s+", " ", response.text)


def test_what_is_deleted_goes_with_its_file(admin_client: Client, folder: Path) -> None:
    run = start(admin_client)
    work()
    assert len(list(folder.iterdir())) == 1
    admin_client.post(address_of(run, "delete"), {"post": "yes"})
    assert not ExportRun.objects.exists()
    assert not list(folder.iterdir())


def test_files_are_kept_for_a_while(admin_client: Client, folder: Path) -> None:
    new, old = start(admin_client), start(admin_client)
    work()
    ExportRun.objects.filter(pk=old.pk).update(finished_at=timezone.now() - KEPT * 1.01)
    forget_old()
    assert list(ExportRun.objects.all()) == [new]
    assert [path.name for path in folder.iterdir()] == [ExportRun.objects.get().file]


def test_files_of_no_export_go_after_that_while(folder: Path, monkeypatch: Any) -> None:
    folder.mkdir()
    (folder / "0123456789abcdef.csv").write_text("x")
    forget_old()
    assert list(folder.iterdir())
    monkeypatch.setattr(files, "KEPT", timedelta(seconds=-5))
    forget_old()
    assert not list(folder.iterdir())


def test_a_file_that_is_gone_is_told(admin_client: Client, folder: Path) -> None:
    run = start(admin_client)
    work()
    next(folder.iterdir()).unlink()
    assert "no longer in the data folder" in say(admin_client, run)
    assert admin_client.get(address_of(run, "file")).status_code == 404


def staff(client: Client, *permissions: str) -> Client:
    user = User.objects.create_user("dag", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def test_who_may_only_look_gets_no_file(client: Client) -> None:
    run = open_run(Selection(), "csv")
    carry_out(run)
    looking = staff(client, "view_exportrun")
    assert "Download" not in say(looking, run)
    assert looking.get(address_of(run, "file")).status_code == 403
    assert looking.get(FORM).status_code == 403
    assert looking.post(address_of(run), {"do": "cancel"}).status_code == 403
    assert looking.post(address_of(run, "delete"), {"post": "yes"}).status_code == 403


def test_who_may_export_needs_no_other_right(client: Client) -> None:
    exporting = staff(client, "add_exportrun", "view_exportrun")
    run = start(exporting)
    work()
    assert content(exporting, run) == expected("csv")


@pytest.mark.parametrize("end", ["change", "file", "delete"])
def test_readers_see_nothing_of_exports(client: Client, end: str) -> None:
    run = open_run(Selection(), "csv")
    carry_out(run)
    assert client.get(address_of(run, end)).status_code == 302


def test_an_export_that_cannot_be_written_says_why(folder: Path) -> None:
    folder.write_text("not a folder")
    run = open_run(Selection(), "csv")
    carry_out(run)
    run.refresh_from_db()
    assert (run.state, run.file) == (State.FAILED, "")
    assert "exports" in run.log


def test_an_export_of_what_has_gone_since_says_so() -> None:
    run = open_run(Selection(wiki="gonewiki"), "csv")
    carry_out(run)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "gonewiki" in run.log


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process is told to end while it writes."""
    monkeypatch.setattr(watching, "is_handing_over", lambda: True)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("stopped")
def test_a_process_that_ends_leaves_its_export_to_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(Selection(), "csv")
    carry_out(run)
    assert ExportRun.objects.get().state == State.QUEUED
    assert not list(folder.iterdir()), "no half file is left"
    monkeypatch.setattr(watching, "is_handing_over", lambda: False)
    carry_out(run)
    assert file_of(ExportRun.objects.get())


def test_an_export_that_is_deleted_while_it_is_written_leaves_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(Selection(), "csv")
    write = runs._write

    def deleted(*given: Any) -> str:
        ExportRun.objects.all().delete()
        return write(*given)

    monkeypatch.setattr(runs, "_write", deleted)
    carry_out(run)
    assert not list(folder.iterdir())
