"""The admin's tables can be read at a desk: what is text has room, and nothing scrolls sideways."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from threads.management.commands.demo import import_demo
from threads.models import Comment

from .conftest import OpenPage
from .measuring import axe_finds, too_wide
from .staff import logged_in
from .test_everyone import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLES = {
    "talkpage": "title",
    "section": "__str__",
    "comment": "first_words",
    "unsignedtext": "first_words",
    "importitem": "title",
}
LEAST = 250  # pixels for what is read


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_tables_can_be_read_at_a_desk(open_page: OpenPage, locale: str) -> None:
    import_demo()
    staff = logged_in(User.objects.create_superuser("dora"))
    page = open_page("/admin/", storage_state=staff, viewport=DESK, locale=locale, bypass_csp=True)
    for name, column in TABLES.items():
        page.goto(f"{page.url.split('/admin/')[0]}/admin/threads/{name}/")
        box = page.locator(f"#result_list .field-{column}").first.bounding_box()
        assert box and box["width"] >= LEAST, name
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= DESK["width"], name
        results = page.locator("#changelist .results")
        assert results.evaluate("each => each.scrollWidth <= each.clientWidth + 1"), name
        assert axe_finds(page, {}, "#result_list tbody") == [], name
    rule = f"/admin/threads/privacyrule/add/?what=comment&of={Comment.objects.latest('pk').pk}"
    page.goto(page.url.split("/admin/")[0] + rule)
    page.locator("#id_reason").fill("Asked for")
    page.locator("button[value=preview]").click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert axe_finds(page, {}, "#content-main") == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("with_js", [True, False], ids=["js", "no-js"])
def test_an_imports_page_tells_problems_and_leads_to_its_pages(
    open_page: OpenPage, viewport: dict[str, int], with_js: bool
) -> None:
    import_demo()
    staff = logged_in(User.objects.create_superuser("dora"))
    page = open_page(
        "/admin/threads/importrun/",
        storage_state=staff,
        viewport=viewport,
        java_script_enabled=with_js,
    )
    page.locator("#result_list .field-started_at a").last.click()
    kinds = page.get_by_role("region", name="Warnings and notes").locator("details")
    kinds.first.locator("summary").click()
    assert too_wide(page, shows=kinds.first.locator("li").first) == []
    page.get_by_role("link", name="Read page").first.click()
    expect(page.locator("article.talk-page")).to_be_visible()
