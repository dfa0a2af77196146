// The reader's JavaScript: what HTML and CSS cannot do alone, each in its module.

import { composer } from "./composer.js";
import { contents } from "./contents.js";
import { dialogs } from "./dialogs.js";
import { folding } from "./folding.js";
import { following } from "./following.js";
import { keys } from "./keys.js";
import { menus } from "./menus.js";
import { page } from "./page.js";
import { place } from "./place.js";
import { preferences } from "./preferences.js";
import { previews } from "./previews.js";
import { scrolling } from "./scrolling.js";
import { suggesting } from "./suggesting.js";
import { visits } from "./visits.js";
import { watching } from "./watching.js";

const EVERYWHERE = [
    menus,
    preferences,
    dialogs,
    composer,
    keys,
    scrolling,
    suggesting,
    visits,
    watching,
];
const ON_PAGES = [folding, contents, place, following, previews];
const AT_WORK = page ? [...EVERYWHERE, ...ON_PAGES] : EVERYWHERE;
for (const each of AT_WORK) each.start();

// Who works by keyboard goes on from what took the place of the element they were at.
let lost = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    lost = detail.target.contains(document.activeElement);
});
function refocus(piece) {
    if (!lost || document.activeElement !== document.body) return;
    const wanted = ".comment, summary";
    const first = piece.matches(wanted) ? piece : piece.querySelector(wanted);
    if (!first) return;
    lost = false;
    if (first.matches(".comment")) first.tabIndex = -1;
    first.focus({ preventScroll: true });
}

// Each piece that HTMX brings is treated as what was on the page from the start.
document.addEventListener("htmx:load", ({ target }) => {
    for (const each of AT_WORK) each.arrived?.(target);
    refocus(target);
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, ({ target }) => target.classList?.add("is-failed"));
}
