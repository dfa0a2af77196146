// The watchlist that this browser keeps: links to watch things, what is new, and the list itself.
//
// By entry, as "page=metawiki/Talk:Strategy", it has the number of the comment that had come last
// when the entry was looked at last: comments are numbered as they come into the archive, whenever
// they were signed. The server gets the list with an address, and keeps nothing of it.

import { keep, recall } from "./js/memory.js";

const KINDS = ["page", "topic", "author", "person"];
const ENTRIES = 100; // of a list …
const LONGEST = 7000; // … and characters of its address, as the server has it

const told = document.getElementById("ta-words").dataset;
const sheet = document.getElementById("ta-watchlist");
const list = () => recall("watch");
const part = (name) => sheet.querySelector(`[data-watch="${name}"]`);
const entriesIn = (query) =>
    [...new URLSearchParams(query)]
        .filter(([kind]) => KINDS.includes(kind))
        .map((pair) => pair.join("="));

// In the order in which the server has them, whose answers are known by their addresses.
function addressOf(entries) {
    const pairs = entries.map((entry) => /(\w+)=(.*)/s.exec(entry).slice(1));
    pairs.sort(([one], [other]) => KINDS.indexOf(one) - KINDS.indexOf(other));
    return `/watch/?${new URLSearchParams(pairs)}`;
}

// The comment that had come last when this was made.
const latestAt = (element) => Number(element.closest("[data-latest]")?.dataset.latest ?? 0);
// And when an entry was looked at last; before all comments, where that is not known.
const seenOf = (entry) => Number(list()[entry]) || 0;

const fits = (entries) => entries.length <= ENTRIES && addressOf(entries).length <= LONGEST;

// Adds the entries that there is room for; says whether these are all.
function add(entries, seen) {
    const all = list();
    for (const entry of entries) {
        if (!(entry in all) && fits([...Object.keys(all), entry])) all[entry] = seen;
    }
    keep("watch", all);
    return entries.every((entry) => entry in all);
}

function remove(entry) {
    const { [entry]: _gone, ...others } = list();
    keep("watch", others);
}

function show(link) {
    const isWatched = entriesIn(link.search)[0] in list();
    link.role = "button";
    link.ariaPressed = isWatched;
    link.textContent = isWatched ? told.watching : told.unwatched;
}

function toggle(link) {
    const [entry] = entriesIn(link.search);
    if (entry in list()) remove(entry);
    else if (!add([entry], latestAt(link))) {
        // The server says in words that the list is full.
        return location.assign(addressOf([...Object.keys(list()), entry]));
    }
    show(link);
}

const showAll = (within) => {
    for (const link of within.querySelectorAll("a.watch")) show(link);
};

// What came into these entries since they were looked at, and was not read on its page, in a piece
// of the list that is made for it; nothing where the server does not answer.
async function fetchNews(entries) {
    const added = Math.min(...entries.map(seenOf));
    const headers = { "HX-Request": "true" };
    const response = await fetch(`${addressOf(entries)}&added=${added}`, { headers });
    if (!response.ok) return;
    const piece = new DOMParser().parseFromString(await response.text(), "text/html").body;
    const visited = recall("pages");
    const isNew = ({ key, page, of }) => {
        if (Number(key) <= visited[new URL(page, location).pathname]?.latest) return false;
        return entriesIn(of).some((entry) => entries.includes(entry) && key > seenOf(entry));
    };
    for (const comment of commentsIn(piece)) {
        if (!isNew(comment.dataset)) comment.remove();
        else comment.classList.add("is-new");
    }
    for (const topic of piece.querySelectorAll(".watched-topic:not(:has([data-key]))")) {
        topic.remove();
    }
    return piece;
}

const commentsIn = (piece) => [...piece.querySelectorAll("[data-key]")];

function count(piece) {
    const found = commentsIn(piece).length;
    const isMore = found && piece.querySelector("[rel=next]");
    return found.toLocaleString(document.documentElement.lang) + (isMore ? "+" : "");
}

// The front page: how much is new, if anything is.
async function tellNews(line) {
    const entries = Object.keys(list());
    if (!entries.length) return;
    const piece = await fetchNews(entries);
    if (!piece) return;
    line.firstElementChild.href = addressOf(entries);
    line.querySelector("output").textContent = count(piece);
    line.hidden = !commentsIn(piece).length;
}

// What is new stands first; what is not is folded away, as long as something is new.
function sort(fresh, piece) {
    const found = new Set(commentsIn(fresh).map(({ dataset }) => dataset.key));
    piece.hidden = part("all").ariaPressed !== "true" && found.size > 0;
    for (const comment of commentsIn(piece)) comment.hidden = found.has(comment.dataset.key);
    for (const topic of piece.querySelectorAll(".watched-topic")) {
        topic.hidden = !topic.querySelector("[data-key]:not([hidden])");
    }
    part("all").hidden = part("read").hidden = !found.size;
    part("news").querySelector("output").textContent = count(fresh);
    part("news").hidden = false;
}

function markAsRead(entries) {
    const seen = list();
    for (const entry of entries) {
        if (entry in seen) seen[entry] = Math.max(seenOf(entry), latestAt(sheet));
    }
    keep("watch", seen);
}

// What the form of this page, or its offer of a whole page, has just added to the list that it showed:
// the browser is to have that as well, and not what else somebody's list has.
function addedHere(here) {
    const { type } = performance.getEntriesByType("navigation")[0];
    const from = type === "navigate" && document.referrer && new URL(document.referrer);
    if (!from || from.origin !== location.origin || from.pathname !== location.pathname) return [];
    const before = entriesIn(from.search);
    return here.filter((entry) => !before.includes(entry));
}

// Shows what is new before the list, if this is its beginning.
async function startNews(piece, entries) {
    const asked = new URLSearchParams(location.search);
    if (!piece || !entries.length || asked.has("after") || asked.has("added")) return;
    const news = await fetchNews(entries);
    if (!news) return;
    const fresh = document.createElement("div");
    fresh.append(...news.childNodes);
    piece.before(fresh);
    sort(fresh, piece);
    sheet.addEventListener("click", ({ target }) => {
        const { watch } = target.closest("[data-watch]")?.dataset ?? {};
        if (watch === "all") target.ariaPressed = target.ariaPressed !== "true";
        else if (watch === "read") {
            markAsRead(entries);
            fresh.replaceChildren();
        } else return;
        sort(fresh, piece);
    });
}

function startList() {
    const here = entriesIn(location.search);
    add(addedHere(here), latestAt(sheet));
    const own = Object.keys(list());
    if (!here.length && own.length) return location.replace(addressOf(own));
    part("unknown").hidden = here.every((entry) => own.includes(entry));
    part("own").hidden = !own.length || own.every((entry) => here.includes(entry));
    part("own").firstElementChild.href = addressOf(own);
    startNews(
        document.getElementById("ta-watched"),
        here.filter((entry) => own.includes(entry)),
    );
    sheet.addEventListener("click", ({ target }) => {
        const { watch } = target.closest("[data-watch]")?.dataset ?? {};
        if (watch === "remove") remove(entriesIn(target.dataset.entry)[0]);
        if (watch === "unknown" && target.matches("button")) {
            const { firstElementChild: words, dataset } = part("unknown");
            if (add(here, latestAt(sheet))) part("unknown").hidden = true;
            else words.textContent = dataset.full;
        }
    });
}

document.addEventListener("click", (event) => {
    const link = event.target.closest("a.watch");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggle(link);
});
// What is called a button is pressed by the space bar, too.
document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches("a.watch")) return;
    event.preventDefault();
    toggle(event.target);
});
document.addEventListener("htmx:load", ({ target }) => showAll(target));
showAll(document);
const line = document.querySelector(".watch-news");
if (line) tellNews(line);
if (sheet) startList();
