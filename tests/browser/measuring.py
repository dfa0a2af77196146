"""What is measured of a page, once it has come whole.

A page is seen before its stylesheets have come and its scripts have run. After what leads to
another page, say first what is to be seen there: until then, the page before is measured.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

# What is wider than the window, but what scrolls in itself.
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    const wide = [...document.querySelectorAll("body *")].filter(each => {
        const box = each.getBoundingClientRect()
        return box.width && (box.right > room + 1 || box.left < -1)
    })
    return wide.slice(0, 3).map(each => each.outerHTML.slice(0, 160))
        .concat(`${document.documentElement.scrollWidth} px`)
}"""


def measure(page: Page, script: str, given: object = None, *, shows: Locator | None = None) -> Any:
    """What a script gives on a page that is loaded; `shows` is on the page that is meant."""
    if shows:
        expect(shows).to_be_visible()
    page.wait_for_load_state()
    return page.evaluate(script, given)


def too_wide(page: Page, *, shows: Locator | None = None) -> list[str]:
    """The first elements that a reader would have to scroll sideways for, and the page's width."""
    found: list[str] = measure(page, TOO_WIDE, shows=shows)
    return found


def axe_finds(page: Page, options: dict[str, object], within: str = "html") -> list[Any]:
    """The rules of axe that a page, or what is within a selector, violates."""
    ready_for_axe(page)
    script = "async ([within, options]) => (await axe.run(within, options)).violations"
    found: list[Any] = page.evaluate(script, [within, options])
    return found


def ready_for_axe(page: Page) -> None:
    """Have axe on a page."""
    if not measure(page, "'axe' in window"):
        page.evaluate(AXE_SCRIPT)
