"""What previews say of a new wiki binds nobody until something is imported."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.admin.test_runs import address_of, press, say, upload, work
from tests.ingest.exports import page
from threads.models import ImportRun, Wiki


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path


def test_each_preview_is_imported_with_its_own_settings(admin_client: Client) -> None:
    first = upload(admin_client, page("Talk:A", number=1), timezone="Asia/Tokyo")
    second = upload(admin_client, page("Talk:A", number=1), timezone="Europe/Berlin")
    work()

    assert "(lanternwiki, en, Asia/Tokyo, https://lantern.example) new wiki" in re.sub(
        r"<[^>]+>", "", say(admin_client, first)
    )
    assert "lanternwiki" not in admin_client.get("/admin/threads/wiki/").content.decode()
    press(admin_client, first, "import")
    work()
    assert Wiki.objects.get().timezone == "Asia/Tokyo"

    admin_client.post(address_of(second), {"do": "import"})
    assert "was imported with other settings since" in say(admin_client, second)
    assert ImportRun.objects.count() == 3


def test_a_wiki_of_previews_alone_can_be_added(admin_client: Client) -> None:
    upload(admin_client, page("Talk:A"), timezone="Asia/Tokyo")
    given = {"dbname": "lanternwiki", "language": "de", "timezone": "UTC", "profile": "{}"}
    paths = {"article_path": "/wiki/$1", "script_path": "/w/index.php"}

    admin_client.post("/admin/threads/wiki/add/", {**given, **paths})

    assert (Wiki.objects.settled().get().language, ImportRun.objects.count()) == ("de", 0)
