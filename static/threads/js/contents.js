// Where the reader is, marked in the contents, and what was signed since their last visit.
//
// A page knows the place and the time of all its comments, also of those that have not arrived.

import { words } from "./dialogs.js";
import { page } from "./page.js";
import { visit } from "./visits.js";

let seen;

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
    list.addEventListener("click", ({ target }) => {
        // On a narrow screen the contents lie over the text: out of the way, once used.
        if (target.closest("a")) list.querySelector("details").open = false;
    });
    mark();
}

const minuteOf = (time) => Math.floor(Date.parse(time) / 60000);
// What is dated later than that lies in the future, and is no news: see threads/models/discussion/dating.py.
const lastMinute = Math.floor(Date.now() / 60000) + 24 * 60;
const isSince = (minute, known) => minute > known && minute <= lastMinute;

// The places of all comments in the order of the page, and whether each is new.
export function places() {
    const known = minuteOf(seen);
    let minute = 0;
    let place = 0;
    return page
        .querySelector("[data-times]")
        .dataset.times.split(" ")
        .map((step) => {
            const [later, places = 1] = step.split(":");
            minute += Number(later);
            place += Number(places);
            return { place, isNew: isSince(minute, known) };
        });
}

export function addMark(kind, text, before) {
    const mark = document.createElement("span");
    mark.className = `mark ${kind}`;
    mark.textContent = text;
    before.after(" ", mark);
}

function count() {
    const news = places().filter(({ isNew }) => isNew);
    if (!news.length) return;
    for (const link of page.querySelectorAll(".contents ol a")) {
        const [first, last] = link.dataset.places.split("-");
        const number = news.filter(({ place }) => place >= first && place <= last).length;
        if (number)
            addMark("new", `${words.news} ${number}`, link.querySelector(".contents-heading"));
    }
    const line = page.querySelector(".news");
    line.hidden = false;
    line.querySelector("output").textContent = news.length;
}

export const contents = {
    arrived() {
        if (!seen) return;
        for (const comment of page.querySelectorAll(".comment:not(.is-new)")) {
            const when = comment.querySelector(".when");
            const minute = minuteOf(when.querySelector("time").dateTime);
            if (!isSince(minute, minuteOf(seen))) continue;
            comment.classList.add("is-new");
            addMark("new", words.new, when);
        }
    },

    start() {
        followReading();
        const latest = page.querySelector(".latest time")?.dateTime;
        if (!latest || new URLSearchParams(location.search).has("as_of")) return;
        seen = visit(location.pathname, latest);
        contents.arrived();
        if (seen) count();
    },
};
