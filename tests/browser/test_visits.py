"""What came since a reader's last visit, without a date that they would have to know."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.models import Collection
from threads.store import count_collection

from .conftest import OpenPage
from .test_memory import some_time_passes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAIN = "New comments since…"
KNOWN = "Comments added since your last visit"


def write(title: str, text: str, days: int, language: str = "en") -> None:
    """A page with one comment, signed so many days ago."""
    at = timezone.now() - timedelta(days=days)
    page = write_page(
        title, Section("Plan", Comment("Ada", text, at=at)), wiki=write_wiki(language=language)
    )
    collection, _is_new = Collection.objects.get_or_create(slug="all", title="All")
    collection.pages.add(page)
    count_collection(collection)


def come_again(page: Page) -> None:
    some_time_passes(page)
    page.reload()


@pytest.mark.parametrize("address", ["/", "/wiki/examplewiki/", "/collection/all/"])
@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "ar")])
def test_what_came_since_the_last_visit_is_one_click_away(
    open_page: OpenPage, address: str, width: int, language: str
) -> None:
    size: ViewportSize = {"width": width, "height": 740}
    write("Talk:Bridges", "Before.", 40, language)
    page = open_page(address, viewport=size)
    expect(page.get_by_role("link", name=PLAIN)).to_be_visible()
    come_again(page)
    expect(page.get_by_role("link", name=PLAIN)).to_be_visible()
    write("Talk:Roads", "Signed before, and added lately.", 5000, language)
    come_again(page)
    page.get_by_role("link", name=KNOWN).click()
    expect(page.locator(".comment .text")).to_have_text(["Signed before, and added lately."])


def test_without_javascript_the_link_asks_for_a_day(open_page: OpenPage) -> None:
    write("Talk:Bridges", "Before.", 40)
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name=PLAIN).click()
    expect(page.get_by_label("Comments signed since")).to_be_visible()


def test_of_one_page_too(open_page: OpenPage) -> None:
    write("Talk:Bridges", "Before.", 40)
    page = open_page("/wiki/examplewiki/Talk:Bridges")
    page.get_by_role("link", name=PLAIN).click()
    page.get_by_label("Comments signed since").fill("2000-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".comment .text")).to_have_text(["Before."])


def test_young_comments_say_how_old_they_are_and_show_when_on_focus(open_page: OpenPage) -> None:
    write("Talk:Bridges", "Lately.", 3)
    page = open_page("/wiki/examplewiki/Talk:Bridges")
    time = page.locator(".comment .when time")
    expect(time).to_have_text("3\u00a0days ago")
    title = time.get_attribute("title") or ""
    assert "(UTC)" in title
    page.locator(".comment .person").focus()
    page.keyboard.press("Tab")
    shown = time.evaluate("each => getComputedStyle(each, '::after').content")
    assert title in shown
