"""What a phone has room for: nothing is cut at its beginning, and lists cut nothing."""

from urllib.parse import quote

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models

from .conftest import OpenPage
from .looks import LEFT_TO_RIGHT, RIGHT_TO_LEFT, write_archive
from .measuring import measure, too_wide
from .test_rhythm import ADDRESS, write_decided

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 360, "height": 740}
BOTH_WAYS = pytest.mark.parametrize("java_script_enabled", [True, False])
LONG = "A heading of quite some length, as those that people write " * 3

# From the heading above to the first words of each topic, whoever signed them or nobody; at most.
FARTHEST = """() => Math.max(...[...document.querySelectorAll("#ta-rows .section")].map(topic => {
    const seen = [...topic.querySelectorAll(".comment, .unsigned, .box-label")]
    const first = seen.find(each => each.checkVisibility())
    const isAbove = each => each.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING
    const headings = [...topic.querySelectorAll(".heading > :first-child")]
    const heading = first && headings.filter(isAbove).at(-1)
    if (!heading) return 0
    return first.getBoundingClientRect().top - heading.getBoundingClientRect().bottom
}))"""
# Lines of which the first character is not seen.
BEHEADED = """() => [
        ...document.querySelectorAll(".gathering, :is(.outcome, .positions) > summary"),
    ]
    .filter(line => {
        const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        while (text.nextNode() && !text.currentNode.data.trim());
        const range = document.createRange()
        range.setStart(text.currentNode, 0)
        range.setEnd(text.currentNode, 1)
        const [first, box] = [range.getBoundingClientRect(), line.getBoundingClientRect()]
        return first.left < box.left - 1 || first.right > box.right + 1
    })
    .map(line => line.innerText)"""
CUT = """() => [...document.querySelectorAll(".byline .mark, .byline .person")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
    .map(each => each.innerText)"""


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("dbname", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_the_words_of_a_topic_begin_close_below_their_heading(
    open_page: OpenPage, dbname: str, locale: str
) -> None:
    write_archive()
    addresses = [
        page.get_absolute_url()
        for page in models.TalkPage.objects.filter(wiki__dbname=dbname, comment_count__gt=0)
    ]
    page = open_page("/", viewport=PHONE, locale=locale)
    for address in addresses:
        page.goto(page.url.partition("/wiki/")[0].rstrip("/") + f"{address}?whole=1")
        assert measure(page, FARTHEST) <= 100, address


@pytest.mark.parametrize(("language", "locale"), [("en", "ar"), ("ar", "en"), ("en", "en")])
def test_a_line_that_is_cut_is_cut_at_its_end(
    open_page: OpenPage, language: str, locale: str
) -> None:
    write_decided(language)
    page = open_page(ADDRESS, viewport=PHONE, locale=locale)
    assert page.locator(".outcome > summary").count() == 2
    assert measure(page, BEHEADED) == []


@BOTH_WAYS
def test_several_parts_that_were_closed_take_one_line_which_opens_to_all(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    write_decided("en")
    section = models.Section.objects.get(heading="Costs")
    section.closures = [section.closures[0] | {"status": f"Part {n}"} for n in (1, 2, 3)]
    section.save()
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    topic = page.locator(".section:has(> .heading :text-is('Costs'))")
    assert measure(page, FARTHEST) <= 100
    expect(topic.locator(".outcome:visible")).to_have_count(1)
    expect(topic.locator(".outcome > summary").first).to_contain_text("+2 Closed by")
    topic.locator(".outcome > summary").first.click(position={"x": 8, "y": 8})
    expect(topic.locator(".outcome:visible")).to_have_count(3)
    page.set_viewport_size({"width": 1280, "height": 900})
    topic.locator(".outcome > summary").first.click(position={"x": 8, "y": 8})
    expect(topic.locator(".outcome:visible")).to_have_count(3)
    expect(topic.get_by_text("+2")).to_be_hidden()


@BOTH_WAYS
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "address",
    [
        "/since/examplewiki/?day=2019-01-01",
        "/watch/?page=examplewiki/Talk:Bridges",
        f"/author/examplewiki/{quote('Another one with quite a long name')}",
    ],
)
def test_lists_say_in_full_who_replies_to_whom(
    open_page: OpenPage, address: str, language: str, java_script_enabled: bool
) -> None:
    write_decided(language)
    page = open_page(address, viewport=PHONE, java_script_enabled=java_script_enabled)
    expect(page.get_by_text("replying to Somebody with a rather long name").first).to_be_visible()
    assert measure(page, CUT) == []


@BOTH_WAYS
def test_topics_of_long_names_are_compared_within_the_screen(
    open_page: OpenPage, java_script_enabled: bool
) -> None:
    topics = [
        Section(f"{LONG}{n}", *[Comment("Ada", f"{n}. " + "A word. " * 90)] * 9) for n in (1, 2)
    ]
    write_page("Talk:Bridges", *topics, wiki=write_wiki())
    page = open_page(ADDRESS, viewport=PHONE, java_script_enabled=java_script_enabled)
    page.locator(".filter summary").click()
    assert too_wide(page) == []
    page.locator(".heading .menu summary").first.click()
    page.get_by_role("link", name="Compare with another topic").first.click()
    page.locator("select[name=other]").select_option(index=2)
    assert too_wide(page, shows=page.locator("select[name=other]")) == []
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name=f"↓ {LONG}2").click()
    expect(page.locator(".pane").nth(1).locator(".where").first).to_be_in_viewport()
    page.get_by_role("link", name=f"↑ {LONG}1").click()
    expect(page.locator(".pane").nth(0).locator(".where").first).to_be_in_viewport()
