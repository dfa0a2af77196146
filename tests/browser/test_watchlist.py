"""A watchlist that the browser keeps, and what it says is new."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.views.writing import Comment, Section, write_page
from threads.models import Comment as Comments

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BRIDGES = "/wiki/examplewiki/Talk:Bridges"
ENTRY = "page=examplewiki/Talk:Bridges"


def said(author: str, text: str, year: int) -> Comment:
    return Comment(author, text, at=datetime(year, 4, 1, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _archive(transactional_db: None) -> None:
    write_page(
        "Talk:Bridges", Section("Plan", said("Ada", "planned", 2018), said("Ben", "agreed", 2019))
    )
    write_page("Talk:Roads", Section("Costs", said("Ben", "counted", 2017)))


def kept(page: Page) -> dict[str, int]:
    """What the browser has of the list."""
    entries: dict[str, int] = page.evaluate('JSON.parse(localStorage.getItem("ta-watch") ?? "{}")')
    return entries


def expect_kept(page: Page, *entries: str) -> None:
    """The browser has these, as soon as the page's script has seen to it."""
    for _ in range(100):
        if list(kept(page)) == [*entries]:
            break
        page.wait_for_timeout(50)
    assert list(kept(page)) == [*entries]


def watch(page: Page, link: str = ".elsewhere a.watch") -> None:
    page.locator(link).click()
    expect(page.locator(link)).to_have_attribute("aria-pressed", "true")


def something_comes(text: str = "built") -> None:
    """Which was signed before all else."""
    write_page("Talk:Mills", Section("Wheels", said("Ada", text, 2016)))


def shown(page: Page) -> list[str]:
    return [
        each.inner_text().strip()
        for each in page.locator(".comment .text").all()
        if each.is_visible()
    ]


def test_a_page_is_watched_and_no_longer_by_a_button(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    button = page.locator(".elsewhere a.watch")
    watch(page)
    expect(button).to_have_text("Watching")
    assert kept(page) == {ENTRY: Comments.objects.get(text="agreed").pk}
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.press(" ")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_text("Watch")
    assert kept(page) == {}
    assert page.url.endswith(BRIDGES)


def test_a_topic_is_watched_from_its_menu(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    page.locator(".heading .menu summary").click()
    watch(page, ".heading .menu a.watch")
    assert list(kept(page)) == ["topic=examplewiki/Talk:Bridges#h-Plan"]


@pytest.mark.parametrize(
    ("address", "entry"),
    [("/author/examplewiki/Ada", "author=examplewiki/Ada"), ("/person/Ada", "person=Ada")],
)
def test_people_are_watched(open_page: OpenPage, address: str, entry: str) -> None:
    page = open_page(address)
    watch(page, "a.watch")
    assert kept(page) == {entry: Comments.objects.latest_key()}


def test_the_scripts_of_a_watchlist_are_loaded_by_who_has_one(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.reload()
    assert not [each for each in loaded if "watch.js" in each]
    watch(page)
    with page.expect_request(re.compile(r"watch\.js")):
        page.reload()


def test_the_front_page_says_how_much_is_new(open_page: OpenPage) -> None:
    page = open_page("/author/examplewiki/Ada")
    watch(page, "a.watch")
    page.goto(page.url.replace("/author/examplewiki/Ada", "/"))
    line = page.locator(".watch-news")
    expect(line).to_be_hidden()
    something_comes()
    page.reload()
    expect(line).to_have_text("New in what you watch: 1")
    line.get_by_role("link").click()
    expect(page.locator("[data-watch=news] output")).to_have_text("1")
    assert shown(page) == ["built"]


def test_the_list_shows_what_is_new_until_it_is_marked_as_read(open_page: OpenPage) -> None:
    page = open_page("/author/examplewiki/Ada")
    watch(page, "a.watch")
    something_comes()
    page.goto(page.url.replace("/author/examplewiki/Ada", "/watch/"))
    expect(page).to_have_url(re.compile(r"author=examplewiki%2FAda"))
    expect(page.locator(".comment.is-new")).to_have_count(1)
    assert shown(page) == ["built"]
    page.get_by_role("button", name="Show read comments").click()
    assert shown(page) == ["built", "planned"]
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("[data-watch=news] output")).to_have_text("0")
    assert shown(page) == ["planned", "built"]
    page.reload()
    expect(page.locator("[data-watch=news] output")).to_have_text("0")


def test_what_was_read_on_its_page_is_not_new(open_page: OpenPage) -> None:
    page = open_page("/author/examplewiki/Ada")
    watch(page, "a.watch")
    something_comes()
    page.goto(page.url.replace("/author/examplewiki/Ada", "/wiki/examplewiki/Talk:Mills"))
    page.goto(page.url.replace("/wiki/examplewiki/Talk:Mills", "/watch/"))
    expect(page.locator("[data-watch=news] output")).to_have_text("0")


def test_another_browsers_list_is_taken_over_from_its_address(open_page: OpenPage) -> None:
    page = open_page(f"/watch/?{ENTRY}&person=Ben")
    assert kept(page) == {}
    page.get_by_role("button", name="Add them").click()
    expect(page.locator("[data-watch=unknown]")).to_be_hidden()
    assert list(kept(page)) == [ENTRY, "person=Ben"]
    page.get_by_role("link", name="Remove Ben").click()
    expect(page).to_have_url(re.compile(r"Talk:Bridges$"))
    assert list(kept(page)) == [ENTRY]


def test_what_is_added_by_the_list_itself_is_in_the_browsers_at_once(open_page: OpenPage) -> None:
    page = open_page("/watch/")
    for text in (BRIDGES, "[[Talk:Roads]]"):
        page.get_by_label("URL of a talk page").fill(text)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator("#ta-entries")).to_be_visible()
    expect(page).to_have_url(re.compile("Bridges.*Roads"))
    expect_kept(page, ENTRY, "page=examplewiki/Talk:Roads")
    expect(page.locator("[data-watch=unknown]")).to_be_hidden()


def test_nothing_else_of_somebody_elses_list_is_taken_over_with_what_is_added(
    open_page: OpenPage,
) -> None:
    page = open_page(f"/watch/?{ENTRY}")
    page.get_by_label("URL of a talk page").fill("/person/Ben")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[data-watch=remove]")).to_have_count(2)
    expect_kept(page, "person=Ben")
    page.get_by_role("link", name="Remove Ben").click()
    expect(page.locator("[data-watch=remove]")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-watch=remove]")).to_have_count(2)
    expect_kept(page)


FILL = """count => localStorage.setItem("ta-watch", JSON.stringify(
    Object.fromEntries([...Array(count).keys()].map(number => [`person=U${number}`, ""]))))"""


def test_a_full_list_says_so(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    page.evaluate(FILL, 99)
    page.reload()
    watch(page)
    assert len(kept(page)) == 100
    page.locator(".heading .menu summary").click()
    page.locator(".heading .menu a.watch").click()
    expect(page.get_by_role("alert")).to_contain_text("1 entry exceeds the limits")
    assert len(kept(page)) == 100
    page.goto(page.url.partition("?")[0] + "?person=Ben&person=U1")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("The list in this browser is full")).to_be_visible()
    assert len(kept(page)) == 100


def test_a_list_that_is_not_the_browsers_leads_to_its_own(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    watch(page)
    page.goto(page.url.replace(BRIDGES, "/watch/?person=Ben"))
    page.get_by_role("link", name="Show this browser's watchlist").click()
    expect(page).to_have_url(re.compile(r"/watch/\?page=examplewiki%2FTalk%3ABridges$"))


def test_clearing_what_is_stored_clears_the_list(open_page: OpenPage) -> None:
    page = open_page(BRIDGES)
    watch(page)
    page.locator("[data-dialog=ta-preferences]").click()
    page.get_by_role("button", name="Clear stored data").click()
    assert kept(page) == {}


def test_without_javascript_the_address_is_the_list(open_page: OpenPage) -> None:
    page = open_page(BRIDGES, java_script_enabled=False)
    page.locator(".elsewhere a.watch").click()
    assert shown(page) == ["agreed", "planned"]
    expect(page.get_by_text("save it as a bookmark")).to_be_visible()
    page.get_by_label("URL of a talk page, topic or person").fill("/wiki/examplewiki/Talk:Roads")
    page.get_by_role("button", name="Add").click()
    assert shown(page) == ["agreed", "planned", "counted"]
    page.get_by_role("link", name="Remove Talk:Bridges").click()
    assert shown(page) == ["counted"]
    for button in ("Add them", "Mark all as read", "Show read comments"):
        expect(page.get_by_role("button", name=button)).to_be_hidden()
