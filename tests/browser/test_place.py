"""The place where a reader was: after a reload, on the way back, and at the next visit."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.writing import Comment, Section, write_page, write_wiki

from .conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("small_parts"),
]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
SIZES = pytest.mark.parametrize(
    ("width", "language"), [(1280, "en"), (360, "en"), (1280, "ar"), (360, "ar")]
)
# Scrolls so that the comment with this text stands just below the top.
SCROLL_TO = """words => {
    const texts = [...document.querySelectorAll(".comment .text")]
    const text = texts.find(each => each.textContent.startsWith(words))
    scrollBy(0, text.closest(".comment").getBoundingClientRect().top - 64)
}"""
TOP_OF = """words => {
    const texts = [...document.querySelectorAll(".comment .text")]
    const text = texts.find(each => each.textContent.startsWith(words))
    return text ? text.closest(".comment").getBoundingClientRect().top : null
}"""

IS_AT = """words => {
    const comment = document.getElementById(new URLSearchParams(location.search).get("at"))
    return comment?.querySelector(".text").textContent.startsWith(words)
}"""


def write(language: str = "en") -> None:
    """A page of sixty comments in six parts, each comment of several lines."""
    wiki = write_wiki(language=language)
    write_page(
        "Talk:Bridges",
        *[
            Section(
                f"Topic {t}", *[Comment("Ada", f"{t}.{c} " + "A word. " * 40) for c in range(5)]
            )
            for t in range(12)
        ],
        wiki=wiki,
    )


def at(width: int) -> ViewportSize:
    return {"width": width, "height": 700}


def expect_at(page: Page, words: str, top: float) -> None:
    page.wait_for_function(
        f"([words, top]) => Math.abs(({TOP_OF})(words) - top) < 3", arg=[words, top]
    )


def read_to(page: Page, words: str) -> float:
    page.evaluate(SCROLL_TO, words)
    page.wait_for_function(IS_AT, arg=words)
    top: float = page.evaluate(TOP_OF, words)
    return top


@SIZES
def test_a_reload_and_the_way_back_lead_to_what_was_read(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=at(width))
    for part in range(3):
        page.locator(".more").last.scroll_into_view_if_needed()
        expect(page.locator(".comment")).to_have_count(20 + 10 * part)
    top = read_to(page, "6.3")
    page.reload()
    expect_at(page, "6.3", top)
    page.goto(page.url.split("/wiki/")[0])
    page.go_back()
    expect_at(page, "6.3", top)


def test_the_address_follows_the_reader_without_a_step_in_the_history(
    open_page: OpenPage,
) -> None:
    write()
    page = open_page(ADDRESS, viewport=at(1280))
    before = page.evaluate("history.length")
    read_to(page, "1.2")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_url(f"**{ADDRESS}")
    assert page.evaluate("history.length") == before


def test_a_link_to_a_comment_stays_while_it_is_in_view(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=at(1280))
    page.evaluate("location.hash = document.querySelector('.comment:nth-of-type(3)').id")
    page.mouse.wheel(0, 20)
    page.wait_for_timeout(400)
    assert "#c-Ada" in page.url
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 900)
    page.wait_for_url("**at=*")
    assert "#" not in page.url


@pytest.mark.parametrize("java_script_enabled", [True, False])
@SIZES
def test_earlier_parts_are_read_without_a_jump(
    open_page: OpenPage, width: int, language: str, java_script_enabled: bool
) -> None:
    write(language)
    address = f"{ADDRESS}?start=h-Topic_6"
    page = open_page(address, viewport=at(width), java_script_enabled=java_script_enabled)
    earlier = page.locator(".is-earlier a")
    expect(earlier).to_contain_text("30 earlier comments")
    if not java_script_enabled:
        earlier.click()
        expect(page.get_by_text("4.0 A word")).to_be_visible()
        return
    page.evaluate(SCROLL_TO, "6.1")
    top = page.evaluate(TOP_OF, "6.1")
    earlier.evaluate("link => link.click()")
    expect(page.locator(".comment").first).to_contain_text("4.0")
    assert page.evaluate(TOP_OF, "6.1") == pytest.approx(top, abs=2)


def test_who_scrolls_up_gets_all_that_stands_before(open_page: OpenPage) -> None:
    write()
    page = open_page(f"{ADDRESS}?start=h-Topic_6", viewport=at(1280))
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 1500)
    for first in ("4.0", "2.0", "0.0"):
        while first not in (page.locator(".comment").first.text_content() or ""):
            page.mouse.wheel(0, -300)
            page.wait_for_timeout(30)
    expect(page.locator(".is-earlier")).to_have_count(0)
    expect(page.get_by_text("this is a later part of it")).to_have_count(0)
    page.mouse.wheel(0, -100_000)
    page.wait_for_url(f"**{ADDRESS}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_who_jumps_to_the_end_of_a_page_on_a_phone_gets_what_is_left_above_it(
    open_page: OpenPage, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=at(360))
    page.keyboard.press("End")
    expect(page.get_by_text("11.4 A word.")).to_have_count(1)
    expect(page.locator(".more")).to_have_count(0)
    expect(page.locator("footer").last).to_be_in_viewport()


@SIZES
def test_the_next_visit_offers_to_continue(open_page: OpenPage, width: int, language: str) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=at(width))
    offer = page.get_by_role("link", name="Continue where you stopped")
    expect(offer).to_be_hidden()
    page.locator(".more").last.scroll_into_view_if_needed()
    expect(page.locator(".comment")).to_have_count(20)
    read_to(page, "3.2")
    page.goto(page.url.split("?")[0])
    offer.click()
    expect(page.locator(".comment:target")).to_contain_text("3.2")
    expect(page.locator(".comment:target .byline")).to_be_in_viewport()


def test_what_was_read_is_forgotten_with_the_rest(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=at(1280))
    read_to(page, "1.2")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("button", name="Clear stored data").click()
    page.goto(page.url.split("?")[0])
    expect(page.get_by_role("link", name="Continue where you stopped")).to_be_hidden()
