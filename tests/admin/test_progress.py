"""How far an import has come is told from its first second, and how long it will take."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.ingest.exports import export, page
from threads.admin.imports.progress import so_far, time_left
from threads.ingest.runs.lifecycle import hold, open_run
from threads.models import ImportRun, Wiki
from threads.models.runs.run import State

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def running(**facts: object) -> ImportRun:
    known = {"total": 100, "progress": 25, "worked_from": NOW - timedelta(minutes=1)}
    return ImportRun(**{"state": State.RUNNING, "source": "mediawiki"} | known | facts)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "about 3 minutes left"),
        ({"progress": 50}, "about 1 minute left"),
        ({"progress": 90}, "less than a minute left"),
        ({"progress": 1, "worked_from": NOW - timedelta(minutes=2)}, "about 3 hours left"),
        ({"progress": 0}, ""),
        ({"total": None}, ""),
        ({"worked_from": NOW - timedelta(seconds=1)}, ""),
        ({"worked_from": None}, ""),
        ({"state": State.DONE}, ""),
    ],
)
def test_the_time_left_follows_from_the_time_taken(facts: dict[str, object], said: str) -> None:
    assert time_left(running(**facts), NOW) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "25 of 100 pages"),
        ({"total": 1, "progress": 0}, "0 of 1 page"),
        ({"source": "dump", "total": 3_145_728, "progress": 1_048_576}, "1.0 MB of 3.0 MB"),
        ({"total": None}, ""),
    ],
)
def test_progress_is_counted_in_pages_or_bytes(facts: dict[str, object], said: str) -> None:
    assert so_far(running(**facts)).replace("\xa0", " ") == said


@pytest.mark.django_db
def test_a_dumps_total_is_there_before_anybody_works_on_it_and_it_is_imported_once(
    admin_client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    data = export(page("Talk:A")).encode()
    shown = admin_client.post(
        "/admin/threads/talkpage/add/?from=dump",
        {"file": SimpleUploadedFile("export.xml", data)},
        follow=True,
    ).text

    run = ImportRun.objects.get()
    assert (run.state, run.total) == (State.QUEUED, len(data))
    assert '<progress max="100" value="0"' in shown

    ImportRun.objects.update(state=State.DONE)
    run.items.create(title="Talk:A", state=State.DONE)
    preview = f"/admin/threads/importrun/{run.pk}/change/"
    assert 'value="import"' in admin_client.get(preview).text
    admin_client.post(preview, {"do": "import"})
    assert ImportRun.objects.latest("pk").total == len(data), "nor is it lost after the preview"

    again = admin_client.post(preview, {"do": "import"}, follow=True).text
    assert "This preview was already imported." in again
    assert ImportRun.objects.filter(dry=False).count() == 1
    assert 'value="import"' not in admin_client.get(preview).text


@pytest.mark.django_db
def test_what_is_still_listed_has_progress_without_an_end(admin_client: Client) -> None:
    run = open_run(Wiki.objects.create(dbname="lanternwiki"), "mediawiki", {})
    hold(run)

    shown = admin_client.get(f"/admin/threads/importrun/{run.pk}/change/").text

    assert '<progress max="100"\n' in shown
