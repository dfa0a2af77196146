"""A page of many comments and long lists made short: it shows all that it did, but not again and
again.

What axe finds wrong with an element depends on what it is and looks like and stands in, and what
it takes grows faster than the number of elements.
"""

from playwright.sync_api import Page

# Comments, and entries of lists and tables, of which every part has its like elsewhere are taken
# out, the last ones first, so that each kind of part is kept where it comes first; of entries, each
# kind twice, since how near they are to each other matters too. What contrast depends on makes a
# kind.
REMOVE = """() => {
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
    const gone = new Set()
    for (const one of [...document.querySelectorAll(
        "article.comment, details.branch, section, li, tr")].reverse()) {
        const kept = one.matches("article") ? 0 : 1
        const parts = [one, ...one.querySelectorAll("*")].filter(part => !gone.has(part))
        for (const part of parts) counts.set(kinds.get(part), counts.get(kinds.get(part)) - 1)
        if (parts.every(part => counts.get(kinds.get(part)) > kept)) {
            one.remove()
            for (const part of parts) gone.add(part)
        } else {
            for (const part of parts) counts.set(kinds.get(part), counts.get(kinds.get(part)) + 1)
        }
    }
}"""


def remove_repetitions(page: Page) -> None:
    page.evaluate(REMOVE)
