// What came since the last visit: the link to it knows where that was, and a reader needs no date.
//
// A visit is remembered by the number of the comment that had come last: on a talk page, or into the
// archive; of links to what was added, with how many comments there were. Within half an hour, it is
// one.

import { note, recall } from "./memory.js";

const PAUSE = 30 * 60 * 1000;

// In: the page's path, and the latest of it; gives that of the visit before.
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
            const [number, count] = latest.split(" ").map(Number);
            const seen = visit(link.pathname + link.search, latest)
                ?.split(" ")
                .map(Number);
            // Both: others of the archive's pages may have what came, and a page may go.
            if (!(number > seen?.[0] && count > seen[1])) continue;
            link.search += `${link.search ? "&" : "?"}added=${seen[0]}`;
            link.firstElementChild.textContent = known;
            link.classList.add("new");
        }
    },
};
