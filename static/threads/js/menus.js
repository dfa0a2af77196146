// Menus that lie over the text: out of the way, once a reader goes on to something else.

// On a wide screen the contents stand beside the text.
const narrow = matchMedia("(max-width: 899px)");
const openMenus = () =>
    document.querySelectorAll(narrow.matches ? ":is(.menu, .contents > *)[open]" : ".menu[open]");

function clickedElsewhere({ target }) {
    for (const menu of openMenus()) {
        // A link to a place on the page leads into what its menu lies over.
        if (!menu.contains(target) || target.closest("a[href*='#']")) menu.open = false;
    }
}

function escaped(event) {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
        menu.open = false;
        menu.firstElementChild.focus();
        event.stopPropagation(); // Nothing else ends by the same key.
    }
}

export const menus = {
    // Before anything else is done: what leads into the page finds its place without them.
    start() {
        document.addEventListener("click", clickedElsewhere, true);
        document.addEventListener("keydown", escaped, true);
    },
};
