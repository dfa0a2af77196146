"""Addresses as a browser reads them in attributes, writes them anew, and asks for them."""

import pytest

from tests.views.odd import MIXED, write_odd_archive
from threads.models import Comment, TalkPage

from .conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Each comment's own links are followed, and what they lead to is compared with its id; links
# within the page have to name something there.
FAULTS = """async () => {
    const faults = []
    const htmx = {"HX-Request": "true"}
    const read = async (address, options) => {
        const response = await fetch(new URL(address, location.href).href, options)
        if (!response.ok) faults.push(`${response.status} ${address}`)
        const text = await response.text()
        return [response, new DOMParser().parseFromString(text, "text/html")]
    }
    const is = (what, found, wanted) => {
        if (found !== wanted) faults.push(`${what}: ${found} for ${wanted}`)
    }
    for (const comment of document.querySelectorAll("article.comment")) {
        const [moved] = await read(comment.querySelector(".when").href)
        is("when", new URL(moved.url).searchParams.get("comment"), comment.id)
        const [, reply] = await read(comment.querySelector(".reply").href)
        is("reply", reply.querySelector(".composer").dataset.comment, comment.id)
        const name = comment.querySelector(".person").textContent
        const [, author] = await read(comment.querySelector(".person").href)
        is("author", author.querySelector("h1").textContent, name)
        await read(comment.querySelector(".share").href)
        for (const link of comment.querySelectorAll("[data-preview]")) {
            const [seen, preview] = await read(link.dataset.preview, {headers: htmx})
            is("preview", seen.redirected, false)
            const above = document.getElementById(decodeURIComponent(link.hash.slice(1)))
            is("above", preview.querySelector(".person").textContent,
                above.querySelector(".person").textContent)
        }
    }
    for (const link of document.querySelectorAll("main a[href*='#']")) {
        if (link.closest(".text")) continue // Whoever wrote it may have meant anything.
        const {pathname, hash} = new URL(link.href)
        const found = document.getElementById(decodeURIComponent(hash.slice(1)))
        if (pathname === location.pathname && !found) faults.push(`nothing at ${link.href}`)
    }
    for (const link of document.querySelectorAll(".heading .acts a[href^='/']"))
        await read(link.href)
    return faults
}"""


TITLES = ("Talk:Old", "Talk:100% sure? Yes; no \\ maybe")


def test_every_address_leads_to_where_it_should_as_chromium_writes_it(open_page: OpenPage) -> None:
    write_odd_archive(MIXED[::3])
    for title in TITLES:
        talk_page = TalkPage.objects.get(title=title)
        page = open_page(talk_page.get_absolute_url())

        assert page.locator("article.comment").count() == talk_page.comment_count
        assert page.evaluate(FAULTS) == [], title

    for comment in Comment.objects.current().filter(page__title="Talk:Old").with_context()[:8]:
        page = open_page(comment.get_absolute_url())

        assert page.evaluate("document.querySelector(':target')?.id") == comment.ident
