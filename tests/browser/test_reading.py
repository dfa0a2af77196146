"""Reading a talk page in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.views.writing import Comment, Section, Unsigned, chain, write_page, write_wiki
from threads import models

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
PHONE = {"width": 360, "height": 740}
IS_ON_TOP = """element => {
    const { left, top, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + 5, top + height / 2))
}"""
BOTH_WAYS = pytest.mark.parametrize("java_script_enabled", [True, False])


@pytest.fixture
def thread() -> models.Comment:
    """A page with a thread of three; gives its last comment."""
    write_page(
        "Talk:Bridges",
        Section("Filler", *[Comment("Cleo", "A word. " * 40) for _ in range(12)]),
        Section(
            "Plan", Comment("Ada", "Question", Comment("Ben", "Answer", Comment("Ada", "Thanks")))
        ),
    )
    return models.Comment.objects.get(text="Thanks")


@pytest.fixture
def long_branch(small_parts: None) -> models.Comment:
    """A page that leaves a branch to be fetched; gives the comment that begins it."""
    write_page(
        "Talk:Bridges",
        Section("Plan", Comment("Ada", "Question", chain(11, author="Ben", text="Deep"))),
    )
    return models.Comment.objects.get(text="Question")


def text(page: Page, words: str) -> Locator:
    return page.locator(".text").get_by_text(words, exact=True)


@BOTH_WAYS
def test_a_click_folds_replies_to_one_line_and_another_unfolds_them(
    open_page: OpenPage, thread: models.Comment, java_script_enabled: bool
) -> None:
    page = open_page(ADDRESS, java_script_enabled=java_script_enabled)
    handle = page.locator("details.branch > summary").first
    expect(text(page, "Answer")).to_be_visible()
    handle.click()
    expect(text(page, "Answer")).to_be_hidden()
    expect(page.get_by_text("2 replies, Ben, Ada, April 2019")).to_be_visible()
    page.get_by_text("2 replies, Ben, Ada, April 2019").click()
    expect(text(page, "Thanks")).to_be_visible()


def test_replies_fold_by_keyboard(open_page: OpenPage, thread: models.Comment) -> None:
    page = open_page(ADDRESS)
    page.locator("details.branch > summary").first.focus()
    page.keyboard.press("Enter")
    expect(text(page, "Answer")).to_be_hidden()


def test_all_replies_fold_and_unfold_at_once(open_page: OpenPage, thread: models.Comment) -> None:
    page = open_page(ADDRESS)
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Collapse all replies").click()
    expect(text(page, "Answer")).to_be_hidden()
    expect(text(page, "Question")).to_be_visible()
    page.get_by_role("button", name="Expand all replies").click()
    expect(text(page, "Thanks")).to_be_visible()


def test_replies_fold_below_the_first_ones(open_page: OpenPage, thread: models.Comment) -> None:
    page = open_page(ADDRESS)
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Show first replies only").click()
    expect(text(page, "Answer")).to_be_visible()
    expect(text(page, "Thanks")).to_be_hidden()


def test_a_keyboard_skips_the_contents(open_page: OpenPage, thread: models.Comment) -> None:
    page = open_page(ADDRESS)
    page.get_by_role("link", name="Skip table of contents").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".tools > summary")).to_be_focused()


def test_without_javascript_no_button_is_offered_that_needs_it(
    open_page: OpenPage, thread: models.Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=False)
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_link_to_a_comment_unfolds_its_branch(
    open_page: OpenPage, thread: models.Comment
) -> None:
    page = open_page(ADDRESS)
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Collapse all replies").click()
    expect(text(page, "Thanks")).to_be_hidden()
    page.evaluate("ident => { location.hash = encodeURIComponent(ident) }", thread.ident)
    expect(text(page, "Thanks")).to_be_in_viewport()


@BOTH_WAYS
def test_a_permalink_shows_the_comment_and_marks_it(
    open_page: OpenPage, thread: models.Comment, java_script_enabled: bool
) -> None:
    page = open_page(f"/comment/{thread.ident}", java_script_enabled=java_script_enabled)
    expect(page.locator(".comment:target .text")).to_have_text("Thanks")
    expect(page.locator(".comment.is-wanted .text")).to_have_text("Thanks")
    expect(text(page, "Thanks")).to_be_in_viewport()


@BOTH_WAYS
def test_a_permalink_reaches_into_a_branch_that_is_not_on_the_page(
    open_page: OpenPage, long_branch: models.Comment, java_script_enabled: bool
) -> None:
    deep = models.Comment.objects.get(text="Deep 11")
    page = open_page(f"/comment/{deep.name}", java_script_enabled=java_script_enabled)
    expect(page.locator(".comment:target .text")).to_have_text("Deep 11")
    expect(text(page, "Deep 11")).to_be_in_viewport()


def test_a_fragment_copied_from_the_wiki_reaches_into_it_too(
    open_page: OpenPage, long_branch: models.Comment
) -> None:
    deep = models.Comment.objects.get(text="Deep 11")
    page = open_page(f"{ADDRESS}#{deep.ident}")
    expect(page.locator(".comment:target .text")).to_have_text("Deep 11")
    expect(text(page, "Deep 11")).to_be_in_viewport()


def test_a_fragment_that_nobody_knows_says_so_and_shows_the_page(
    open_page: OpenPage, long_branch: models.Comment
) -> None:
    page = open_page(f"{ADDRESS}#c-Nobody-2019-04-24T06:43:00.000Z-Plan")
    expect(page.get_by_role("status")).to_contain_text("could not be found")
    expect(text(page, "Question")).to_be_visible()


@BOTH_WAYS
def test_a_long_branch_opens_where_it_stands(
    open_page: OpenPage, long_branch: models.Comment, java_script_enabled: bool
) -> None:
    page = open_page(ADDRESS, java_script_enabled=java_script_enabled)
    expect(text(page, "Deep 1")).to_have_count(0)
    page.get_by_role("link", name="11 replies, Ben, April 2019").click()
    expect(text(page, "Deep 11")).to_be_visible()


def test_htmx_brings_the_branch_without_leaving_the_page(
    open_page: OpenPage, long_branch: models.Comment
) -> None:
    page = open_page(ADDRESS)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="11 replies").press("Enter")
    expect(text(page, "Deep 11")).to_be_visible()
    assert page.evaluate("window.stayed") is True
    # Who works by keyboard goes on from where they were.
    expect(page.locator("details.branch > summary").first).to_be_focused()


@BOTH_WAYS
def test_a_heading_is_reached_by_its_id_and_by_its_anchor(
    open_page: OpenPage, thread: models.Comment, java_script_enabled: bool
) -> None:
    for fragment in ("h-Plan", "Plan"):
        page = open_page(f"{ADDRESS}#{fragment}", java_script_enabled=java_script_enabled)
        expect(page.get_by_role("heading", name="Plan")).to_be_in_viewport()


def test_the_contents_mark_the_topic_that_is_being_read(
    open_page: OpenPage, thread: models.Comment
) -> None:
    page = open_page(ADDRESS)
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Plan").click()
    expect(contents.locator("[aria-current]")).to_contain_text("Plan")


@BOTH_WAYS
def test_on_a_phone_the_contents_are_a_drop_down(
    open_page: OpenPage, thread: models.Comment, java_script_enabled: bool
) -> None:
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="Plan")).to_be_hidden()
    contents.locator("summary").click()
    contents.get_by_role("link", name="Plan").click()
    expect(page.get_by_role("heading", name="Plan")).to_be_in_viewport()


def test_nothing_is_wider_than_a_phone(open_page: OpenPage) -> None:
    wide = "<pre>" + "wide " * 60 + "</pre>" + "unbroken" * 40
    write_page(
        "Talk:Bridges/" + "Longtitle" * 12,
        Section("Heading" * 20, Unsigned(wide), chain(14, author="Name" * 20, text=wide)),
    )
    page = models.TalkPage.objects.get()
    author = models.Author.objects.get()
    for address in (page.get_absolute_url(), author.get_absolute_url(), "/", "/wiki/examplewiki/"):
        shown = open_page(address, viewport=PHONE)
        assert shown.evaluate("document.documentElement.scrollWidth") == PHONE["width"], address


def test_indentation_takes_a_fifth_of_a_phone_at_most(open_page: OpenPage) -> None:
    write_page("Talk:Bridges", Section("Plan", chain(14)))
    page = open_page(ADDRESS, viewport=PHONE)
    first = page.locator(".comment").first.bounding_box()
    last = page.locator(".comment").last.bounding_box()
    assert first and last
    assert last["x"] - first["x"] <= PHONE["width"] / 5


def test_a_page_from_right_to_left_mirrors(open_page: OpenPage) -> None:
    wiki = write_wiki("hewiki", language="he")
    write_page("שיחה:גשרים", Section("תכנית", chain(3, author="דנה")), wiki=wiki)
    page = open_page("/wiki/hewiki/שיחה:גשרים")
    boxes = [page.locator(".comment").nth(number).bounding_box() for number in (0, 2)]
    contents = page.get_by_role("navigation", name="Contents").bounding_box()
    assert boxes[0] and boxes[1] and contents
    right = [box["x"] + box["width"] for box in boxes if box]
    assert right[1] < right[0] < contents["x"]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_handle_is_big_enough_for_a_finger(
    open_page: OpenPage, thread: models.Comment, width: int
) -> None:
    page = open_page(ADDRESS, viewport={"width": width, "height": 740})
    for handle in page.locator("details.branch > summary").all():
        box = handle.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_long_contents_go_on_with_the_page(open_page: OpenPage) -> None:
    write_page(
        "Talk:Bridges", *[Section(f"Plan {n}", Comment("Ada", "A word. " * 40)) for n in range(60)]
    )
    page = open_page(ADDRESS, viewport={"width": 1280, "height": 700})
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="Plan 50")).not_to_be_in_viewport()
    page.get_by_role("heading", name="Plan 50").scroll_into_view_if_needed()
    expect(contents.locator("[aria-current=true]")).to_be_in_viewport()
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 100_000)
    expect(contents.get_by_role("link", name="Plan 59")).to_be_in_viewport()
    page.mouse.wheel(0, -100_000)
    expect(contents.get_by_role("link", name="Plan 0")).to_be_in_viewport()


@BOTH_WAYS
def test_on_a_phone_contents_do_not_cover_what_they_lead_to(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    write_page(
        "Talk:Bridges", *[Section(f"Plan {n}", Comment("Ada", "A word. " * 90)) for n in range(20)]
    )
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    contents = page.get_by_role("navigation", name="Contents")
    contents.locator("summary").click()
    contents.get_by_role("link", name="Plan 9").click()
    heading = page.get_by_role("heading", name="Plan 9")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate(IS_ON_TOP)
