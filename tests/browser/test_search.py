"""Finding things in a real browser: what somebody asks, a name, a pasted link."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.searching import at
from tests.views.writing import Comment, Section, write_page, write_wiki

from .conftest import OpenPage
from .measuring import measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
WAYS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
SIZES = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
ID = "c-James_Salsman-2019-04-24T12:00:00.000Z-Interns"


@pytest.fixture(autouse=True)
def _archive(transactional_db: None) -> None:
    meta = write_wiki("metawiki", name="Meta-Wiki", server="https://meta.wikimedia.org")
    arabic = write_wiki("arwiki", language="ar")
    said = Comment(
        "James Salsman",
        "We should pay interns, " + "as everybody does who wants them to stay. " * 6,
        Comment("Ada Lee", "Interns learn a lot.", at=at(2019, 5)),
        at=at(2019, 4, 24),
    )
    write_page(
        "Talk:Strategy/Roles",
        Section("Interns", said, Comment("James Salsman", "Interns, again", at=at(2020))),
        Section("Money", Comment("Ben Okri", "Ask James Salsman about interns.", at=at(2018))),
        wiki=meta,
    )
    write_page(
        "نقاش:الجسور",
        Section("المتدربون", Comment("ليلى", "المتدربون هنا", at=at(2019))),
        wiki=arabic,
    )


def ask(page: Page, words: str) -> None:
    page.locator("[name=q]").fill(words)
    page.locator("[name=q]").press("Enter")


def scrolls_sideways(page: Page) -> bool:
    return bool(measure(page, "document.documentElement.scrollWidth > innerWidth"))


@WAYS
@SIZES
def test_what_somebody_said_about_something_in_a_year_is_found(
    open_page: OpenPage, viewport: ViewportSize, java_script_enabled: bool
) -> None:
    page = open_page("/", viewport=viewport, java_script_enabled=java_script_enabled)
    ask(page, "Salsman interns 2019")
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator(".hit .excerpt")).to_contain_text("We should pay interns")
    expect(page.locator(".hit mark").first).to_have_text("interns")
    assert not scrolls_sideways(page)
    page.locator(".hit .when").click()
    expect(page.locator(".comment.is-wanted")).to_contain_text("We should pay interns")


@WAYS
@SIZES
def test_a_persons_name_leads_to_the_person(
    open_page: OpenPage, viewport: ViewportSize, java_script_enabled: bool
) -> None:
    page = open_page("/", viewport=viewport, java_script_enabled=java_script_enabled)
    ask(page, "james salsman")
    page.locator(".offers a").first.click()
    expect(page).to_have_url(re.compile("/author/metawiki/James_Salsman"))


@WAYS
@SIZES
def test_a_pasted_link_leads_to_the_comment(
    open_page: OpenPage, viewport: ViewportSize, java_script_enabled: bool
) -> None:
    page = open_page("/", viewport=viewport, java_script_enabled=java_script_enabled)
    ask(page, f"https://meta.m.wikimedia.org/wiki/Talk:Strategy/Roles#{quote(ID)}")
    expect(page.locator(".comment.is-wanted")).to_contain_text("We should pay interns")
    expect(page.locator(".comment.is-wanted")).to_be_in_viewport()


@WAYS
def test_controls_and_facets_narrow_what_was_found(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    page = open_page("/search?q=interns", viewport=PHONE, java_script_enabled=java_script_enabled)
    expect(page.locator(".hit")).to_have_count(4)
    page.locator(".facets summary").click()
    page.locator(".facets").get_by_role("link", name="James Salsman").click()
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.locator("[name=q]")).to_have_value('interns author:"James Salsman"')
    page.locator(".narrow summary").click()
    expect(page.locator("[name=author]")).to_have_value("James Salsman")
    page.locator("[name=after]").fill("2020")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator("[name=q]")).to_have_value('interns author:"James Salsman" after:2020')
    page.locator(".narrowed a").first.click()
    expect(page.locator("[name=q]")).to_have_value("interns after:2020")


def test_suggestions_come_while_typing_and_are_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#ta-search").press_sequentially("salsm")
    link = page.locator(".suggested").get_by_role("link", name="James Salsman")
    expect(link).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(page.locator("#ta-search")).to_be_focused()
    page.locator("#ta-search").press_sequentially("a")
    page.locator(".suggested").get_by_role("link", name="James Salsman").click()
    expect(page).to_have_url(re.compile("/author/metawiki/James_Salsman"))


def test_suggestions_go_when_the_reader_turns_elsewhere(open_page: OpenPage) -> None:
    page = open_page("/", viewport=PHONE)
    page.locator("#ta-search").press_sequentially("strategy")
    expect(page.locator(".suggested a").first).to_be_visible()
    assert not scrolls_sideways(page)
    page.locator("main h2").last.click()
    expect(page.locator(".suggested a").first).to_be_hidden()


@SIZES
def test_results_are_read_from_right_to_left(open_page: OpenPage, viewport: ViewportSize) -> None:
    page = open_page("/search?q=المتدربون", viewport=viewport, locale="ar")
    expect(page.locator(".hit")).to_have_count(1)
    where, field = page.locator(".hits .where a").bounding_box(), page.locator("#ta-asked")
    box = field.bounding_box()
    assert where and box
    assert abs(where["x"] + where["width"] - box["x"] - box["width"]) < 2
    assert not scrolls_sideways(page)


@WAYS
def test_a_page_shows_what_has_the_words_with_marks_in_place(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    page = open_page("/wiki/metawiki/Talk:Strategy/Roles", java_script_enabled=java_script_enabled)
    page.locator(".filter summary").click()
    page.locator("[name=words]").fill("learn")
    page.locator("[name=words]").press("Enter")
    expect(page.locator(".comment mark")).to_have_text("learn")
