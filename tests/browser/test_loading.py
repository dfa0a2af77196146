"""What a page loads: all that a reader can ask for there is with it."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.views.writing import Comment, Section, write_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
ASKS = {
    "replying": lambda page: page.get_by_role("link", name="Reply").first.press("Enter"),
    "marking": lambda page: page.get_by_role("link", name="Highlight comments by Ben").click(),
    "previewing": lambda page: page.get_by_role("link", name="to Ada").hover(),
}
SHOWN = {"replying": ".composer", "marking": ".following", "previewing": "#ta-preview .preview"}


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    answers = Comment("Ben", "So."), Comment("Cem", "Hm.")
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", *answers)))


def loaded(page: Page) -> list[str]:
    """The paths of the scripts and stylesheets that the browser has asked for."""
    names = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    return sorted(
        path for path in (urlsplit(name).path for name in names) if path.endswith((".js", ".css"))
    )


def test_a_page_loads_two_files_besides_what_runs_early(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    assert loaded(page) == [
        "/assets/early.js",
        "/assets/reader.css",
        "/assets/reader.js",
    ]


@pytest.mark.parametrize("way", ASKS)
def test_what_is_asked_for_is_there_without_another_script(open_page: OpenPage, way: str) -> None:
    page = open_page(ADDRESS)
    before = loaded(page)
    ASKS[way](page)
    expect(page.locator(SHOWN[way])).to_be_visible()
    assert loaded(page) == before
