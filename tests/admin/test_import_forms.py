"""What the admin's imports of many pages are given, and what the list of imports calls them."""

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from threads.admin.imports import forms as import_forms
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.sources.overview import TalkNamespace
from threads.models import ImportRun, Wiki
from threads.models.runs.run import State

LIST = "/admin/threads/importrun/"


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", name="Lanternwiki")


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, wiki: Wiki) -> Wiki:
    """A wiki that is found at its address."""
    wiki.article_path = "/wiki/$1"
    wiki.namespaces = {"-1": {"name": "Special"}, "0": {"name": ""}, "1": {"name": "Talk"}}
    wiki.save()
    monkeypatch.setattr("threads.admin.imports.forms.wiki_at", lambda _url, **_given: (wiki, []))
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


FOUND = [
    TalkNamespace("Talk:", ["Talk:Lamps", "Talk:Oil & wick"], has_more=True),
    TalkNamespace("User talk:", ["User talk:Ada"], has_more=False),
]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, live: Wiki) -> Wiki:
    """The same wiki, with what it has to choose from."""
    monkeypatch.setattr(import_forms, "talk_namespaces", lambda _wiki, _bounds: FOUND)
    return live


@pytest.mark.parametrize("path", ["", "/", "/wiki/Special:Search"])
@pytest.mark.usefixtures("found")
def test_a_wikis_address_alone_shows_what_is_there_to_choose(
    admin_client: Client, path: str
) -> None:
    page = LexborHTMLParser(admin_client.post(LIVE, {"url": f"https://lantern.example{path}"}).text)

    picks = [box.attributes["value"] for box in page.css("input[name=picked]")]
    assert picks == ["Talk:Lamps", "Talk:Oil & wick", "User talk:Ada"]
    assert page.css_first(".errornote") is None
    assert "Only the first 2 pages are listed." in page.text()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({"picked": ["Talk:Lamps", "User talk:Ada"]}, {"titles": ["Talk:Lamps", "User talk:Ada"]}),
        ({"all_of": "User talk:"}, {"titles": [], "prefix": "User talk:"}),
        ({"picked": ["Talk:Lamps"], "titles": "Talk:B"}, {"titles": ["Talk:Lamps", "Talk:B"]}),
    ],
)
@pytest.mark.usefixtures("found")
def test_what_is_chosen_of_it_is_previewed(
    admin_client: Client, given: dict[str, Any], chosen: dict[str, Any]
) -> None:
    admin_client.post(LIVE, {"url": "https://lantern.example/", **given})

    assert chosen.items() <= ImportRun.objects.get().parameters.items()


@pytest.mark.usefixtures("found")
def test_a_page_that_is_no_talk_page_is_offered_beside_those(admin_client: Client) -> None:
    answer = admin_client.post(LIVE, {"url": "https://lantern.example/wiki/Main_Page"})

    boxes = LexborHTMLParser(answer.text).css("input[name=picked]")
    assert [box.attributes["value"] for box in boxes if "checked" in box.attributes] == [
        "Main Page"
    ]


def test_a_wiki_without_talk_pages_asks_for_titles(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, live: Wiki
) -> None:
    monkeypatch.setattr(import_forms, "talk_namespaces", lambda _wiki, _bounds: [])

    assert (
        "This wiki has no talk pages."
        in admin_client.post(LIVE, {"url": "https://lantern.example/"}).text
    )
