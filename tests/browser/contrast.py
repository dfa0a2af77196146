"""What axe finds wrong with colours, of each kind of text once.

To find what stands behind a text, axe takes most of its time, and what it then says depends on
little: two texts of the same kind it finds as good or as bad. Those that were found in order are
not looked at again, on no page, in no light, at no width.
"""

from typing import Any

from playwright.sync_api import Page

from .measuring import ready_for_axe

OF_COLOURS = ("color-contrast", "link-in-text-block")
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": OF_COLOURS},
}
# What shows text, by its kind: what contrast depends on, and what it and the element around it are,
# for what may lie upon them. Whether it has the focus, and the like, is seen in its colours.
FIND = """async ([inOrder, options]) => {
    const known = new Set(inOrder.split("\\n"))
    const layers = new Map([[null, ""]])
    const behind = element => {
        if (!layers.has(element)) {
            const {backgroundColor, backgroundImage, opacity, filter} = getComputedStyle(element)
            const layer = [backgroundColor, backgroundImage, opacity, filter].join()
            const further = behind(element.parentElement)
            layers.set(element, further.startsWith(layer) ? further : `${layer};${further}`)
        }
        return layers.get(element)
    }
    const looks = element => {
        const style = getComputedStyle(element)
        return [
            style.color, style.fontSize, style.fontWeight, style.textDecorationLine,
            style.borderBottom, style.textShadow, style.position,
        ].join()
    }
    const kind = element => {
        const around = element.parentElement
        return [
            element.tagName, element.className, around.tagName, around.className,
            looks(element), looks(around), behind(element),
        ].join("|").replaceAll("\\n", " ")
    }
    const showsText = element =>
        element.matches("a, button, input, select, textarea") ||
        [...element.childNodes].some(each => each.nodeType === 3 && each.data.trim())
    const fresh = new Map()
    for (const element of document.querySelectorAll("body *")) {
        if (!showsText(element) || !element.checkVisibility()) continue
        const its = kind(element)
        if (!known.has(its) && !fresh.has(its)) fresh.set(its, element)
    }
    if (!fresh.size) return [[], []]
    const {violations} = await axe.run({include: [...fresh.values()]}, options)
    return [violations, [...fresh.keys()]]
}"""
_in_order: set[str] = set()


def colours_found(page: Page) -> list[Any]:
    """The rules on colours that a page violates, with what violates them."""
    ready_for_axe(page)
    found, kinds = page.evaluate(FIND, ["\n".join(_in_order), OPTIONS])
    if not found:
        _in_order.update(kinds)
    violated: list[Any] = found
    return violated
