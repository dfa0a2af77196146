"""What a comment answers, shown beside the link to it."""

import pytest
from playwright.sync_api import expect

from tests.views.writing import Comment, Section, chain, write_page
from threads import models

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So."), Comment("Cem", "Hm."))),
    )


def test_a_link_to_a_parent_shows_it_on_hover_and_no_longer(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    tip = page.locator("#ta-preview")
    page.get_by_role("link", name="to Ada").hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Why?")
    tip.hover()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_it_is_shown_on_focus_and_told(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    link = page.get_by_role("link", name="to Ada")
    link.focus()
    expect(page.locator("#ta-preview")).to_contain_text("Why?")
    expect(link).to_have_attribute("aria-describedby", "ta-preview")
    page.get_by_role("link", name="Cem").first.focus()
    expect(page.locator("#ta-preview")).to_be_hidden()


def test_what_is_not_on_the_page_is_fetched(open_page: OpenPage, small_parts: None) -> None:
    write_page("Talk:Long", Section("Plan", Comment("Ada", "Root", chain(11, text="Deep"))))
    page = open_page("/wiki/examplewiki/Talk:Long")
    ident = models.Comment.objects.get(text="Deep 7").ident
    page.locator("[data-preview]").or_(page.locator(".fold")).first.evaluate(
        """(link, [ident, address]) => {
            const other = document.createElement("a")
            Object.assign(other, { href: `#${ident}`, textContent: "elsewhere" })
            other.dataset.preview = address
            link.before(other)
        }""",
        [ident, f"/preview/examplewiki/{ident}"],
    )
    page.get_by_role("link", name="elsewhere").focus()
    expect(page.locator("#ta-preview")).to_contain_text("Deep 7")
