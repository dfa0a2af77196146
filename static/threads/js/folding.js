// Branches: links into folded ones, folding many at once, what stays folded, and printing.

import { plainClick } from "./dialogs.js";
import { note, recall } from "./memory.js";
import { page } from "./page.js";
import { branches, identIn, offerFolding, unfold, unfoldForPaper } from "./unfolding.js";

// A link to a comment works whether its branch is open, folded, or still on the server.
function showTarget() {
    const ident = identIn(location);
    const target = ident && document.getElementById(ident);
    const asked = new URLSearchParams(location.search).get("comment");
    if (target) {
        if (unfold(target)) target.scrollIntoView();
    } else if (ident.startsWith("c-") && asked !== ident) {
        const comment = encodeURIComponent(ident);
        location.replace(`${location.pathname}?comment=${comment}#${comment}`);
    }
}

// What is on the page already, whatever else the address of the link asks for, needs no request.
function stay(event) {
    const link = plainClick(
        event,
        "a[href*='#']:not([href^='#'], [hx-get], .following *, .trail *)",
    );
    const target = link?.pathname === location.pathname && document.getElementById(identIn(link));
    if (!target) return;
    event.preventDefault();
    location.hash = link.hash;
    unfold(target);
    target.scrollIntoView();
}

const identOf = (branch) => branch.querySelector(":scope > summary")?.id ?? "";

function rememberFolded(event) {
    const branch = event.target;
    if (!branch.matches("details.branch")) return;
    const folded = new Set(recall("pages")[location.pathname]?.folded);
    if (branch.open === !folded.has(identOf(branch))) return;
    folded[branch.open ? "delete" : "add"](identOf(branch));
    note("pages", location.pathname, { folded: [...folded].slice(-500) });
}

export const isBelowTop = (element) => element.getBoundingClientRect().bottom > 80;

// Brings what has not arrived. What answered later than at once would not be on paper.
function makeWhole() {
    const link = page.querySelector(".whole a");
    if (!link) return;
    const request = new XMLHttpRequest();
    request.open("GET", link.href, false);
    request.setRequestHeader("HX-Request", "true");
    request.send();
    if (request.status !== 200) return;
    for (const partly of page.querySelectorAll(".whole, .on-paper, .is-part")) partly.remove();
    const rows = document.getElementById("ta-rows");
    const read = [...rows.querySelectorAll(".comment")].find(isBelowTop)?.id;
    rows.innerHTML = request.response;
    htmx.trigger(rows, "htmx:load");
    // Who reads on goes on where they were.
    addEventListener("afterprint", () => document.getElementById(read)?.scrollIntoView(), {
        once: true,
    });
}

function showOnPaper() {
    makeWhole();
    unfoldForPaper(page);
}

export const folding = {
    arrived(piece) {
        const folded = new Set(recall("pages")[location.pathname]?.folded);
        if (!folded.size) return;
        for (const branch of [piece, ...branches(piece)]) {
            // What the reader has just asked for opens, whatever it was before.
            if (branch !== piece && folded.has(identOf(branch))) branch.open = false;
        }
    },

    start() {
        folding.arrived(page);
        showTarget();
        addEventListener("hashchange", showTarget);
        page.addEventListener("click", stay);
        addEventListener("beforeprint", showOnPaper);
        page.addEventListener("toggle", rememberFolded, true);
        offerFolding(page);
    },
};
