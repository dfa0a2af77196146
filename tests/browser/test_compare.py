"""Two topics side by side, in a real browser."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.views.writing import Comment, Section, write_page, write_wiki

from .conftest import OpenPage
from .measuring import measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOTH_WAYS = pytest.mark.parametrize("java_script_enabled", [True, False])

BOXES = "[...document.querySelectorAll('.pane')].map(pane => pane.getBoundingClientRect().toJSON())"


def write(language: str) -> None:
    topics = [
        Section(name, *[Comment("Ada", f"{name} {n} " + "A word. " * 40) for n in range(12)])
        for name in ("Costs", "Colors")
    ]
    write_page("Talk:Bridges", *topics, wiki=write_wiki(language=language))


@BOTH_WAYS
@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "en"), (1280, "ar")])
def test_from_a_topics_menu_two_topics_are_read_side_by_side(
    open_page: OpenPage, width: int, language: str, java_script_enabled: bool
) -> None:
    write(language)
    size: ViewportSize = {"width": width, "height": 740}
    page = open_page(
        "/wiki/examplewiki/Talk:Bridges", viewport=size, java_script_enabled=java_script_enabled
    )
    page.locator(".heading .menu summary").first.click()
    page.get_by_role("link", name="Compare with another topic").first.click()
    page.locator("select[name=other]").select_option("Colors")
    page.get_by_role("button", name="Compare").click()
    panes = page.locator(".pane")
    expect(panes).to_have_count(2)
    left, right = measure(page, BOXES)
    if width == 360:
        assert right["y"] >= left["y"] + left["height"]
        return
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    panes.nth(1).hover()
    page.mouse.wheel(0, 800)
    expect(page.get_by_text("Colors 3 A word")).to_be_in_viewport()
    expect(page.get_by_text("Costs 0 A word")).to_be_in_viewport()
