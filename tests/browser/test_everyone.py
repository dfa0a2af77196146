"""Every page for everyone: axe finds nothing wrong with it, and no page scrolls sideways.

Pages are looked at as they arrive, and in each state that a reader can bring them to.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from threads.models import Wiki
from threads.views.talk import previews

from .contrast import OF_COLOURS, colours_found
from .looks import KINDS, LEFT_TO_RIGHT, RIGHT_TO_LEFT, write_archive
from .measuring import axe_finds, too_wide
from .states import STATES
from .thinning import remove_repetitions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
WIDTHS = [320, 360, 768, 1280, 3840]
DIRECTIONS = pytest.mark.parametrize(
    ("dbname", "locale"), [(LEFT_TO_RIGHT, "en"), (RIGHT_TO_LEFT, "ar")]
)
VIOLATIONS: dict[str, object] = {"resultTypes": ["violations"]}
NO_COLOURS = {rule: {"enabled": False} for rule in OF_COLOURS}
# Colours are looked at by themselves: contrast.py says why.
UNCOLOURED = VIOLATIONS | {"rules": NO_COLOURS}
# Chromium and Firefox let Tab stop at what scrolls; for other browsers a script says so.
WITHOUT_SCRIPTS = VIOLATIONS | {
    "rules": NO_COLOURS | {"scrollable-region-focusable": {"enabled": False}}
}
# All but what depends on looks, which are the same in many comments, and takes longest.
WORDS = VIOLATIONS | {"rules": NO_COLOURS | {"target-size": {"enabled": False}}}
Look = tuple[ViewportSize, Literal["light", "dark"]]
# Colours are the same in either direction: from right to left they are looked at by day.
LOOKED_AT: dict[str, list[Look]] = {
    "en": [(DESK, "dark"), (DESK, "light"), (PHONE, "dark"), (PHONE, "light")],
    "ar": [(DESK, "light"), (PHONE, "light")],
}


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo archive, with an address that breaks."""

    def fail(*_: object) -> NoReturn:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(previews, "redirect", fail)
    write_archive()


def pages(context: BrowserContext, server: LiveServer, dbname: str) -> Iterator[tuple[str, Page]]:
    """Each kind of page with its name, one after the other in one window."""
    wiki = Wiki.objects.get(dbname=dbname)
    page = context.new_page()
    for kind in KINDS:
        answer = page.goto(server.url + kind.address(wiki))
        assert answer and answer.status == kind.status, kind.name
        yield kind.name, page


def lines(found: list[Any], where: str) -> list[str]:
    """What axe finds, a line for each element."""
    return [
        f"{where}: {rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def violations_in_any_light(page: Page, name: str, locale: str) -> list[str]:
    """What axe finds at a desk and on a phone, by day and by night; of comments that are like
    others, it sees one. What is no matter of colours is the same by night."""
    found = []
    remove_repetitions(page)
    for size, scheme in LOOKED_AT[locale]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        seen = colours_found(page)
        if scheme == "light":
            seen += axe_finds(page, UNCOLOURED)
        found += lines(seen, f"{name}, {size['width']} px, {scheme}")
    return found


@DIRECTIONS
@pytest.mark.usefixtures("archive")
def test_axe_finds_nothing_wrong_with_any_page(
    browser: Browser, live_server: LiveServer, dbname: str, locale: str
) -> None:
    found = []
    with browser.new_context(viewport=DESK, locale=locale, reduced_motion="reduce") as context:
        for name, page in pages(context, live_server, dbname):
            if locale == "en":
                found += lines(axe_finds(page, WORDS), f"{name}, with all that it has")
            found += violations_in_any_light(page, name, locale)
    assert found == []


@DIRECTIONS
@pytest.mark.usefixtures("archive")
def test_axe_finds_nothing_wrong_in_any_state(
    browser: Browser, live_server: LiveServer, dbname: str, locale: str
) -> None:
    found = []
    wiki = Wiki.objects.get(dbname=dbname)
    for state in STATES:
        with browser.new_context(viewport=DESK, locale=locale, reduced_motion="reduce") as context:
            page = context.new_page()
            page.goto(live_server.url + state.address(wiki))
            state.reach(page)
            expect(page.locator(state.shows).first).to_be_visible()
            found += violations_in_any_light(page, state.name, locale)
    assert found == []


@pytest.mark.usefixtures("archive")
def test_axe_finds_nothing_wrong_without_our_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    found = []
    with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:
        context.route(
            re.compile(r"\.js\b"), lambda route: route.abort()
        )  # axe itself needs JavaScript
        for name, page in pages(context, live_server, LEFT_TO_RIGHT):
            remove_repetitions(page)
            found += lines(axe_finds(page, WITHOUT_SCRIPTS) + colours_found(page), name)
    assert found == []


@DIRECTIONS
@pytest.mark.usefixtures("archive")
def test_no_page_scrolls_sideways_on_any_screen(
    browser: Browser, live_server: LiveServer, dbname: str, locale: str
) -> None:
    found = []
    with browser.new_context(locale=locale, java_script_enabled=False) as context:
        for name, page in pages(context, live_server, dbname):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{name}, {width} px: {each}" for each in too_wide(page)]
    assert found == []
