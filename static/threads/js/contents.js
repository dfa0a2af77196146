// Where the reader is, marked in the contents, and what came since their last visit.
//
// A page knows the place and the number of all its comments, also of those that are not fetched yet.
// They are numbered as they come into the archive, whenever they were signed.

import { words } from "./dialogs.js";
import { page } from "./page.js";
import { visit } from "./visits.js";

let seen; // the number of the comment that had come last at the visit before

function followReading() {
    const list = page.querySelector(".contents");
    if (!list) return;
    const now = list.querySelector(".contents-now");
    const links = new Map();
    for (const link of list.querySelectorAll("ol a")) {
        links.set(decodeURIComponent(link.hash.slice(1)), link);
    }
    let current = null;
    let waiting = false;

    function mark() {
        waiting = false;
        // What is near the top is being read; towards the end of the page, what is further down too.
        const left = document.documentElement.scrollHeight - innerHeight - scrollY;
        const line = Math.max(120, innerHeight - left);
        const above = [...links.keys()].filter(
            (id) => document.getElementById(id)?.getBoundingClientRect().top < line,
        );
        const link = links.get(above.at(-1));
        if (link === current) return;
        current?.removeAttribute("aria-current");
        link?.setAttribute("aria-current", "true");
        now.textContent = link ? link.querySelector(".contents-heading").textContent : "";
        current = link;
        bringIntoView(link);
    }

    // Long contents go on with the page that they stand beside.
    function bringIntoView(link) {
        if (!link) return list.scrollTo(0, 0);
        const { top, bottom } = link.getBoundingClientRect();
        if (top < 0 || bottom > innerHeight) list.scrollTop += top - innerHeight / 3;
    }

    function markSoon() {
        if (!waiting) requestAnimationFrame(mark);
        waiting = true;
    }

    addEventListener("scroll", markSoon, { passive: true });
    mark();
}

// The places of all comments in the order of the page, and whether each is new.
export function places() {
    let key = 0;
    let place = 0;
    return page
        .querySelector("[data-arrivals]")
        .dataset.arrivals.split(" ")
        .map((step) => {
            const [more, places = 1] = step.split(":");
            key += Number(more);
            place += Number(places);
            return { place, isNew: key > seen };
        });
}

const news = () => places().filter(({ isNew }) => isNew);

export function addMark(kind, text, before) {
    const mark = document.createElement("span");
    mark.className = `mark ${kind}`;
    mark.textContent = text;
    before.after(" ", mark);
}

function count() {
    const found = news();
    if (!found.length) return;
    for (const link of page.querySelectorAll(".contents ol a")) {
        const [first, last] = link.dataset.places.split("-");
        const number = found.filter(({ place }) => place >= first && place <= last).length;
        if (number)
            addMark("new", `${words.news} ${number}`, link.querySelector(".contents-heading"));
    }
    const line = page.querySelector(".news");
    line.hidden = false;
    line.querySelector("output").textContent = found.length;
}

export const contents = {
    arrived() {
        if (!(seen >= 0)) return;
        const fresh = new Set(news().map(({ place }) => place));
        for (const comment of page.querySelectorAll(".comment:not(.is-new)")) {
            if (!fresh.has(Number(comment.dataset.place))) continue;
            comment.classList.add("is-new");
            addMark("new", words.new, comment.querySelector(".when"));
        }
    },

    start() {
        followReading();
        const { latest } = page.dataset;
        if (!latest || new URLSearchParams(location.search).has("as_of")) return;
        seen = Number(visit(location.pathname, Number(latest)) ?? NaN);
        if (Number.isNaN(seen)) return;
        contents.arrived();
        count();
    },
};
