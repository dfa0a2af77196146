// Searches a static copy, from a disk as from a server: all data comes as scripts, which hand it
// to `ta_data`. threads/site/search/index.py writes them.

const found = document.getElementById("ta-found");
const { dataset: words } = found;
const AT_ONCE = 20; // results
const EXCERPT = 480; // characters of a text that are shown …
const AROUND = 120; // … and of them, before the first that is found
const MOST_PACKS = 40; // that are looked through for phrases before the reader is asked
const waiting = new Map(); // by name, what is to be done with the data
const loaded = new Map(); // by name, the data as a promise

globalThis.ta_data = (name, data) => waiting.get(name)(data);

function load(name) {
    if (!loaded.has(name)) {
        const data = new Promise((resolve, reject) => {
            waiting.set(name, resolve);
            const script = document.createElement("script");
            script.src = `${words.top}search/${name}.js`;
            script.onerror = () => reject(new Error(name));
            document.head.append(script);
        });
        loaded.set(name, data);
    }
    return loaded.get(name);
}

// Cuts words as threads/search/tokens/folding.py does, with the same characters.
class Folding {
    constructor(index) {
        const joining = index.joining.replace(/[\\\]^-]/g, "\\$&");
        const { unspaced, marks, nothing, accents, pictures } = index;
        const other = `(?![${unspaced}${joining}])[\\p{L}\\p{N}]`;
        const spaced = `(?:${other}|[${marks}${nothing}])+`;
        const run = `[${unspaced}][${unspaced}${marks}${nothing}]*`;
        this.piece = new RegExp(`${run}|${spaced}|[${pictures}]`, "gu");
        this.isUnspaced = new RegExp(`^[${unspaced}]`, "u");
        this.accents = new RegExp(`[${accents}${nothing}]|(?<![ИиУу])\u0306|(?<![Іі])\u0308`, "gu");
        this.cluster = new RegExp(`[^${marks}][${marks}]*|[${marks}]+`, "gu");
        this.ignored = new RegExp(`[${nothing}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`, "gu");
        this.joints = new RegExp(`[${joining}]`, "gu");
        this.joined = new RegExp(
            `^(?=\\p{L})${spaced}(?:[${joining}](?=\\p{L})${spaced}){1,3}$`,
            "u",
        );
        this.lower = (text) =>
            [...text].map((each) => index.casefold[each] ?? each.toLowerCase()).join("");
        this.same = (text) => [...text].map((each) => index.same[each] ?? each).join("");
    }

    folded(word) {
        const bare = this.same(this.lower(word.normalize("NFKD").replace(this.accents, "")));
        return bare.normalize("NFC").match(this.piece) ?? [];
    }

    pairs(run) {
        const characters = run.replace(this.ignored, "").normalize("NFKC").match(this.cluster);
        return characters.map((each, at) => each + (characters[at + 1] ?? ""));
    }

    tokens(text) {
        return (text.match(this.piece) ?? []).flatMap((piece) =>
            this.isUnspaced.test(piece) ? this.pairs(piece) : this.folded(piece),
        );
    }

    // Tokens with where they stand, as `places_of` there.
    places(text) {
        return [...text.matchAll(this.piece)].flatMap(({ 0: piece, index: start }) => {
            const end = start + piece.length;
            if (!this.isUnspaced.test(piece)) {
                return this.folded(piece).map((token) => ({ token, start, end }));
            }
            const clusters = [...piece.matchAll(this.cluster)];
            const tokens = this.pairs(piece);
            if (clusters.length !== tokens.length) return [{ token: piece, start, end }];
            return tokens.map((token, at) => {
                const { 0: last, index } = clusters[at + 1] ?? clusters[at];
                return {
                    token,
                    start: start + clusters[at].index,
                    end: start + index + last.length,
                };
            });
        });
    }

    // Tokens one behind the other, as `term_of` there.
    term(text, prefix) {
        const tokens = this.tokens(text);
        if (!tokens.length) return null;
        const last = text.match(this.piece).at(-1);
        if (!this.isUnspaced.test(last)) return { tokens, prefix };
        if (this.pairs(last).length === 1) return { tokens, prefix: true };
        return { tokens: tokens.slice(0, -1), prefix: false };
    }

    // As `ways_of` there: any of them is enough.
    ways(word, prefix) {
        const term = this.term(word, prefix);
        if (!term) return [];
        if (!this.joined.test(word)) return [term];
        const whole = word
            .split(this.joints)
            .flatMap((part) => this.folded(part))
            .join("");
        return [term, { tokens: [whole], prefix }];
    }
}

// What may stand before a colon; each gives the ways in which a text can have such a value.
const FIELDS = {
    author: (value) => [value, upper(value)].map((name) => fact("author", name)),
    page: (value) => [fact("page", upper(value))],
    wiki: (value) =>
        ["", "wiki"].map((end) =>
            fact("wiki", `${value.toLowerCase().replace(/wiki$/u, "")}${end}`),
        ),
};
const PART = /(-?)(?:(author|page|wiki|after|before):)?(?:["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+))/giu;

const upper = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
// A token that no word is, as `_fact` of threads/site/search/texts.py.
const fact = (field, value) => ({ tokens: [`!${field}:${value.replaceAll(" ", "_")}`] });

// A year, month or day as the index has it; none for what is no date.
function dates(text) {
    const found = text.match(/^(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?$/u);
    const parts = found?.slice(1).filter(Boolean) ?? [];
    return parts.length ? [parts.map((part) => part.padStart(2, "0")).join("-")] : [];
}

// What is typed: words, "phrases", -what is not wanted, beginnings*, and fields.
function read(text, folding) {
    const asked = { every: [], none: [], after: [], before: [] };
    const either = {}; // by field: of several values, any is enough
    for (const [, minus, name, phrase, word] of text.matchAll(PART)) {
        const given = phrase ?? word;
        const field = name?.toLowerCase();
        if (field in FIELDS) {
            const ways = FIELDS[field](given.replaceAll("_", " ").trim());
            if (minus) asked.none.push(ways);
            else if (either[field]) either[field].push(...ways);
            else {
                either[field] = ways;
                asked.every.push(ways);
            }
        } else if (field) {
            const opposite = { after: "before", before: "after" }[field];
            asked[minus ? opposite : field].push(...dates(given));
        } else {
            const ways =
                phrase === undefined
                    ? folding.ways(given.replace(/\*$/u, ""), given.endsWith("*"))
                    : [folding.term(given, false)].filter(Boolean);
            if (ways.length) asked[minus ? "none" : "every"].push(ways);
        }
    }
    return asked;
}

function numbers(text, digits) {
    const values = [];
    const half = digits.length / 2;
    let value = 0;
    let last = -1;
    for (const digit of text) {
        const place = digits.indexOf(digit);
        value = value * half + (place % half);
        if (place >= half) continue;
        last += value;
        values.push(last);
        value = 0;
    }
    return values;
}

class Index {
    constructor(index) {
        Object.assign(this, index);
        this.folding = new Folding(index);
    }

    // The shards that may have tokens from one on, up to another.
    async lines(first, last) {
        let at = this.firsts.findLastIndex((each) => each <= first);
        const lines = [];
        for (at = Math.max(at, 0); at < this.firsts.length && this.firsts[at] <= last; at++) {
            lines.push(...(await load(`words/${at}`)).split("\n"));
        }
        return lines;
    }

    async having(token, prefix) {
        const lines = await this.lines(token, prefix ? `${token}\uffff` : token);
        const wanted = lines.filter((line) =>
            prefix ? line.startsWith(token) : line.startsWith(`${token} `),
        );
        const texts = wanted.map((line) => numbers(line.slice(line.indexOf(" ") + 1), this.digits));
        return texts.length === 1 ? texts[0] : [...new Set(texts.flat())].sort((a, b) => a - b);
    }

    // The texts that have all tokens of a term; where these stand is not known here.
    async candidates({ tokens, prefix }) {
        let texts = null;
        for (const [at, token] of tokens.entries()) {
            const some = await this.having(token, prefix && at === tokens.length - 1);
            const known = texts && new Set(texts);
            texts = known ? some.filter((each) => known.has(each)) : some;
        }
        return texts;
    }

    // The number of the newest text that is older than a year, month or day: "2019", "2019-04".
    async olderThan(time) {
        const days = await load("days");
        return days.find(([day]) => day < time)?.[1] ?? this.texts;
    }

    async text(place) {
        const pack = await load(`texts/${Math.floor(place / this.pack)}`);
        return pack[place % this.pack];
    }
}

const isPhrase = ({ tokens }) => tokens.length > 1;

function stands({ tokens, prefix }, given) {
    const last = tokens.length - 1;
    return given.some((_, at) =>
        tokens.every((token, n) =>
            prefix && n === last ? given[at + n]?.startsWith(token) : given[at + n] === token,
        ),
    );
}

class Search {
    constructor(index, { every, none, after, before }) {
        Object.assign(this, { index, every, none, after, before, at: 0 });
        this.exact = ![...every, ...none].flat().some(isPhrase);
    }

    async begin() {
        const sets = [];
        for (const ways of this.every) {
            const texts = await Promise.all(ways.map((term) => this.index.candidates(term)));
            sets.push(new Set(texts.flat()));
        }
        // Only what is no phrase is known not to be there.
        const unwanted = new Set();
        for (const term of this.none.flat().filter((each) => !isPhrase(each))) {
            for (const text of await this.index.candidates(term)) unwanted.add(text);
        }
        const all = () => Array.from({ length: this.index.texts }, (_, place) => place);
        const first = sets.length ? [...sets[0]].sort((a, b) => a - b) : all();
        const older = (times) => Promise.all(times.map((time) => this.index.olderThan(time)));
        const begin = Math.max(0, ...(await older(this.before)));
        const end = Math.min(this.index.texts, ...(await older(this.after)));
        this.texts = first.filter(
            (each) =>
                begin <= each &&
                each < end &&
                !unwanted.has(each) &&
                sets.every((set) => set.has(each)),
        );
    }

    fits(text) {
        if (this.exact) return true;
        const given = this.index.folding.tokens(text);
        const has = (term) => !isPhrase(term) || stands(term, given);
        const lacks = (term) => !isPhrase(term) || !stands(term, given);
        return this.every.every((ways) => ways.some(has)) && this.none.flat().every(lacks);
    }

    async next() {
        const results = [];
        const packs = new Set();
        while (this.at < this.texts.length && results.length < AT_ONCE && packs.size < MOST_PACKS) {
            const place = this.texts[this.at++];
            packs.add(Math.floor(place / this.index.pack));
            const text = await this.index.text(place);
            if (this.fits(text.at(-1))) results.push(text);
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

async function begin() {
    const asked = new URLSearchParams(location.search).get("q") ?? "";
    document.getElementById("ta-asked").value = asked;
    if (!asked.trim()) return;
    found.textContent = words.searching;
    try {
        const index = new Index(await load("index"));
        const search = new Search(index, read(asked, index.folding));
        await search.begin();
        const number = search.exact ? `${words.number} ${search.texts.length}` : "";
        found.replaceChildren(
            element("p", { className: "gathering", textContent: number }),
            element("ul", { className: "shelf results" }),
        );
        await show(search);
    } catch {
        found.textContent = words.broken;
    }
}

begin();
