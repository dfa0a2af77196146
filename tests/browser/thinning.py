"""A page of many comments made short: it shows all that it did, but not again and again.

What axe finds wrong with an element depends on what it is and looks like and stands in, and what
it takes grows faster than the number of elements.
"""

from playwright.sync_api import Page

# Comments of which every part has its like elsewhere are hidden, the last ones first, so that
# each kind of part is kept where it comes first. What contrast depends on makes a kind.
HIDE = """() => {
    const behind = new Map()
    const kind = element => {
        const style = getComputedStyle(element)
        const clear = style.backgroundColor === "rgba(0, 0, 0, 0)"
        behind.set(element, clear ? behind.get(element.parentElement) : style.backgroundColor)
        const around = element.parentElement
        return [
            around?.tagName, around?.className, element.tagName, element.className,
            element.getAttributeNames().filter(name => name !== "id").sort(),
            element.matches(":target, :focus"), element.checkVisibility(),
            style.color, behind.get(element), style.fontSize, style.fontWeight, style.opacity,
        ].join()
    }
    const kinds = new Map(), counts = new Map()
    for (const element of document.querySelectorAll("*")) {
        kinds.set(element, kind(element))
        counts.set(kinds.get(element), (counts.get(kinds.get(element)) ?? 0) + 1)
    }
    for (const comment of [...document.querySelectorAll("article.comment")].reverse()) {
        const parts = [comment, ...comment.querySelectorAll("*")].map(part => kinds.get(part))
        for (const part of parts) counts.set(part, counts.get(part) - 1)
        if (parts.every(part => counts.get(part))) comment.style.display = "none"
        else for (const part of parts) counts.set(part, counts.get(part) + 1)
    }
}"""


def hide_repetitions(page: Page) -> None:
    page.evaluate(HIDE)
