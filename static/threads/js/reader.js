// The reader's JavaScript begins here: what HTML and CSS cannot do alone, each in its module.

import * as composer from "./composer.js";
import * as contents from "./contents.js";
import * as dialogs from "./dialogs.js";
import * as folding from "./folding.js";
import * as keys from "./keys.js";
import * as preferences from "./preferences.js";
import * as previews from "./previews.js";
import * as scrolling from "./scrolling.js";

const page = document.querySelector(".talk-page");

preferences.start();
dialogs.start();
composer.start();
keys.start(page);
scrolling.start();
if (page) {
  folding.start(page);
  contents.start(page);
  previews.start(page);
}

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
  preferences.arrived(target);
  composer.arrived(target);
  scrolling.arrived(target);
  refocus(target);
  if (page) folding.arrived(target);
  if (page) contents.arrived();
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target }) => target.classList?.add("is-failed"));
}
