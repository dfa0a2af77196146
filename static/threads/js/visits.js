// What came since the last visit: the link to it knows the time, and a reader needs none.
//
// A visit is remembered by the latest signature that there was. Within half an hour, it is one.

import { note, recall } from "./memory.js";

const PAUSE = 30 * 60 * 1000;

// In: the page's path, and its latest signature; gives the latest one of the visit before.
export function visit(path, latest) {
    const entry = recall("pages")[path];
    const seen = entry && (Date.now() - entry.at > PAUSE ? entry.latest : entry.seen);
    note("pages", path, { seen: seen ?? latest, latest });
    return seen;
}

export const visits = {
    start() {
        for (const link of document.querySelectorAll("a.since[data-latest]")) {
            const { latest, known } = link.dataset;
            const seen = visit(link.pathname + link.search, latest);
            if (!seen || Date.parse(latest) <= Date.parse(seen)) continue;
            link.search += `${link.search ? "&" : "?"}day=${encodeURIComponent(seen)}`;
            link.firstElementChild.textContent = known;
            link.classList.add("new");
        }
    },
};
