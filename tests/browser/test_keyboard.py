"""Reading with Tab and Enter alone: no mouse, no single keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.views.writing import Comment, Section, write_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 60  # how many times somebody presses Tab for one link
# What has the focus: seen, and seen to have it.
SEEN = """element => {
    const box = element.getBoundingClientRect()
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight
        && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
}"""


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    third = Comment("Cleo", "Third")
    write_page(
        "Talk:Bridges",
        Section("Filler", *[Comment("Ada", "A word. " * 40) for _ in range(6)]),
        Section(
            "Plan", Comment("Ada", "Why?", Comment("Ben", "First", Comment("Dee", "Second", third)))
        ),
    )


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted element has the focus; on the way there it is always seen."""
    page.wait_for_load_state()  # with its stylesheet: without it, nothing is where it will be
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(SEEN), focused.evaluate("element => element.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{PATIENCE} times Tab did not lead to {wanted}")


@pytest.mark.parametrize("java_script_enabled", [True, False])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_reader_gets_from_home_to_a_reply_to_its_permalink_and_back(
    open_page: OpenPage, viewport: ViewportSize, java_script_enabled: bool
) -> None:
    page = open_page("/", viewport=viewport, java_script_enabled=java_script_enabled)
    tab_to(page, page.get_by_role("link", name="Skip to content"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".shelf-title", has_text="Talk:Bridges"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk:Bridges")

    contents = page.get_by_role("navigation", name="Contents")
    if viewport is PHONE:
        tab_to(page, contents.locator("summary"))
        page.keyboard.press("Enter")
    tab_to(page, contents.get_by_role("link", name="Plan"))
    page.keyboard.press("Enter")
    expect(page.locator(".heading", has_text="Plan")).to_be_in_viewport()

    third = page.locator(".comment", has_text="Third")
    tab_to(page, third.locator("a.when"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("Cleo"))
    expect(page.locator(".comment:target .text")).to_have_text("Third")
    expect(third).to_be_in_viewport()

    page.go_back()  # whose key is the browser's own, and not there in a headless one
    expect(page).not_to_have_url(re.compile("Cleo"))
    expect(third).to_be_in_viewport()
