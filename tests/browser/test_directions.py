"""Sentences of the interface on pages that are written in the other direction."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from threads.models import Wiki

from .looks import KINDS, LEFT_TO_RIGHT, RIGHT_TO_LEFT, write_archive
from .measuring import measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Elements with words of the interface and, beside them, further elements with words: their order
# must follow the interface's language. What the wiki's people wrote says its own language.
TURNED = r"""wanted => {
    const letters = { ltr: /\p{Script=Latin}/u, rtl: /\p{Script=Arabic}/u }[wanted]
    const isMixed = element => {
        const own = [...element.childNodes].filter(each => each.nodeType === 3)
        const others = [...element.children].some(each => each.innerText?.trim())
        return others && own.some(each => letters.test(each.data))
    }
    return [...document.querySelectorAll("body *")]
        .filter(each => each.checkVisibility() && !each.parentElement.closest("[lang]:not(html)"))
        .filter(each => !each.matches("[lang]") && isMixed(each))
        .filter(each => getComputedStyle(each).direction !== wanted)
        .map(each => each.outerHTML.slice(0, 160))
}"""


@pytest.mark.parametrize(
    ("dbname", "locale", "direction"),
    [(RIGHT_TO_LEFT, "en", "ltr"), (LEFT_TO_RIGHT, "ar", "rtl")],
)
def test_sentences_run_as_their_own_language_does(
    browser: Browser, live_server: LiveServer, dbname: str, locale: str, direction: str
) -> None:
    write_archive()
    wiki = Wiki.objects.get(dbname=dbname)
    turned = []
    with browser.new_context(locale=locale) as context:
        page = context.new_page()
        for kind in KINDS[:-1]:
            page.goto(live_server.url + kind.address(wiki))
            turned += [f"{kind.name}: {each}" for each in measure(page, TURNED, direction)]
    assert not turned, "\n".join(turned)
