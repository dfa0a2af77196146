"""A topic on paper: whole, unfolded, and without machinery."""

import re
from io import BytesIO
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.views.writing import Comment, Section, write_page

from .conftest import OpenPage

CONTROLS = ":is(form, button, input, select, textarea, .since, .watch, .facets):visible"
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
    for address in ("/", "/wiki/examplewiki/", "/author/examplewiki/Ada", "/search?q=why"):
        page.goto(urljoin(page.url, address))
        page.emulate_media(media="print")
        expect(page.locator("a:visible").first).to_be_visible()
        expect(page.locator(CONTROLS)).to_have_count(0)


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


TOPIC = "/wiki/examplewiki/Talk:Long?topic=h-Plan"
MANY = 300


@pytest.fixture
def long_topic() -> None:
    """A topic of 331 comments, one of them with a branch that is left to be fetched."""
    replies = [Comment("Ben", f"Saying {n} once.") for n in range(MANY, MANY + 30)]
    comments = [Comment("Ada", f"Saying {n} once.") for n in range(MANY)]
    write_page("Talk:Long", Section("Plan", Comment("Cem", "Well?", *replies), *comments))


def printed(page: Page) -> str:
    """What can be read on the paper."""
    pages = PdfReader(BytesIO(page.pdf())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def sayings(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"Saying (\d+) once", text)}


@pytest.mark.usefixtures("long_topic")
def test_a_topic_that_has_not_arrived_whole_is_printed_whole(open_page: OpenPage) -> None:
    page = open_page(TOPIC)
    expect(page.locator(".comment")).to_have_count(200, timeout=20_000)
    text = printed(page)
    assert sayings(text) == set(range(MANY + 30))
    assert "Not all of" not in text


@pytest.mark.usefixtures("long_topic")
def test_without_javascript_the_paper_says_what_is_missing_and_where_it_is(
    open_page: OpenPage,
) -> None:
    page = open_page(TOPIC, java_script_enabled=False)
    text = printed(page)
    assert len(sayings(text)) < MANY
    assert "This printout does not include all 331 comments." in text
    whole = re.search(r"Full page: (http\S+)", text)
    assert whole
    page.goto(whole.group(1))
    text = printed(page)
    assert sayings(text) == set(range(MANY + 30))
    assert "Not all of" not in text


@pytest.mark.usefixtures("long_topic")
def test_all_of_a_long_topic_is_shown_at_once_when_asked(open_page: OpenPage) -> None:
    page = open_page(TOPIC, java_script_enabled=False)
    page.get_by_role("link", name="Show the full page").click()
    expect(page.locator(".comment")).to_have_count(MANY + 31)
