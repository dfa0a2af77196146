"""What a page loads with itself, and what only when a reader first asks for it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.views.writing import Comment, Section, write_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
SCRIPT = "text/javascript"
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


def test_a_page_loads_two_files_and_htmx_besides_what_runs_early(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    assert loaded(page) == [
        "/assets/early.js",
        "/assets/reader.css",
        "/assets/reader.js",
        "/static/django_htmx/htmx-2.min.js",
    ]


@pytest.mark.parametrize("way", ASKS)
def test_what_is_asked_for_arrives_at_the_first_time(open_page: OpenPage, way: str) -> None:
    page = open_page(ADDRESS)
    ASKS[way](page)
    expect(page.locator(SHOWN[way])).to_be_visible()
    assert "/assets/later.js" in loaded(page)


def test_where_it_does_not_arrive_links_lead_to_pages(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    page.route("**/later.js*", lambda route: route.fulfill(body="throw 0", content_type=SCRIPT))
    page.goto(page.url.replace("/healthz", ADDRESS))
    page.get_by_role("link", name="Reply").first.press("Enter")
    expect(page).to_have_url(re.compile("/reply/"))
