"""How a talk page is set: its lines, its sizes, its gaps, and what a phone has room for."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.views.kept_pages import HERE, TEXT, store
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models

from .conftest import OpenPage
from .measuring import axe_finds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
BOTH_WAYS = pytest.mark.parametrize("java_script_enabled", [True, False])
WORDS = (
    "The old bridge carries a market on Tuesdays, and nobody who crosses it then has ever been "
    "in a hurry. Whoever wants to widen it should come and see what stands there first. "
)
# The number of characters in each line of a paragraph but the last one.
LINES = """paragraph => {
    const range = document.createRange()
    const text = paragraph.firstChild
    const lines = new Map()
    for (let i = 0; i < text.length; i++) {
        range.setStart(text, i)
        range.setEnd(text, i + 1)
        const top = range.getBoundingClientRect().top
        lines.set(top, (lines.get(top) ?? 0) + 1)
    }
    return [...lines.values()].slice(0, -1)
}"""
# The font sizes of all text that is seen.
SIZES = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const sizes = new Set()
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement
        if (texts.currentNode.data.trim() && element.checkVisibility()) {
            sizes.add(getComputedStyle(element).fontSize)
        }
    }
    return [...sizes]
}"""


def write(language: str = "en") -> None:
    """A page of two topics, each with long lines, long names and codes."""
    topics = [
        Section(
            name,
            Comment(
                "Somebody with a rather long name",
                WORDS * 4,
                Comment("Ben", "Answer", inline=True),
                Comment("Another one with quite a long name", "An <code>answer</code>"),
            ),
            Section("Details", Comment("Cem", "More</p><pre>of it</pre>")),
        )
        for name in ("Plan", "Costs")
    ]
    write_page("Talk:Bridges", *topics, wiki=write_wiki(language=language))


def gap_below(page: Page, heading: str) -> float:
    """From a heading's end to the beginning of the first comment below it, in pixels."""
    above = page.get_by_role("heading", name=heading).first.bounding_box()
    below = page.locator(f".section:has(> .heading :text-is('{heading}')) .comment").first
    comment = below.bounding_box()
    assert above and comment
    return comment["y"] - above["y"] - above["height"]


def test_lines_of_comments_have_60_to_72_characters(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=DESK)
    lines = page.locator(".comment .text p").first.evaluate(LINES)
    assert 60 <= sum(lines) / len(lines) <= 72
    assert max(lines) <= 75


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_a_page_has_three_sizes_of_text(open_page: OpenPage, viewport: ViewportSize) -> None:
    write()
    page = open_page(ADDRESS, viewport=viewport)
    assert len(page.evaluate(SIZES)) == 3


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("viewport", "most"), [(DESK, 60), (PHONE, 45)])
def test_comments_begin_close_below_their_heading(
    open_page: OpenPage, viewport: ViewportSize, most: int, language: str
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=viewport)
    assert gap_below(page, "Plan") <= most
    assert gap_below(page, "Details") <= 20


def write_decided(language: str) -> None:
    """A page of topics with positions, the one decided and the other closed, in many words."""
    write(language)
    said = {"by": "Somebody with a rather long name", "when": "2019-06-22T12:00:00Z"}
    decision = said | {"outcome": WORDS, "comment": "", "sources": ["template", "heading"]}
    closed = said | {"words": WORDS, "status": "no consensus", "source": "template"}
    models.Section.objects.filter(heading="Plan").update(decision=decision)
    models.Section.objects.filter(heading="Costs").update(closures=[closed])
    for comment in models.Comment.objects.filter(section__heading__in=("Plan", "Costs")):
        stance = ("keep", "delete", "merge")[comment.pk % 3]
        comment.stance = {"stance": stance, "word": f"Strong {stance}", "status": ""}
        comment.save()
    models.Wiki.objects.update(decisions_shown=True, positions_shown=True)


@BOTH_WAYS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_what_a_topic_came_to_takes_a_line_each_which_opens(
    open_page: OpenPage, language: str, java_script_enabled: bool
) -> None:
    write_decided(language)
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    assert page.locator(".outcome").count() == 2
    assert page.locator(".positions").count() == 2
    for line in page.locator(":is(.outcome, .positions) > summary, .gathering").all():
        box = line.bounding_box()
        assert box and box["height"] <= 28, line.inner_text()
    for heading in page.locator(".level-2 > .heading h2").all_inner_texts():
        assert gap_below(page, heading) <= 100, heading
    page.locator(".outcome > summary").first.click(position={"x": 8, "y": 8})
    expect(page.locator(".outcome > .text").first).to_contain_text("see what stands there first.")
    page.locator(".positions > summary").first.click(position={"x": 8, "y": 8})
    expect(page.locator(".positions").get_by_role("link", name="Strong keep").first).to_be_visible()


@BOTH_WAYS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_who_and_when_are_one_line(
    open_page: OpenPage, language: str, java_script_enabled: bool
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    for byline in page.locator(".comment > .byline").all():
        box, when = byline.bounding_box(), byline.locator(".when").bounding_box()
        menu = byline.locator("a.share").bounding_box()
        assert box and when and menu
        assert box["height"] < 2 * when["height"]
        assert min(menu["x"], when["x"]) >= 0
        assert max(menu["x"] + menu["width"], when["x"] + when["width"]) <= PHONE["width"]


def test_what_a_comment_answers_shows_itself_at_a_touch(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=PHONE, has_touch=True)
    answers = page.locator(".comment .answers").first
    expect(answers).to_be_hidden()
    page.locator(".comment:has(.answers)").first.hover()
    expect(answers).to_be_visible()


def test_on_a_phone_the_menu_of_a_comment_leads_to_a_reply_in_place(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=PHONE)
    expect(page.locator(".comment a.reply").first).to_be_hidden()
    page.locator(".comment a.share").first.click()
    page.locator("#ta-menu").get_by_role("link", name="Reply").click()
    expect(page.locator(".comment .composer textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".comment a.share").first).to_be_focused()


def test_without_scripts_the_menu_of_a_comment_leads_to_a_page_to_reply(
    open_page: OpenPage,
) -> None:
    write()
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=False)
    page.locator(".comment a.share").first.click()
    page.get_by_role("main").get_by_role("link", name="Reply").click()
    expect(page).to_have_url(re.compile("/reply/"))


@BOTH_WAYS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_contents_lead_to_the_participants(
    open_page: OpenPage, language: str, java_script_enabled: bool
) -> None:
    write(language)
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    contents = page.get_by_role("navigation", name="Contents")
    contents.locator("summary").click()
    contents.get_by_role("link", name="Participants").click()
    expect(page.get_by_role("heading", name="Participants")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Highlight comments by Ben")).to_be_in_viewport()


def test_beside_participants_no_link_leads_to_them(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, viewport=DESK)
    expect(page.locator(".to-people")).to_be_hidden()
    expect(page.get_by_role("heading", name="Participants")).to_be_in_viewport()


def test_topics_of_one_name_are_no_landmarks_of_one_name(open_page: OpenPage) -> None:
    store(f"{TEXT}{TEXT.replace('May', 'June')}")
    page = open_page(HERE, viewport=DESK)
    expect(page.get_by_role("heading", name="Lamps", exact=True)).to_have_count(2)
    assert axe_finds(page, {"runOnly": ["landmark-unique"]}) == []
    expect(page.get_by_role("region")).to_have_count(0)
