"""Staff fill an empty archive: one field for each way in, and what a wiki has is shown."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect
from pytest_django import Settings

from tests.ingest.exports import export
from tests.ingest.exports import page as exported
from threads.admin.imports import forms as import_forms
from threads.ingest.sources.overview import TalkNamespace
from threads.models import ImportRun, TalkPage, Wiki

from .conftest import OpenPage
from .measuring import axe_finds, too_wide
from .staff import logged_in
from .test_everyone import DESK, PHONE, violations_in_any_light

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
SCRIPTS = pytest.mark.parametrize("with_js", [True, False], ids=["js", "no-js"])
FOUND = [
    TalkNamespace("Talk:", ["Talk:Lamps", "Talk:Wicks and oil"], has_more=True),
    TalkNamespace("User talk:", ["User talk:Ada"], has_more=False),
]


@pytest.fixture
def staff(transactional_db: None, tmp_path: Path, settings: Settings) -> dict[str, Any]:
    settings.DATA_DIR = tmp_path
    return logged_in(User.objects.create_superuser("dora"))


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wiki that is found at any address."""

    def wiki_at(_url: str, **_given: str) -> tuple[Wiki, list[str]]:
        names = {"0": {"name": ""}, "1": {"name": "Talk"}, "3": {"name": "User talk"}}
        wiki = Wiki(dbname="lanternwiki", name="Lanternwiki", namespaces=names)
        wiki.article_path = "/wiki/$1"
        return wiki, []

    monkeypatch.setattr(import_forms, "wiki_at", wiki_at)
    monkeypatch.setattr(import_forms, "talk_namespaces", lambda _wiki, _bounds: FOUND)


@SIZES
@SCRIPTS
@pytest.mark.usefixtures("live")
def test_a_wikis_address_is_enough_to_see_its_pages_and_choose(
    staff: dict[str, Any], open_page: OpenPage, viewport: dict[str, int], with_js: bool
) -> None:
    page = open_page("/", storage_state=staff, viewport=viewport, java_script_enabled=with_js)
    page.get_by_label("URL of the wiki").fill("https://lantern.example/")
    page.get_by_role("button", name="Show talk pages").click()
    there = page.get_by_role("heading", name="Talk pages on Lanternwiki")
    assert too_wide(page, shows=there) == []
    page.get_by_label("Talk:Wicks and oil").check()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#run")).to_be_visible()
    run = ImportRun.objects.get()
    assert (run.dry, run.parameters["titles"]) == (True, ["Talk:Wicks and oil"])


@SCRIPTS
def test_wikitext_is_enough_to_begin_with(
    staff: dict[str, Any], open_page: OpenPage, with_js: bool
) -> None:
    page = open_page("/", storage_state=staff, java_script_enabled=with_js)
    text = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"
    page.get_by_label("Wikitext of a talk page").fill(text)
    page.get_by_role("button", name="Enter title and wiki").click()
    expect(page.locator("textarea[name=text]")).to_have_value(text)
    page.locator("#id_title").fill("Talk:Lamps")
    page.locator("#id_dbname").fill("lanternwiki")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Import", exact=True).click()
    assert TalkPage.objects.get().title == "Talk:Lamps"


@SCRIPTS
def test_a_dump_is_enough_to_be_shown_what_is_in_it(
    staff: dict[str, Any], open_page: OpenPage, tmp_path: Path, with_js: bool
) -> None:
    dump = tmp_path / "lanternwiki.xml"
    dump.write_text(export(exported("Talk:A")))
    page = open_page("/admin/", storage_state=staff, java_script_enabled=with_js)
    page.get_by_label("XML file").set_input_files(dump)
    page.get_by_role("button", name="Preview import").click()
    expect(page.locator("#run")).to_be_visible()
    assert ImportRun.objects.get().source == "dump"


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.usefixtures("live")
def test_the_first_steps_are_for_everyone(
    staff: dict[str, Any], open_page: OpenPage, locale: str
) -> None:
    page = open_page(
        "/",
        storage_state=staff,
        viewport=PHONE,
        locale=locale,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    found = violations_in_any_light(page, "home", locale)
    page.set_viewport_size(PHONE)
    found += too_wide(page)
    page.locator("#ta-way-url").fill("https://lantern.example/")
    page.locator("#ta-way-url").press("Enter")
    found += too_wide(page, shows=page.locator(".found"))
    assert found + axe_finds(page, {}, ".found") == []
