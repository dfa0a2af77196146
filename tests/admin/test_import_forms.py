"""What the admin's imports of many pages are given, and what the list of imports calls them."""

from typing import Any

import pytest
from django.test import Client

from threads.ingest.runs.lifecycle import open_run
from threads.models import ImportRun, Wiki
from threads.models.imports import State

LIST = "/admin/threads/importrun/"


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", name="Lanternwiki")


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, wiki: Wiki) -> Wiki:
    """A wiki that is found at its address."""
    wiki.article_path = "/wiki/$1"
    wiki.save()
    monkeypatch.setattr("threads.admin.import_forms.wiki_at", lambda _url, **_given: (wiki, []))
    return wiki


LIVE = "/admin/threads/talkpage/add/?from=live"
ADDRESS = "https://lantern.example/wiki/Talk:Lamps_and_oil"


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, {"titles": ["Talk:Lamps and oil"]}),
        ({"titles": "Talk:A\r\n\r\n Talk:B "}, {"titles": ["Talk:A", "Talk:B"]}),
        ({"begins_with": "Talk:Strategy/ "}, {"titles": [], "prefix": "Talk:Strategy/ "}),
        ({"category": "Lamps", "archives": "on"}, {"category": "Lamps", "archives": True}),
    ],
)
@pytest.mark.usefixtures("live")
def test_a_live_wikis_pages_are_named_or_are_the_one_at_the_address(
    admin_client: Client, given: dict[str, str], chosen: dict[str, Any]
) -> None:
    admin_client.post(LIVE, {"url": ADDRESS, **given})

    run = ImportRun.objects.get()
    assert (run.source, run.dry, run.state) == ("mediawiki", True, State.QUEUED)
    assert chosen.items() <= run.parameters.items()


@pytest.mark.django_db
def test_an_address_that_must_not_be_fetched_is_refused_beside_it(admin_client: Client) -> None:
    answer = admin_client.post(LIVE, {"url": "http://127.0.0.1/wiki/Talk:A"})

    assert "errorlist" in answer.content.decode()
    assert not (ImportRun.objects.exists() or Wiki.objects.exists())


def test_imports_are_listed_and_chosen_by_what_their_sources_are_called(
    admin_client: Client, wiki: Wiki
) -> None:
    for name in ("dump", "mediawiki"):
        open_run(wiki, name, {}, dry=True)

    listed = admin_client.get(LIST).content.decode()
    chosen = admin_client.get(f"{LIST}?source=mediawiki").content.decode()

    assert '<td class="field-source_label">XML export or dump</td>' in listed
    assert '<a href="?source=mediawiki">' in listed
    assert '<td class="field-source_label">Live wiki (API)</td>' in chosen
    assert '<td class="field-source_label">XML export or dump</td>' not in chosen
