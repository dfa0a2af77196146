"""What the browser remembers for a reader without an account, and never sends."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.views.writing import BEGIN, Comment, Section, write_page, write_wiki
from threads import models
from threads.presentation.page import layout, parts

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
AN_HOUR = 60 * 60 * 1000
# Whether the comment that has the focus, or else the one that the address names, says this.
WORDS_AT_READER = """words => {
    const focused = document.activeElement?.closest(".comment")  // none while a page loads
    const comment = focused ?? document.querySelector(".comment:target")
    return comment?.querySelector(".text").textContent === words
}"""


def write(*more: Comment) -> None:
    """The page as it is imported anew: two comments, and more."""
    rewrite(
        Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So.")), *more),
        Section("Filler", Comment("Cem", "A word. " * 500, at=BEGIN)),
    )


def rewrite(*sections: Section) -> None:
    keys = dict(models.Comment.objects.values_list("ident", "pk"))
    models.TalkPage.objects.update(current_revision=None, latest_comment=None)
    for model in (models.Comment, models.Section, models.Revision, models.TalkPage):
        model.objects.all().delete()
    write_page("Talk:Bridges", *sections, wiki=write_wiki(timezone="Asia/Kolkata"), keys=keys)


def remembered(page: Page, name: str) -> dict[str, dict[str, object]]:
    held: dict[str, dict[str, object]] = json.loads(
        page.evaluate("name => localStorage.getItem(name)", f"ta-{name}") or "{}"
    )
    return held


def some_time_passes(page: Page) -> None:
    page.evaluate(
        """time => {
            const pages = JSON.parse(localStorage.getItem("ta-pages"))
            for (const page of Object.values(pages)) page.at -= time
            localStorage.setItem("ta-pages", JSON.stringify(pages))
        }""",
        AN_HOUR,
    )


def test_nothing_is_new_at_a_first_visit(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    expect(page.locator(".is-new")).to_have_count(0)
    expect(page.get_by_text("New comments since your last visit")).to_be_hidden()


def test_what_came_since_the_last_visit_is_marked_whenever_it_was_signed_and_n_goes_there(
    open_page: OpenPage,
) -> None:
    write()
    page = open_page(ADDRESS)
    write(Comment("Dee", "Lately", at=BEGIN - timedelta(days=5)))
    some_time_passes(page)
    page.reload()
    expect(page.locator(".comment.is-new")).to_have_count(1)
    expect(page.get_by_text("New comments since your last visit: 1")).to_be_visible()
    expect(page.get_by_role("navigation", name="Contents").locator(".new").first).to_have_text(
        "New: 1"
    )
    page.keyboard.press("n")
    expect(page.locator(".comment:focus .text")).to_have_text("Lately")


def write_long(*more: Comment) -> None:
    """The page in parts: of its last topic, only the heading arrives at first."""
    topics = [
        Section(f"Topic {n}", *[Comment("Ada", f"Word {n}") for _ in range(5)]) for n in range(4)
    ]
    rewrite(*topics, Section("Last", Comment("Ben", "Before", *more), *more))


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of more than ten comments arrive in parts, and leave branches to be fetched."""
    monkeypatch.setattr(parts, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(layout, "WHOLE_BRANCH", 0)


@pytest.mark.usefixtures("in_parts")
def test_what_is_new_is_counted_before_it_has_arrived_and_n_fetches_it(
    open_page: OpenPage,
) -> None:
    write_long()
    page = open_page(ADDRESS)
    write_long(Comment("Dee", "Lately"), Comment("Eve", "Just now"))
    some_time_passes(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator(".comment.is-new")).to_have_count(0)
    expect(page.get_by_text("New comments since your last visit: 4")).to_be_visible()
    counts = page.get_by_role("navigation", name="Contents").locator(".new")
    expect(counts).to_have_text(["New: 4"])
    for words in ("Lately", "Just now", "Lately", "Just now", "Lately"):
        page.keyboard.press("n")
        page.wait_for_function(WORDS_AT_READER, arg=words)
    expect(page.get_by_text("New comments since your last visit: 4")).to_be_visible()
    seen = "2019-04-11"
    assert not [address for address in asked if seen in address.partition("comment=")[0]]


def test_it_stays_marked_for_a_while_and_not_for_ever(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    write(Comment("Dee", "Lately"))
    some_time_passes(page)
    page.reload()
    page.reload()
    expect(page.locator(".comment.is-new")).to_have_count(1)
    some_time_passes(page)
    page.reload()
    expect(page.locator(".comment.is-new")).to_have_count(0)


def test_what_was_folded_stays_folded(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    handle = page.locator("details.branch > summary")
    handle.click()
    expect(page.locator(".text").get_by_text("So.")).to_be_hidden()
    page.reload()
    expect(page.locator(".text").get_by_text("So.")).to_be_hidden()
    handle.click()
    page.reload()
    expect(page.locator(".text").get_by_text("So.")).to_be_visible()


def test_the_theme_is_chosen_and_kept_on_every_page(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, color_scheme="light")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("radio", name="Large", exact=True).check()
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.goto(page.url.split("/wiki/")[0])
    assert page.evaluate(background) == dark == "rgb(25, 24, 21)"
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size > 19
    page.get_by_role("button", name="Appearance").click()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()


def test_times_are_the_readers_own_when_asked(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS, timezone_id="America/New_York")
    time = page.locator(".comment .when time").first
    expect(time).to_have_text("08:26, 11 April 2019")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="My time zone").check()
    expect(time).to_have_text("April 10, 2019 at 10:56 PM")
    assert "08:26, 11 April 2019" in (time.get_attribute("title") or "")
    page.reload()
    expect(time).to_have_text("April 10, 2019 at 10:56 PM")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="As in the signatures").check()
    expect(time).to_have_text("08:26, 11 April 2019")


def test_a_day_alone_is_the_same_in_every_zone(open_page: OpenPage) -> None:
    write(Comment("Dag", "Then.", at=datetime(2019, 4, 12, tzinfo=UTC), precision="day"))
    page = open_page(ADDRESS, timezone_id="America/New_York")
    time = page.locator("[id^=c-Dag] .when time")
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="My time zone").check()
    expect(page.locator("[id^=c-Ada] .when time")).to_have_text("April 10, 2019 at 10:56 PM")
    expect(time).to_have_text("12 April 2019")
    assert (time.get_attribute("title") or "").endswith("the time of day is unknown")


def test_old_entries_go_and_so_do_too_many(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    page.evaluate(
        """() => {
            const now = Date.now()
            const pages = { "/old": { at: now - 91 * 24 * 60 * 60 * 1000 } }
            for (let n = 0; n < 300; n++) pages[`/page/${n}`] = { at: now - 1000 - n }
            localStorage.setItem("ta-pages", JSON.stringify(pages))
        }"""
    )
    page.reload()
    kept = remembered(page, "pages")
    assert len(kept) == 200
    assert ADDRESS in kept
    assert "/page/0" in kept
    assert "/old" not in kept


def test_everything_is_forgotten_when_asked(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    page.get_by_role("button", name="Appearance").click()
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name="Clear stored data").click()
    expect(page.get_by_role("radio", name="Automatic")).to_be_checked()
    assert page.evaluate("localStorage.length") == 0


def test_a_page_reads_the_same_where_storage_is_broken(open_page: OpenPage) -> None:
    write()
    page = open_page(ADDRESS)
    page.evaluate("for (const n of ['pages', 'choices']) localStorage.setItem(`ta-${n}`, '[1')")
    page.reload()
    page.locator(".tools > summary").click()
    page.get_by_role("button", name="Collapse all replies").click()
    expect(page.locator(".text").get_by_text("So.")).to_be_hidden()
