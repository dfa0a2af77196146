"""Following one person through a page."""

import re

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


def write(language: str = "en") -> None:
    """Thirty comments in three parts; of each topic, the last one is Eve's."""
    write_page(
        "Talk:Bridges",
        *[
            Section(
                f"Topic {t}",
                *[Comment("Ada", f"{t}.{c} " + "A word. " * 20) for c in range(4)],
                Comment("Eve", f"Eve {t}"),
            )
            for t in range(6)
        ],
        wiki=write_wiki(language=language),
    )


def size(width: int) -> ViewportSize:
    return {"width": width, "height": 700}


def follow(page: Page) -> None:
    page.get_by_role("link", name="Highlight comments by Eve").click()


def expect_at(page: Page, words: str) -> None:
    expect(page.locator(".comment:is(:focus, :target) .text", has_text=words)).to_be_in_viewport()


@SIZES
def test_a_click_marks_all_comments_of_a_person_where_the_reader_is(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=size(width))
    page.evaluate("window.stayed = true")
    follow(page)
    bar = page.get_by_role("group", name="Comments by Eve")
    expect(bar).to_contain_text("of 6")
    expect(bar).to_be_in_viewport()
    expect(page.locator(".comment.is-theirs")).not_to_have_count(0)
    expect(page.locator(".contents .theirs")).to_have_text(["✓ 1"] * 6)
    border = page.locator(".comment.is-theirs").first.evaluate(
        "each => getComputedStyle(each).borderInlineStartWidth"
    )
    assert border == "3px"
    assert page.evaluate("window.stayed") is True
    assert "person=Eve" in page.url


def test_the_bar_and_the_keys_lead_from_one_comment_to_the_next(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=size(1280))
    follow(page)
    bar = page.get_by_role("group", name="Comments by Eve")
    expect(bar).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("f")
    expect_at(page, "Eve")
    number = int(re.findall(r"\d+", bar.locator(".number").inner_text())[0])
    bar.get_by_role("link", name="Next comment by Eve").click()
    expect_at(page, f"Eve {number}")
    expect(bar).to_contain_text(f"{number + 1} of 6")
    page.keyboard.press("F")
    expect_at(page, f"Eve {number - 1}")


def test_next_fetches_what_has_not_arrived_and_begins_anew_after_the_last(
    open_page: OpenPage,
) -> None:
    write()
    page = open_page(f"{ADDRESS}?person=Eve", viewport=size(1280))
    expect_at(page, "Eve 0")
    for number in (1, 2, 3, 4, 5, 0):
        page.keyboard.press("f")
        expect_at(page, f"Eve {number}")
        expect(page.locator(".following")).to_contain_text(f"{number + 1} of 6")


def test_escape_undoes_it(open_page: OpenPage) -> None:
    write()
    page = open_page(f"{ADDRESS}?person=Eve", viewport=size(1280))
    expect(page.locator(".comment.is-theirs").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".is-theirs, .theirs, .following")).to_have_count(0)
    expect(page.locator(".participants [aria-current]")).to_have_count(0)
    assert "person" not in page.url


def test_what_arrives_later_is_marked_too(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=size(1280))
    follow(page)
    expect(page.locator(".following")).to_be_visible()
    page.locator(".more a").click()
    expect(page.locator(".comment.is-theirs", has_text="Eve 3")).to_have_count(1)


@SIZES
def test_without_javascript_links_do_the_same(
    open_page: OpenPage, width: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=size(width), java_script_enabled=False)
    follow(page)
    expect_at(page, "Eve 0")
    for number in (1, 2):
        page.get_by_role("link", name="Next comment by Eve").click()
        expect_at(page, f"Eve {number}")
        expect(page.locator(".following")).to_contain_text(f"{number + 1} of 6")
    page.get_by_role("link", name="Remove marks").click()
    expect(page.locator(".is-theirs")).to_have_count(0)


def test_the_list_of_keys_names_them(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text(
        "next and previous comment of"
    )
