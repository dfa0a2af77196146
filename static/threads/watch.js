// The watchlist that this browser keeps: links to watch things, what is new, and the list itself.
//
// By entry, as "page=metawiki/Talk:Strategy", it has the latest signature that was there when the
// entry was looked at last. The server gets the list with an address, and keeps nothing of it.

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
    else if (!add([entry], link.dataset.latest ?? "")) {
        // The server says in words that the list is full.
        return location.assign(addressOf([...Object.keys(list()), entry]));
    }
    show(link);
}

const showAll = (within) => {
    for (const link of within.querySelectorAll("a.watch")) show(link);
};

// What of the comments in a piece of the list is new, and how it is told.
function newIn(piece) {
    const seen = list();
    const visited = recall("pages");
    const isNew = ({ at, page, of }) => {
        const time = Date.parse(at);
        const path = new URL(page, location).pathname;
        if (time <= Date.parse(visited[path]?.latest)) return false;
        return entriesIn(of).some((entry) => entry in seen && !(time <= Date.parse(seen[entry])));
    };
    return [...piece.querySelectorAll("[data-at]")].filter((each) => isNew(each.dataset));
}

function count(found, piece) {
    const isMore = found.length && piece.querySelector("[rel=next]");
    return found.length.toLocaleString(document.documentElement.lang) + (isMore ? "+" : "");
}

// The front page: how much is new, if anything is.
async function tellNews(line) {
    const seen = list();
    const times = Object.values(seen).filter((time) => Date.parse(time));
    if (!Object.keys(seen)[0]) return;
    const address = addressOf(Object.keys(seen));
    const first = times.length === Object.keys(seen).length && times.sort(byTime)[0];
    const since = first ? `&since=${encodeURIComponent(first)}` : "";
    const response = await fetch(address + since, { headers: { "HX-Request": "true" } });
    if (!response.ok) return;
    const piece = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = newIn(piece);
    line.firstElementChild.href = address;
    line.querySelector("output").textContent = count(found, piece);
    line.hidden = !found.length;
}

const byTime = (one, other) => Date.parse(one) - Date.parse(other);

// What is not new is folded away, as long as something is.
function sort(piece, found) {
    const isNew = new Set(found);
    const everything = part("all").ariaPressed === "true" || !found.length;
    for (const comment of piece.querySelectorAll("[data-at]")) {
        comment.classList.toggle("is-new", isNew.has(comment));
        comment.hidden = !everything && !isNew.has(comment);
    }
    for (const topic of piece.querySelectorAll(".watched-topic")) {
        topic.hidden = !topic.querySelector("[data-at]:not([hidden])");
    }
    part("all").hidden = part("read").hidden = !found.length;
    part("news").querySelector("output").textContent = count(found, piece);
    part("news").hidden = false;
}

function markAsRead(piece) {
    const seen = list();
    for (const { dataset } of piece.querySelectorAll("[data-at]")) {
        for (const entry of entriesIn(dataset.of)) {
            if (entry in seen && !(Date.parse(dataset.at) <= Date.parse(seen[entry]))) {
                seen[entry] = dataset.at;
            }
        }
    }
    keep("watch", seen);
}

// The latest signature that a comment on this page has.
const latestIn = (piece) =>
    [...piece.querySelectorAll("[data-at]")]
        .map(({ dataset }) => dataset.at)
        .sort(byTime)
        .pop();

function startList() {
    const piece = document.getElementById("ta-watched");
    const here = entriesIn(location.search);
    const own = Object.keys(list());
    if (!here.length && own.length) return location.replace(addressOf(own));
    part("unknown").hidden = here.every((entry) => own.includes(entry));
    part("own").hidden = !own.length || own.every((entry) => here.includes(entry));
    part("own").firstElementChild.href = addressOf(own);
    const tell = () => piece && sort(piece, newIn(piece));
    if (own.some((entry) => here.includes(entry))) tell();
    sheet.addEventListener("click", ({ target }) => {
        const { watch } = target.closest("[data-watch]")?.dataset ?? {};
        if (watch === "remove") remove(entriesIn(target.dataset.entry)[0]);
        if (watch === "unknown" && target.matches("button")) {
            const { firstElementChild: words, dataset } = part("unknown");
            if (add(here, latestIn(document) ?? "")) part("unknown").hidden = true;
            else words.textContent = dataset.full;
        } else if (watch === "read") markAsRead(piece);
        else if (watch === "all") target.ariaPressed = target.ariaPressed !== "true";
        else return;
        tell();
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
