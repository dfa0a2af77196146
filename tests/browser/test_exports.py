"""Staff export in the admin: by keyboard, on a phone, without scripts, in any direction."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from django.contrib.auth.models import User
from playwright.sync_api import expect
from pytest_django import Settings

from tests.upgrades.archive import make_archive
from threads.export.background.runs import carry_out
from threads.models import ExportRun

from .conftest import OpenPage
from .measuring import measure, too_wide
from .staff import logged_in
from .test_everyone import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORM = "/admin/threads/exportrun/add/"
# Stylesheets that import others are not loaded anew: axe takes their addresses for the page's.
CONTENT = """async () => (await axe.run('#content', {preload: false}))
    .violations.map(each => each.id)"""


@pytest.fixture
def staff(transactional_db: None, tmp_path: Path, settings: Settings) -> dict[str, Any]:
    settings.DATA_DIR = tmp_path
    make_archive()
    return logged_in(User.objects.create_superuser("dora"))


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_an_export_is_for_everyone(staff: dict[str, Any], open_page: OpenPage, locale: str) -> None:
    page = open_page(FORM, storage_state=staff, viewport=PHONE, locale=locale, bypass_csp=True)
    page.evaluate(AXE)
    found = measure(page, CONTENT) + too_wide(page)
    page.locator("#id_page").focus()
    page.keyboard.type("Talk:Plan")
    page.keyboard.press("Enter")
    page.locator("#run").wait_for()
    page.evaluate(AXE)
    found += measure(page, CONTENT) + too_wide(page)
    carry_out(ExportRun.objects.get())
    expect(page.locator("#run-end")).not_to_be_empty()
    page.evaluate(AXE)
    assert found + measure(page, CONTENT) + too_wide(page) == []


def test_an_export_needs_no_scripts(staff: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page("/admin/", storage_state=staff, java_script_enabled=False)
    page.locator(".object-tools").get_by_role("link", name="Export").click()
    page.get_by_label("Format").select_option("csv")
    page.get_by_role("button", name="Export").click()
    carry_out(ExportRun.objects.get())
    page.get_by_role("link", name="Refresh").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".csv")
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    assert not ExportRun.objects.exists()
