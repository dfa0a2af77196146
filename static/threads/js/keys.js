// Reading by single keys; the list of them is in _help.html.

import { places } from "./contents.js";
import { recall } from "./memory.js";
import { page } from "./page.js";
import { comments, go, goToPlace, inView, isSeen } from "./place.js";

let reached; // The new comment that the reader was led to: what is pressed for it takes the focus.

// The comment that has the focus or is beside it, else the first one in view.
function current() {
    const focused = document.activeElement;
    const fold = focused.closest(".branch, a.fold");
    const near = focused.closest(".comment") ?? fold?.previousElementSibling;
    return near?.matches(".comment") && page.contains(near) ? near : null;
}

function step(by) {
    const here = current();
    const all = comments();
    go(here ? all[all.indexOf(here) + by] : inView());
}

const branchOf = (comment) => comment.closest("details.branch");

function goToParent() {
    const comment = current() ?? inView();
    const link = comment?.querySelector("[data-act=parent]");
    const parent = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (parent) go(parent);
    else link?.click(); // It stands on another part of the page.
}

function fold() {
    const comment = current() ?? inView();
    const own = comment?.nextElementSibling;
    if (own?.matches("details.branch[open]")) {
        own.open = false;
        return go(comment);
    }
    const around = comment && branchOf(comment);
    if (!around) return;
    around.open = false;
    go(around.previousElementSibling);
}

function unfoldHere() {
    const comment = current() ?? inView();
    const own = comment?.nextElementSibling;
    if (own?.matches("details.branch")) own.open = true;
    else if (own?.matches("a.fold")) own.click();
    if (comment) go(comment);
}

// The next new comment, and after the last one the first again; it may not have arrived yet.
function nextNew() {
    const near = [current(), reached, page.querySelector(".comment:target")];
    const here = near.find((each) => each && isSeen(each));
    const all = places();
    const from = all.findIndex(({ place }) => place === Number((here ?? inView())?.dataset.place));
    const next = [...all.slice(here ? from + 1 : from), ...all].find(({ isNew }) => isNew);
    if (!next) return;
    goToPlace(next.place);
    reached = current();
}

// What can be done with the person who is followed is in the bar, as links.
const linkInBar = (which) => document.querySelector(`.following ${which}`);

const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    h: fold,
    l: unfoldHere,
    p: goToParent,
    n: nextNew,
    f: () => linkInBar("[data-step='1']")?.click(),
    F: () => linkInBar("[data-step='-1']")?.click(),
};

function pressed(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const unfollow = event.key === "Escape" && linkInBar("[data-act]");
    if (unfollow) return unfollow.click();
    if (recall("choices").keys === "off") return;
    const act = {
        "/": () => document.querySelector("[name=q]")?.focus(),
        "?": () => document.getElementById("ta-help").showModal(),
        ...(page && KEYS),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
}

export const keys = {
    start() {
        document.addEventListener("keydown", pressed);
        document.querySelector(".news button")?.addEventListener("click", nextNew);
    },
};
