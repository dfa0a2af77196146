"""Reading by single keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.views.writing import Comment, Section, chain, write_page
from threads.presentation.page import layout, parts

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


@pytest.fixture(autouse=True)
def _page(transactional_db: None) -> None:
    write_page(
        "Talk:Bridges",
        Section(
            "Plan",
            Comment("Ada", "Why?", Comment("Ben", "So.", Comment("Cem", "Hm."))),
            Comment("Dee", "Else?"),
        ),
    )


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def expect_at(page: Page, words: str) -> None:
    expect(page.locator(".comment:focus .text")).to_have_text(words)


def test_j_and_k_go_from_comment_to_comment(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    press(page, "j")
    expect_at(page, "Why?")
    press(page, "jjj")
    expect_at(page, "Else?")
    press(page, "j")
    expect_at(page, "Else?")
    press(page, "kk")
    expect_at(page, "So.")


def test_p_goes_to_what_a_comment_answers(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    press(page, "jjjp")
    expect_at(page, "So.")
    press(page, "pp")
    expect_at(page, "Why?")


def test_p_leads_out_of_a_thread_that_goes_on_flush(open_page: OpenPage) -> None:
    write_page("Talk:Deep", Section("A", chain(14)))
    page = open_page("/wiki/examplewiki/Talk:Deep")
    press(page, "j" * 14)
    expect_at(page, "Step 14")
    press(page, "p" * 13)
    expect_at(page, "Step 1")


def test_h_folds_and_l_unfolds(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    press(page, "jjh")
    expect(page.locator(".text").get_by_text("Hm.")).to_be_hidden()
    expect_at(page, "So.")
    press(page, "h")
    expect_at(page, "Why?")
    expect(page.locator(".text").get_by_text("So.")).to_be_hidden()
    press(page, "j")
    expect_at(page, "Else?")
    press(page, "kl")
    expect(page.locator(".text").get_by_text("So.")).to_be_visible()


def test_l_fetches_what_is_not_there_yet(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(layout, "WHOLE_BRANCH", 1)
    page = open_page(ADDRESS)
    press(page, "jl")
    expect(page.locator(".text").get_by_text("Hm.")).to_be_visible()
    press(page, "j")
    expect_at(page, "So.")


def test_slash_searches_and_there_keys_are_letters(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    press(page, "/jkp?")
    expect(page.get_by_label("Search this archive")).to_have_value("jkp?")


def test_a_question_mark_lists_the_keys(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_modifiers_are_the_browsers(open_page: OpenPage, modifier: str) -> None:
    page = open_page(ADDRESS)
    page.keyboard.press(f"{modifier}+h")
    page.keyboard.press(f"{modifier}+j")
    expect(page.locator(".comment:focus")).to_have_count(0)


def test_single_keys_can_be_turned_off(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="Off").check()
    page.keyboard.press("Escape")
    press(page, "j")
    expect(page.locator(".comment:focus")).to_have_count(0)


def test_who_works_by_keyboard_goes_on_from_what_was_fetched(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 5)
    long = "Long " * 500
    write_page("Talk:Long", Section("A", *[Comment("Ada", f"{long}{n}") for n in range(12)]))
    page = open_page("/wiki/examplewiki/Talk:Long", viewport={"width": 1280, "height": 300})
    page.get_by_role("link", name="Show 7 more comments").focus()
    expect(page.locator(".comment:focus .text")).to_contain_text("Long 5")
    press(page, "j")
    expect(page.locator(".comment:focus .text")).to_contain_text("Long 6")
