// Following a person: all of their comments are marked, and a bar leads from one to the next.

import { addMark } from "./contents.js";
import { fetchPiece, plainClick } from "./dialogs.js";
import { page } from "./page.js";
import { goToPlace, inView, topOf, withQuery } from "./place.js";

let bar;
let passed; // how many of their comments the reader has gone by
let isThere; // the reader has gone to one of them

const marked = () => bar?.dataset.places.split(" ").map(Number) ?? [];
const links = () => page.querySelectorAll(".participants a[data-name]");

function mark() {
    const theirs = new Set(marked());
    for (const comment of page.querySelectorAll(".comment")) {
        comment.classList.toggle("is-theirs", theirs.has(Number(comment.dataset.place)));
    }
}

function markContents() {
    for (const tick of page.querySelectorAll(".contents .theirs")) tick.remove();
    for (const link of page.querySelectorAll(".contents ol a")) {
        const [first, last] = link.dataset.places.split("-");
        const number = marked().filter((place) => place >= first && place <= last).length;
        if (number) addMark("theirs", `✓ ${number}`, link.querySelector(".contents-heading"));
    }
}

function showMarks() {
    const name = bar?.dataset.name ?? null;
    mark();
    markContents();
    for (const link of links()) {
        if (link.dataset.name === name) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
    }
    history.replaceState(history.state, "", withQuery({ person: name }) + location.hash);
}

async function follow(link) {
    try {
        const piece = await fetchPiece(withQuery({ person: link.dataset.name, at: null }));
        bar?.remove();
        page.querySelector(".bars").insertAdjacentHTML("beforeend", piece);
    } catch {
        return location.assign(link.href);
    }
    bar = page.querySelector(".following");
    const place = inView()?.dataset.place ?? 0;
    // From a list below the text, nobody sees what is marked: it leads to their first comment.
    const isBelow = topOf(link) > topOf(bar);
    passed = marked().filter((each) => isBelow || each < place).length;
    isThere = false;
    tell();
    showMarks();
    if (isBelow) stepTheirs(1);
}

function tell() {
    bar.querySelector(".number").textContent = Math.max(1, passed);
}

function unfollow() {
    const link = page.querySelector(".participants [aria-current]");
    const hadFocus = bar.contains(document.activeElement);
    bar.remove();
    bar = null;
    for (const text of page.querySelectorAll(".unsigned.is-theirs")) {
        text.classList.remove("is-theirs");
    }
    showMarks();
    if (hadFocus) link?.focus();
}

function stepTheirs(by) {
    const all = marked();
    if (!all.length) return;
    if (by > 0 || isThere) passed += by;
    passed = ((passed - 1 + all.length) % all.length) + 1;
    isThere = true;
    tell();
    goToPlace(all[passed - 1]);
}

function clicked(event) {
    const link = plainClick(event, ".participants a[data-name], .following a[data-step]");
    const isDone = plainClick(event, ".following [data-act], .participants [aria-current]");
    if (!link && !isDone) return;
    event.preventDefault();
    if (isDone) unfollow();
    else if (link.dataset.step) stepTheirs(Number(link.dataset.step));
    else follow(link);
}

export const following = {
    arrived: mark,

    start() {
        bar = page.querySelector(".following");
        passed = Number(bar?.querySelector(".number").textContent);
        isThere = true;
        page.addEventListener("click", clicked);
    },
};
