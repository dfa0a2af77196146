// Where the reader is: kept in the address, and remembered for the next visit.
//
// `?at=` names the comment at the top of the window, and the history entry how far down it
// stood: after a reload, and on the way back, it stands there again, whatever had arrived before.

import { isBelowTop } from "./folding.js";
import { note, recall } from "./memory.js";
import { page } from "./page.js";
import { unfold } from "./unfolding.js";

const STILL = 200; // milliseconds without scrolling
const BEGINNING = 200; // pixels
let still;
let last = 0;

const query = () => new URLSearchParams(location.search);
export const topOf = (element) => element.getBoundingClientRect().top;

export const comments = () =>
    [...page.querySelectorAll(".comment")].filter((each) => !each.closest("details:not([open])"));

export function isSeen(element) {
    return isBelowTop(element) && topOf(element) < innerHeight;
}

// The first comment in view.
export const inView = () => comments().find(isBelowTop);

// The same page with something else asked for, or with null not asked for.
export function withQuery(changes) {
    const asked = query();
    for (const [name, value] of Object.entries(changes)) {
        if (value === null) asked.delete(name);
        else asked.set(name, value);
    }
    return `${location.pathname}${asked.size ? `?${asked}` : ""}`;
}

export function go(comment) {
    if (!comment) return;
    comment.tabIndex = -1;
    comment.focus({ preventScroll: true });
    comment.scrollIntoView({ block: "nearest" });
    const { top, bottom } = comment.getBoundingClientRect();
    const end = Math.min(innerHeight, topOf(page.querySelector(".bars")));
    if (top < 60 || bottom > end) comment.scrollIntoView();
}

// A comment by its place on the page, also one that has not arrived.
export function goToPlace(place) {
    const comment = page.querySelector(`.comment[data-place="${place}"]`);
    if (!comment) return location.assign(withQuery({ place, at: null }));
    unfold(comment);
    go(comment);
}

function keepPlace() {
    const comment = inView();
    if (!comment) return;
    const isBeginning = scrollY < BEGINNING && !page.querySelector(".is-earlier");
    const at = isBeginning ? null : comment.id;
    if (at && !query().has("as_of")) note("pages", location.pathname, { read: at });
    const target = page.querySelector(":target")?.getBoundingClientRect();
    if (target && target.bottom > 0 && target.top < innerHeight) return; // the address names it
    const changes = { at, comment: null, start: null, place: null };
    const state = { ...history.state, offset: topOf(comment) };
    history.replaceState(state, "", withQuery(changes));
    history.scrollRestoration = at ? "manual" : "auto";
}

function goBack(at) {
    const like = `.comment[id^="${CSS.escape(at)}"]`;
    const comment = document.getElementById(at) ?? page.querySelector(like);
    if (!comment) return;
    unfold(comment);
    comment.scrollIntoView();
    if (history.state?.offset) scrollBy(0, topOf(comment) - history.state.offset);
}

function offer(read) {
    const ident = encodeURIComponent(read);
    const line = page.querySelector(".resume");
    line.hidden = false;
    line.firstElementChild.href = `${document.getElementById(read) ? "" : `?at=${ident}`}#${ident}`;
}

// What comes in above leaves what is read where it is.
function hold(rows) {
    const comment = inView();
    const before = comment && topOf(comment);
    const { style } = document.documentElement;
    style.overflowAnchor = "none";
    const watcher = new MutationObserver(() => {
        watcher.disconnect();
        if (!rows.querySelector(".is-earlier")) page.querySelector(".is-part")?.remove();
        if (comment) scrollBy(0, topOf(comment) - before);
        requestAnimationFrame(() => {
            style.overflowAnchor = "";
        });
    });
    watcher.observe(rows, { childList: true });
}

// What was passed counts: below it, a phone's screen can be full of what ends the page.
function fetchMore() {
    for (const more of page.querySelectorAll(".more:not(.is-earlier) > a")) {
        if (topOf(more) < innerHeight) htmx.trigger(more, "down");
    }
}

function scrolled() {
    clearTimeout(still);
    still = setTimeout(keepPlace, STILL);
    const earlier = scrollY < last && page.querySelector(".is-earlier");
    last = scrollY;
    fetchMore();
    if (earlier && isBelowTop(earlier)) htmx.trigger(earlier.firstElementChild, "up");
}

export const place = {
    arrived: fetchMore,

    start() {
        const at = query().get("at");
        const { read } = recall("pages")[location.pathname] ?? {};
        if (at && !location.hash) goBack(at);
        else if (read && !location.hash && !query().has("start")) offer(read);
        last = scrollY;
        addEventListener("scroll", scrolled, { passive: true });
        // A comment that loses the focus may get shorter, and what is pressed would move away.
        page.querySelector(".bars").addEventListener("mousedown", (event) =>
            event.preventDefault(),
        );
        document.addEventListener("htmx:beforeSwap", ({ detail }) => {
            if (detail.target.matches(".is-earlier")) hold(detail.target.parentElement);
        });
    },
};
