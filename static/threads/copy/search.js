// Searches a static copy, from a disk as from a server, and shows what is found.

import { Index } from "./index.js";
import { leadOf } from "./leads.js";
import { load } from "./loading.js";
import { isFact, meaningOf } from "./query.js";

const found = document.getElementById("ta-found");
const { dataset: words } = found;
const AT_ONCE = 20; // results
const EXCERPT = 480; // characters of a text that are shown …
const AROUND = 120; // … and of them, before the first that is found
const MOST_PACKS = 40; // that are looked through for phrases before the reader is asked

const isPhrase = (term) => term.tokens.length > 1 && !isFact(term);

function stands({ tokens, prefix }, given) {
    const last = tokens.length - 1;
    return given.some((_, at) =>
        tokens.every((token, n) =>
            prefix && n === last ? given[at + n]?.startsWith(token) : given[at + n] === token,
        ),
    );
}

class Search {
    constructor(index, meaning) {
        Object.assign(this, { index, ...meaning, at: 0 });
        const { every, none, after, before } = meaning;
        this.isAsked = every.length + none.length + after.length + before.length > 0;
        this.exact = ![...every, ...none].flat().some(isPhrase);
    }

    // Where the index has what is asked for: `sure` where it knows, not only that a phrase's words
    // are there.
    async places(ways) {
        const sure = new Set();
        const all = new Set();
        for (const term of ways) {
            for (const place of await this.index.candidates(term)) {
                all.add(place);
                if (!isPhrase(term)) sure.add(place);
            }
        }
        return { sure, all, phrases: ways.filter(isPhrase) };
    }

    async begin() {
        this.wanted = await Promise.all(this.every.map((ways) => this.places(ways)));
        this.unwanted = await Promise.all(this.none.map((ways) => this.places(ways)));
        const every = () => Array.from({ length: this.index.texts }, (_, place) => place);
        const first = this.wanted.length ? [...this.wanted[0].all].sort((a, b) => a - b) : every();
        const older = (times) => Promise.all(times.map((time) => this.index.olderThan(time)));
        const begin = Math.max(0, ...(await older(this.before)));
        const end = Math.min(this.index.texts, ...(await older(this.after)));
        this.texts = first.filter(
            (place) =>
                begin <= place &&
                place < end &&
                this.wanted.every(({ all }) => all.has(place)) &&
                !this.unwanted.some(({ sure }) => sure.has(place)),
        );
    }

    fits(place, text) {
        if (this.exact) return true;
        const given = this.index.folding.tokens(text);
        const has = ({ sure, phrases }) =>
            sure.has(place) || phrases.some((term) => stands(term, given));
        return this.wanted.every(has) && !this.unwanted.some(has);
    }

    async next() {
        const results = [];
        const packs = new Set();
        while (this.at < this.texts.length && results.length < AT_ONCE && packs.size < MOST_PACKS) {
            const place = this.texts[this.at++];
            packs.add(Math.floor(place / this.index.pack));
            const text = await this.index.text(place);
            if (this.fits(place, text.at(-1))) results.push(text);
        }
        return results;
    }
}

function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

// Where a text has what was asked for: the beginning and end of each stretch.
function foundIn(text, terms, folding) {
    const places = folding.places(text);
    const stretches = [];
    for (const [at, { start }] of places.entries()) {
        for (const { tokens, prefix } of terms) {
            const last = tokens.length - 1;
            const has = tokens.every((token, n) =>
                prefix && n === last
                    ? places[at + n]?.token.startsWith(token)
                    : places[at + n]?.token === token,
            );
            if (has) stretches.push([start, places[at + last].end]);
        }
    }
    return stretches;
}

// The text around the first that is found, with all that are found marked.
function excerpt(text, terms, folding) {
    const stretches = foundIn(text, terms, folding);
    const first = stretches[0]?.[0] ?? 0;
    const blank = first > AROUND ? text.indexOf(" ", first - AROUND) + 1 : 0;
    let at = blank && blank <= first ? blank : Math.max(0, first - AROUND);
    const rest = text.length > at + EXCERPT;
    const cut = rest ? text.lastIndexOf(" ", at + EXCERPT) : text.length;
    const end = cut > first ? cut : at + EXCERPT;
    const parts = [at ? "… " : ""];
    for (const [start, stop] of stretches.filter(([, stop]) => stop <= end)) {
        if (stop <= at) continue;
        parts.push(text.slice(at, Math.max(at, start)));
        parts.push(element("mark", { textContent: text.slice(Math.max(at, start), stop) }));
        at = stop;
    }
    return [...parts, text.slice(at, end), rest ? " …" : ""];
}

// A time as the page's language writes it, in the letters of Django's `date` filter.
function written(time) {
    const [, year, month, day, hour, minute] = time.match(/(\d+)-(\d+)-(\d+)(?:T(\d+):(\d+))?/u);
    const letters = {
        Y: year,
        n: Number(month),
        F: words.months.split("|")[month - 1],
        j: Number(day),
        H: hour,
        i: minute,
    };
    const form = hour ? words.moment : words.day;
    return form.replace(/\\(.)|[YnFjHi]/gu, (letter, plain) => plain ?? letters[letter]);
}

function shown([path, title, fragment, author, time, heading, language, text], terms, folding) {
    const href = `${words.up}${path}#${fragment}`;
    const when = time ? written(time) : words.unsigned;
    const named = author ? [element("bdi", {}, author), " · "] : [];
    return element(
        "li",
        {},
        element(
            "a",
            { className: "shelf-title", href, lang: language, dir: "auto" },
            heading ? `${title} › ${heading}` : title,
        ),
        " ",
        element("span", { className: "shelf-facts" }, ...named, when),
        element(
            "p",
            { className: "excerpt", lang: language, dir: "auto" },
            ...excerpt(text, terms, folding),
        ),
    );
}

async function show(search) {
    const terms = search.every.flat();
    const results = await search.next();
    for (const each of results) {
        found.querySelector("ul").append(shown(each, terms, search.index.folding));
    }
    found.querySelector("button")?.remove();
    if (search.at < search.texts.length) {
        const more = element("button", { type: "button", textContent: words.more });
        more.addEventListener("click", () => show(search));
        found.append(more);
    } else if (!found.querySelector("li")) {
        found.querySelector(".gathering").textContent = words.nothing;
    }
}

// What was not understood, and what was done instead, in the sentences that the page has of that.
function sentence({ said, ...of }) {
    const text = words[said].replace(/%\((\w+)\)s/gu, (_, name) => of[name]);
    return element("p", { className: "notice", role: "status", textContent: text });
}

async function begin() {
    const asked = new URLSearchParams(location.search).get("q") ?? "";
    document.getElementById("ta-asked").value = asked;
    if (!asked.trim()) return;
    found.textContent = words.searching;
    try {
        const index = new Index(words.top, await load(words.top, "index"));
        const lead = await leadOf(asked, index, words.up);
        if (lead) return location.replace(lead);
        const search = new Search(index, await meaningOf(asked, index));
        if (lead === "") search.said.unshift({ said: "noAddress", value: asked.trim() });
        const notes = search.said.map(sentence);
        if (!search.isAsked) return found.replaceChildren(...notes);
        await search.begin();
        const number = search.exact ? `${words.number} ${search.texts.length}` : "";
        found.replaceChildren(
            ...notes,
            element("p", { className: "gathering", textContent: number }),
            element("ul", { className: "shelf results" }),
        );
        await show(search);
    } catch {
        found.textContent = words.broken;
    }
}

begin();
