"""What is found of an archive that this process works on."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from tests.backups.made import write
from tests.backups.test_hostile import MANIFEST, PARTS
from threads.backups import target_in
from threads.doctor import Finding, examine
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import (
    Comment,
    ImportRun,
    PrivacyRule,
    Revision,
    SearchEntry,
    SearchState,
    TalkPage,
    Wiki,
    WikiTotals,
)
from threads.models.runs.run import State
from threads.privacy import mask_addresses, save_rule
from threads.processes.names import process_name
from threads.search.index.entries import first_key

pytestmark = pytest.mark.django_db

GONE = "elsewhere.example 1 0123456789abcdef"
TEXT = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    return tmp_path


@pytest.fixture
def wiki() -> Wiki:
    wiki = Wiki(dbname="lanternwiki")
    start_run(wiki, Source("paste", [PageRevision("Talk:Lamps", TEXT)]))
    return wiki


def problems(**options: object) -> list[Finding]:
    return [finding for finding in examine(**options) if finding.failed]  # type: ignore[arg-type]


def one(about: str, **options: object) -> str:
    """The only problem, and what helps."""
    found = problems(**options)
    assert [finding.about for finding in found] == [about], found
    return f"{found[0].message} {found[0].remedy}"


@pytest.mark.usefixtures("wiki")
def test_nothing_is_amiss_with_a_sound_archive() -> None:
    assert problems(thorough=True) == []
    abouts = [finding.about for finding in examine(thorough=True)]
    assert set(abouts) == {
        "version",
        "folder",
        "settings",
        "database",
        "parser",
        "imports",
        "privacy",
        "check",
        "sums",
        "disk",
        "dates",
    }


@pytest.mark.usefixtures("wiki")
def test_pages_of_an_earlier_parser_are_told() -> None:
    Revision.objects.update(parser_version="0")
    assert "1 page was last parsed by an older" in one("parser")
    assert "reparse" in one("parser")


@pytest.mark.usefixtures("wiki")
def test_what_an_earlier_version_kept_of_dates_in_the_future_is_told_and_corrected() -> None:
    future = datetime(2999, 1, 1, tzinfo=UTC)
    Comment.objects.update(timestamp=future)
    TalkPage.objects.update(last_comment_at=future)
    SearchEntry.objects.update(id=first_key(future))
    assert [finding.about for finding in problems()] == ["dates", "dates"]
    assert [finding.remedy.split()[-1] for finding in problems()] == [
        "recount”.",
        "rebuild_search”.",
    ]

    call_command("recount")
    call_command("rebuild_search")
    assert problems(thorough=True) == []


def test_an_index_that_is_not_complete_is_told() -> None:
    SearchState.objects.create()
    assert "rebuild_search" in one("check")


@pytest.mark.usefixtures("wiki")
def test_wrong_sums_are_told_where_they_are_asked_for() -> None:
    WikiTotals.objects.update(comments=99)
    assert problems() == []
    assert "lanternwiki" in one("sums", thorough=True)
    assert "recount" in one("sums", thorough=True)
    assert WikiTotals.objects.get().comments == 99


def run(wiki: Wiki, state: State, **values: object) -> ImportRun:
    given = {"paths": [], "history": False, "project": False}
    made = ImportRun.objects.create(source="dump", wiki=wiki, state=state, parameters=given)
    ImportRun.objects.filter(pk=made.pk).update(**values)
    return made


def ago(**span: float) -> object:
    return timezone.now() - timedelta(**span)


def test_an_import_that_failed_lately_is_told(wiki: Wiki) -> None:
    made = run(wiki, State.FAILED, finished_at=ago(days=3))
    assert f"resume_import {made.pk}" in one("imports")


@pytest.mark.parametrize(
    ("source", "parameters", "said"),
    [
        ("paste", {}, "cannot be resumed. Import the page again. If it is"),
        (
            "dump",
            {"paths": ["/gone.xml"], "history": False, "project": False},
            "/gone.xml: no such file or folder. Import it again. Nothing is stored twice.",
        ),
    ],
)
def test_of_an_import_that_cannot_be_resumed_it_is_told_what_to_do(
    wiki: Wiki, source: str, parameters: dict[str, Any], said: str
) -> None:
    values = {"source": source, "parameters": parameters}
    run(wiki, State.FAILED, finished_at=ago(days=3), **values)
    assert said in one("imports")
    assert "resume_import" not in one("imports")


def test_imports_that_failed_long_ago_or_were_tried_only_are_not_amiss(wiki: Wiki) -> None:
    run(wiki, State.FAILED, finished_at=ago(days=99))
    run(wiki, State.FAILED, finished_at=ago(days=1), dry=True)
    assert problems() == []
    assert any("1 import failed more than 30 days ago" in each.message for each in examine())


def test_of_many_that_failed_some_are_told(wiki: Wiki) -> None:
    for _number in range(12):
        run(wiki, State.FAILED, finished_at=ago(days=3))
    assert [each.message for each in problems()][-1] == "2 more imports failed."


def test_an_import_that_was_stopped_by_hand_is_told_and_not_amiss(wiki: Wiki) -> None:
    made = run(wiki, State.CANCELLED, finished_at=ago(days=3))
    assert problems() == []
    assert any(f"resume_import {made.pk}" in each.message for each in examine())


def test_an_interrupted_import_is_told(wiki: Wiki) -> None:
    made = run(wiki, State.RUNNING, holder=GONE, heartbeat=ago(hours=1))
    assert f"Import {made.pk}" in one("imports")
    assert "interrupted" in one("imports")


def test_imports_that_wait_while_nobody_works_are_told(wiki: Wiki) -> None:
    run(wiki, State.QUEUED)
    assert problems() == []
    run(wiki, State.QUEUED, started_at=ago(hours=1))
    assert "1 import has been waiting" in one("imports")
    assert "worker" in one("imports")
    run(wiki, State.RUNNING, holder=process_name(), heartbeat=timezone.now())
    assert problems() == []


def rule(wiki: Wiki, state: str, **values: object) -> PrivacyRule:
    made = save_rule(mask_addresses(wiki), reason="Asked for.")
    PrivacyRule.objects.filter(pk=made.pk).update(state=state, **values)
    return made


def test_a_privacy_rule_that_failed_is_told(wiki: Wiki) -> None:
    made = rule(wiki, PrivacyRule.State.FAILED)
    assert f"Privacy rule {made.pk} (Mask IP addresses {made.pk}) failed" in one("privacy")
    assert "again" in one("privacy")


def test_a_privacy_rule_is_told_that_waits_and_that_nobody_works_on(wiki: Wiki) -> None:
    made = rule(wiki, PrivacyRule.State.WAITING)
    assert problems() == []
    PrivacyRule.objects.update(made_at=ago(hours=1))
    assert f"Privacy rule {made.pk} (Mask IP addresses {made.pk}) has been wait" in one("privacy")
    PrivacyRule.objects.update(heartbeat=timezone.now())
    assert problems() == []


def test_a_folder_of_backups_is_looked_into(folder: Path) -> None:
    backups = folder / "backups"
    assert "cannot be read" in one("backups", folder=backups)
    backups.mkdir()
    assert "There is no backup" in one("backups", folder=backups)
    old, new = timezone.now() - timedelta(days=9), timezone.now()
    write(target_in(backups, old), MANIFEST, PARTS)
    assert "older than 2 days" in one("backups", folder=backups)
    assert "older than 3 days" in one("backups", folder=backups, days=3)
    target_in(backups, new).write_bytes(b"half")
    assert "damaged, incomplete" in one("backups", folder=backups)
    write(target_in(backups, new), msgspec.structs.replace(MANIFEST, made=new), PARTS)
    assert problems(folder=backups) == []


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 5_000_000, "total": 10**12})
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert "Free up space" in one("disk")


def test_unwise_settings_are_told(settings: Settings) -> None:
    settings.DEBUG = True
    assert "Leave DEBUG unset" in one("settings")
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost", "talk.example.org"]
    assert "talk.example.org" in one("settings")
    settings.SECURE_SSL_REDIRECT = True
    assert problems() == []
    settings.ALLOWED_HOSTS = ["*"]
    assert "“*”" in one("settings")


def test_what_another_users_process_has_left_in_the_data_folder_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Path(settings.DATA_DIR, "secret_key")
    key.write_text("its own")
    monkeypatch.setattr(os, "access", lambda path, _mode: path != key)
    assert str(key) in one("folder")


def test_a_clock_that_is_behind_what_was_done_is_told(wiki: Wiki, folder: Path) -> None:
    ImportRun.objects.update(heartbeat=ago(hours=-2))
    assert "an import was running at" in one("clock")
    ImportRun.objects.update(heartbeat=ago(hours=2))
    path = target_in(folder, timezone.now() + timedelta(days=1))
    write(path, msgspec.structs.replace(MANIFEST, made=timezone.now() + timedelta(days=1)), PARTS)
    assert "in the future" in one("backups", folder=folder)
