// Searches a static copy, from a disk as from a server: all data comes as scripts, which hand it
// to `ta_data`. threads/site/index.py writes them.

const found = document.getElementById("ta-found");
const { dataset: words } = found;
const AT_ONCE = 20; // results
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

// What is typed: words, "phrases", -what is not wanted, beginnings*.
function read(text, folding) {
    const every = [];
    const none = [];
    for (const [, minus, phrase, word] of text.matchAll(
        /(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+))/gu,
    )) {
        const given = phrase ?? word;
        const ways =
            phrase === undefined
                ? folding.ways(given.replace(/\*$/u, ""), given.endsWith("*"))
                : [folding.term(given, false)].filter(Boolean);
        if (ways.length) (minus ? none : every).push(ways);
    }
    return { every, none };
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
    constructor(index, { every, none }) {
        Object.assign(this, { index, every, none, at: 0 });
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
        this.texts = first.filter(
            (each) => !unwanted.has(each) && sets.every((set) => set.has(each)),
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

// The words around the first that is found, with all that are found marked.
function excerpt(text, terms, folding) {
    const wanted = (piece) => {
        const tokens = folding.tokens(piece);
        return terms.some(({ tokens: parts, prefix }) =>
            tokens.some(
                (token) => parts.includes(token) || (prefix && token.startsWith(parts.at(-1))),
            ),
        );
    };
    const pieces = text.split(/(\s+)/u);
    const first = pieces.findIndex(wanted);
    const begin = Math.max(0, first - 20);
    const shown = pieces.slice(begin, begin + 80);
    const marked = shown.map((piece) =>
        wanted(piece) ? element("mark", { textContent: piece }) : piece,
    );
    return [begin ? "… " : "", ...marked, begin + 80 < pieces.length ? " …" : ""];
}

function shown([path, title, fragment, author, time, heading, language, text], terms, folding) {
    const href = `${words.up}${path}#${fragment}`;
    const when = time
        ? new Date(time).toLocaleString(document.documentElement.lang, {
              dateStyle: "long",
              timeZone: "UTC",
              ...(time.includes("T") && { timeStyle: "short" }),
          })
        : words.unsigned;
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
