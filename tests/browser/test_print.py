"""A topic on paper: whole, unfolded, and without machinery."""

import pytest
from playwright.sync_api import expect

from tests.views.archive import Comment, Section, write_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So."))))


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_topic_prints_unfolded_and_without_machinery(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    page = open_page(
        "/wiki/examplewiki/Talk:Bridges?topic=h-Plan", java_script_enabled=java_script_enabled
    )
    page.locator("details.branch > summary").click()
    expect(page.locator(".text").get_by_text("So.")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".text").get_by_text("So.")).to_be_visible()
    for machinery in (".masthead", ".contents", ".tools", ".acts", ".filter", ".fold"):
        expect(page.locator(machinery).first).to_be_hidden()
    expect(page.get_by_text("CC BY-SA")).to_be_visible()


def test_what_was_folded_is_folded_again_after_printing(open_page: OpenPage) -> None:
    page = open_page("/wiki/examplewiki/Talk:Bridges")
    branch = page.locator("details.branch")
    branch.locator("summary").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(branch).to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(branch).not_to_have_attribute("open", "")


def test_a_page_printed_in_the_dark_is_printed_light(open_page: OpenPage) -> None:
    page = open_page("/wiki/examplewiki/Talk:Bridges", color_scheme="dark")
    page.evaluate("localStorage.setItem('ta-choices', JSON.stringify({ theme: 'dark' }))")
    page.reload()
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.querySelector('.text')).color")
    assert ink == "rgb(36, 33, 28)"
