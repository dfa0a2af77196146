"""Writing a reply in a real browser, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from threads.models import Comment, Wiki
from threads.store import store_page
from threads.wikitext import parse_page

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TIME = "10:08, 21 June 2019 (UTC)"
PAGE = f"""== Lamps ==
Which lamps? [[User:Ada]] {TIME}
: The old ones. [[User:Ben]] {TIME}
"""
ADDRESS = "/wiki/lanternwiki/Talk:Lamps"


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki", server="https://lantern.example")
    store_page(wiki, parse_page(PAGE, title="Talk:Lamps", language="en", timezone="UTC"), PAGE)


def answer(page: Page, words: str) -> None:
    """Opens the composer below the first comment and writes."""
    page.get_by_role("link", name="Reply").first.press("Enter")
    expect(page.get_by_label("Your reply to Ada")).to_be_focused()
    page.keyboard.type(words)


def test_a_reply_is_written_in_place_with_a_live_preview(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    page.evaluate("window.stayed = true")
    answer(page, "''Those''")
    expect(page.get_by_role("group", name="Preview").locator("i")).to_have_text("Those")
    expect(page.get_by_label("Wikitext to paste")).to_have_value(": ''Those'' ~~~~")
    expect(page.locator(".composer")).to_contain_text("below line 3")
    expect(page.get_by_label("Your reply to Ada")).to_be_focused()
    page.get_by_label("Mention Ada").check()
    expect(page.get_by_label("Wikitext to paste")).to_have_value(
        ": @[[User:Ada|Ada]]: ''Those'' ~~~~"
    )
    assert page.evaluate("window.stayed") is True


def test_a_draft_survives_a_reload_until_it_is_discarded(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    answer(page, "Unsent")
    page.reload()
    page.get_by_role("link", name="Reply").first.press("Enter")
    expect(page.get_by_label("Your reply to Ada")).to_have_value("Unsent")
    expect(page.get_by_label("Wikitext to paste")).to_have_value(": Unsent ~~~~")
    page.get_by_role("button", name="Discard draft").click()
    expect(page.get_by_label("Your reply to Ada")).to_have_value("")
    expect(page.get_by_label("Wikitext to paste")).to_have_count(0)
    page.reload()
    page.get_by_role("link", name="Reply").first.press("Enter")
    expect(page.get_by_label("Your reply to Ada")).to_have_value("")


def test_escape_closes_the_composer_and_goes_back_to_the_link(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    answer(page, "jk")
    page.keyboard.press("Escape")
    expect(page.locator(".composer")).to_have_count(0)
    expect(page.get_by_role("link", name="Reply").first).to_be_focused()


def test_the_wikitext_is_copied(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, permissions=["clipboard-read", "clipboard-write"])
    answer(page, "Those")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == ": Those ~~~~"


def test_without_javascript_the_composer_is_a_page(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, java_script_enabled=False)
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_label("Your reply to Ada").fill("''Those''")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Wikitext to paste")).to_have_value(": ''Those'' ~~~~")
    expect(page.get_by_label("Your reply to Ada")).to_have_value("''Those''")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_a_comment_is_cited_from_a_dialog(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    page.get_by_role("link", name="More actions").last.press("Enter")
    dialog = page.get_by_role("dialog", name="More actions")
    ident = Comment.objects.get(author__name="Ben").ident
    expect(dialog.get_by_role("textbox", name="Permanent link")).to_have_value(
        page.url.split("/wiki/")[0] + f"/comment/{ident}"
    )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="More actions").last).to_be_focused()


def test_without_javascript_citations_are_a_page(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, java_script_enabled=False)
    page.get_by_role("link", name="More actions").last.click()
    expect(page.get_by_role("heading", name="More actions")).to_be_visible()
    link = page.get_by_role("textbox", name="Wikitext link")
    expect(link).to_have_value(re.compile(r"^\[\[Talk:Lamps#c-Ben"))
