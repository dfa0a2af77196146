"""Menus that lie over the text close by Escape and by a click elsewhere."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.writing import Comment, Section, write_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
# The numbers of all that opens over the text, and not between its lines.
LYING_OVER = """() => {
    const isOver = each => ["absolute", "fixed", "sticky"].includes(getComputedStyle(each).position)
    const around = each => each ? [each, ...around(each.parentElement)] : []
    return [...document.querySelectorAll("details")].flatMap((each, number) => {
        const [summary, content] = each.children
        const opens = summary.checkVisibility() && around(content).some(isOver)
        return opens ? [number] : []
    })
}"""


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    write_page(
        "Talk:Bridges",
        *(Section(name, Comment("Ada", "A word. " * 90)) for name in ("Plan", "Costs", "Dates")),
    )


MENUS = pytest.mark.parametrize(
    ("viewport", "menu", "elsewhere"),
    [
        (DESK, ".menu >> nth=1", ".text >> nth=0"),
        (PHONE, ".menu >> nth=1", ".text >> nth=0"),
        (PHONE, ".contents > details", ".gathering >> nth=2"),
    ],
)


def opened(open_page: OpenPage, viewport: ViewportSize, menu: str, **options: object) -> Page:
    page = open_page(ADDRESS, viewport=viewport, **options)
    page.locator(menu).locator("summary").click()
    expect(page.locator(menu)).to_have_attribute("open", "")
    return page


@MENUS
def test_escape_closes_a_menu_and_leads_back_to_what_opened_it(
    open_page: OpenPage, viewport: ViewportSize, menu: str, elsewhere: str
) -> None:
    page = opened(open_page, viewport, menu)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(menu)).not_to_have_attribute("open", "")
    expect(page.locator(menu).locator("summary")).to_be_focused()


@MENUS
def test_a_click_elsewhere_closes_a_menu(
    open_page: OpenPage, viewport: ViewportSize, menu: str, elsewhere: str
) -> None:
    page = opened(open_page, viewport, menu)
    page.locator(elsewhere).click()
    expect(page.locator(menu)).not_to_have_attribute("open", "")


@MENUS
def test_without_javascript_a_menu_is_closed_where_it_was_opened(
    open_page: OpenPage, viewport: ViewportSize, menu: str, elsewhere: str
) -> None:
    page = opened(open_page, viewport, menu, java_script_enabled=False)
    page.locator(menu).locator("summary").click()
    expect(page.locator(menu)).not_to_have_attribute("open", "")


def test_what_is_clicked_in_a_menu_leaves_it_open(open_page: OpenPage) -> None:
    page = opened(open_page, DESK, ".menu >> nth=1")
    page.locator(".menu >> nth=1").get_by_role("link", name="Watch").click()
    expect(page.locator(".menu >> nth=1")).to_have_attribute("open", "")
    expect(page.locator(".menu >> nth=1").get_by_role("button", name="Watching")).to_be_visible()


def test_escape_in_an_open_menu_ends_nothing_else(open_page: OpenPage) -> None:
    page = open_page(f"{ADDRESS}?person=Ada", viewport=DESK)
    page.locator(".menu summary").first.click()
    page.keyboard.press("Escape")
    expect(page.locator(".following")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".following")).to_have_count(0)


def test_a_link_of_the_contents_leads_to_its_topic_with_the_contents_closed(
    open_page: OpenPage,
) -> None:
    page = opened(open_page, PHONE, ".contents > details")
    page.locator(".contents ol a").last.click()
    expect(page.locator(".contents > details")).not_to_have_attribute("open", "")
    expect(page.get_by_role("heading", name="Dates")).to_be_in_viewport()


def test_beside_the_text_the_contents_stay(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, viewport=DESK)
    contents = page.locator(".contents > details")
    contents.evaluate("each => { each.open = true }")
    page.locator(".text").first.click()
    expect(contents).to_have_attribute("open", "")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_all_that_opens_over_the_text_is_closed_alike(
    open_page: OpenPage, viewport: ViewportSize
) -> None:
    page = open_page(ADDRESS, viewport=viewport)
    found = page.evaluate(LYING_OVER)
    assert found
    for number in found:
        opened_one = page.locator("details").nth(number)
        opened_one.locator("summary").click()
        expect(opened_one).to_have_attribute("open", "")
        page.keyboard.press("Escape")
        expect(opened_one).not_to_have_attribute("open", "")
