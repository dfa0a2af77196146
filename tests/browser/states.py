"""What a page becomes under a reader's hands, for tests that look at all of it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from threads.models import Wiki

from .looks import comment, talk_page, topic, watchlist

MARK_ALL_AS_NEW = """() => {
    const pages = JSON.parse(localStorage.getItem("ta-pages"))
    for (const page of Object.values(pages)) page.seen = 0
    localStorage.setItem("ta-pages", JSON.stringify(pages))
}"""
MARK_WATCHED_AS_NEW = """() => {
    const entries = JSON.parse(localStorage.getItem("ta-watch"))
    for (const entry of Object.keys(entries)) entries[entry] = 0
    localStorage.setItem("ta-watch", JSON.stringify(entries))
}"""


@dataclass(frozen=True, slots=True)
class State:
    """A page, what its reader does there, and a selector of what it then shows."""

    name: str
    address: Callable[[Wiki], str]
    reach: Callable[[Page], object]
    shows: str


def page_of(wiki: Wiki) -> str:
    return talk_page(wiki).get_absolute_url()


def write_reply(page: Page) -> None:
    page.locator("a.reply").first.press("Enter")
    # It has the focus once it listens.
    page.locator(".composer textarea:focus").fill("== No ==\n''Yes'' to [[this]].")
    page.locator(".as-written").wait_for()


def come_again(page: Page) -> None:
    page.evaluate(MARK_ALL_AS_NEW)
    page.reload()
    page.locator(".comment.is-new").first.wait_for()


def suggest(page: Page) -> None:
    page.locator("#ta-search").press_sequentially("a")
    page.locator(".suggested a").first.wait_for()


def unfold_results(page: Page) -> None:
    for summary in page.locator(":is(.narrow, .facets) > summary").all():
        summary.click()


def watch(page: Page) -> None:
    page.locator(".elsewhere a.watch").click()
    page.locator(".elsewhere a.watch[aria-pressed=true]").wait_for()


def come_to_list(page: Page) -> None:
    page.locator("[data-watch=unknown] button").click()
    page.evaluate(MARK_WATCHED_AS_NEW)
    page.reload()
    page.locator(".comment.is-new").first.wait_for()


def fold_all(page: Page) -> None:
    page.locator(".tools > summary").click()
    page.locator("[data-fold=all]").click()


# What any page of comments can become is looked at on one topic, which is shorter.
STATES = [
    State(
        "preferences",
        topic,
        lambda page: page.locator("[data-dialog]").first.click(),
        "#ta-preferences[open]",
    ),
    State("list of keys", topic, lambda page: page.keyboard.press("?"), "#ta-help[open]"),
    State(
        "cite and share",
        topic,
        lambda page: page.locator("a.share").first.press("Enter"),
        "#ta-menu[open]",
    ),
    State("composer with a preview", topic, write_reply, ".as-written"),
    State(
        "what a comment answers",
        topic,
        lambda page: page.locator("a[data-preview]").first.focus(),
        "#ta-preview .preview",
    ),
    State(
        "folded",
        page_of,
        fold_all,
        ".branch:not([open])",
    ),
    State("what is new", page_of, come_again, ".comment.is-new"),
    State("filter", page_of, lambda page: page.locator(".filter summary").click(), ".filter[open]"),
    State("suggestions", topic, suggest, ".suggested a"),
    State(
        "narrowed results",
        lambda wiki: "/search?q=after:2000+author:xyzzy",
        unfold_results,
        ".narrow[open]",
    ),
    State("by keys", topic, lambda page: page.keyboard.press("j"), ".comment:focus"),
    State(
        "one person's comments",
        page_of,
        lambda page: page.locator(".participants a[data-name]").first.press("Enter"),
        ".following",
    ),
    State("watched", page_of, watch, ".elsewhere a.watch[aria-pressed=true]"),
    State("what is new in what is watched", watchlist, come_to_list, ".comment.is-new"),
    State(
        "a linked comment",
        lambda wiki: f"{page_of(wiki)}#{comment(wiki).ident}",
        lambda page: page.locator(".comment:target").wait_for(),
        ".comment:target",
    ),
]
