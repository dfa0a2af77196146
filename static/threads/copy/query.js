// What somebody typed into the search box of a copy, and what that asks of its index: as
// threads/search/query/parsing.py and resolving.py there have it for the archive.

const SHORTEST_PREFIX = 2; // letters
const FIRST_YEAR = 2001; // no wiki is older
const QUOTED = '"[^"]*"?|“[^“”"]*[”"]?|„[^“”"]*[“”"]?|«[^»]*»?|「[^」]*」?|『[^』]*』?';
const CLOSING = /["“”»」』]+$/u;
const DATE = /^(\d{4})(?:([-/.])(\d\d?)(?:\2(\d\d?))?|(\d\d)(\d\d)?)?$/u;

export const upper = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
export const name = (text) => text.replaceAll("_", " ").trim().replace(/\s+/gu, " ");
const code = (text) => text.trim().toLowerCase();

// A token that no word is, as `fact` of threads/site/search/facts.py.
const token = (field, value) => `!${field}:${value.replaceAll(" ", "_")}`;
export const fact = (field, value) => ({ tokens: [token(field, value)] });
export const isFact = ({ tokens }) => tokens[0].startsWith("!");

// The same words, in what a text is known by.
const within = (field, { tokens, prefix }) => ({
    tokens: tokens.map((each) => token(field, each)),
    prefix,
});

async function author(value, index) {
    const known = await index.present([value, upper(value)].map((each) => fact("author", each)));
    const term = index.folding.term(value, false);
    return known.length || !term ? known : index.present([within("name", term)]);
}

function topic(value, index) {
    const given = value.split(" ").filter((word) => index.folding.tokens(word).length);
    const terms = given.map((word) => index.folding.term(word, word === given.at(-1)));
    if (!terms.length) return [];
    const tokens = terms.flatMap((term) => term.tokens);
    return index.present([within("topic", { tokens, prefix: terms.at(-1).prefix })]);
}

// A year, month or day as the index has it; "" for what is none.
function readDate(text) {
    const found = text.trim().match(DATE);
    if (!found) return "";
    const parts = [found[1], found[3] ?? found[5], found[4] ?? found[6]].filter(Boolean);
    const [year, month = 1, day = 1] = parts.map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    const isDate = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return isDate ? parts.map((part) => part.padStart(2, "0")).join("-") : "";
}

const wikis = (index, are) => index.wikis.filter(are).map(([dbname]) => fact("wiki", dbname));
const flag = (field) => (value, index) =>
    index.flags.includes(token(field, value)) ? [fact(field, value)] : [];

// What may stand before a colon: how its value is read; the ways in which a text can have the value,
// none where the copy has no such value; and what is said then. Of fields with `each`, a text has to
// have all values that are given, of others one. Dates have no ways: they bound what is looked at.
const FIELDS = {
    author: { read: name, ways: author, unknown: "noAuthor" },
    wiki: {
        read: code,
        ways(value, index) {
            const named = [value, `${value}wiki`];
            return wikis(
                index,
                ([dbname, title]) => named.includes(dbname) || title.toLowerCase() === value,
            );
        },
        unknown: "noWiki",
    },
    page: {
        read: name,
        ways: (value, index) => index.present([fact("page", upper(value))]),
        unknown: "noPage",
    },
    topic: {
        read: (text) => name(text.replace(/["“”„«»「」『』]/gu, " ")),
        ways: topic,
        unknown: "noTopic",
    },
    in: {
        read: code,
        ways: (value, index) => (index.collections.includes(value) ? [fact("in", value)] : []),
        unknown: "noCollection",
    },
    is: { read: code, ways: flag("is"), unknown: "noSuchValue", each: true },
    has: { read: code, ways: flag("has"), unknown: "noSuchValue", each: true },
    lang: {
        read: code,
        ways: (value, index) => wikis(index, ([, , spoken]) => spoken.toLowerCase() === value),
        unknown: "noLanguage",
    },
    after: { read: readDate, opposite: "before", unknown: "noDate" },
    before: { read: readDate, opposite: "after", unknown: "noDate" },
};
const PART = new RegExp(
    `(-?)(?:(${Object.keys(FIELDS).join("|")}):)?(?:(${QUOTED})|(\\S*))`,
    "giu",
);

// Words, "phrases", -what is not wanted, beginnings*, and fields; `said` is what is said of them.
function read(text, folding) {
    const query = { words: [], fields: [], said: [] };
    for (const [, minus, field, quoted, bare] of text.matchAll(PART)) {
        const without = minus === "-";
        const given = quoted ? quoted.slice(1).replace(CLOSING, "") : (bare ?? "");
        if (quoted && (quoted.length === 1 || !CLOSING.test(quoted))) {
            query.said.push({ said: "openQuote", value: quoted });
        }
        if (field) readField(field.toLowerCase(), given, without, query);
        else if (folding.tokens(given).length) {
            query.words.push({ ...readWord(given, quoted, folding, query), without });
        }
    }
    if (!query.words.length && !query.fields.length) query.said.push({ said: "noWord" });
    return query;
}

function readWord(given, quoted, folding, { said }) {
    const text = given.replace(/\*+$/u, "");
    if (quoted || text === given) return { text: given, isPhrase: Boolean(quoted) };
    const last = folding.tokens(text).at(-1);
    const prefix = last.length >= SHORTEST_PREFIX || last > "\x7f";
    if (!prefix) said.push({ said: "shortPrefix", value: given });
    return { text, prefix };
}

function readField(field, given, without, { fields, said }) {
    if (!given.trim()) said.push({ said: "emptyField", value: `${field}:` });
    for (const part of given.split("|").filter((each) => each.trim())) {
        fields.push({ field, given: part, value: FIELDS[field].read(part), without });
    }
}

// The ways in which a text can have a word: in what it says, and, beside others, in its author's name
// or in its year.
function waysOf({ text, isPhrase, prefix, without }, { words, fields }, folding) {
    if (isPhrase) return [folding.term(text, false)].filter(Boolean);
    const ways = folding.ways(text, prefix);
    if (without) return ways;
    const isAmong = words.filter((each) => !each.without).length > 1;
    const also = isAmong ? ways.map((term) => within("name", term)) : [];
    const [word, ...others] = folding.tokens(text);
    const isYear = !others.length && /^\d{4}$/.test(word) && word >= FIRST_YEAR;
    if (isYear && (isAmong || fields.length)) also.push(fact("year", word));
    return [...ways, ...also];
}

// What a text asks of the index: of each of `every`, one way; none of `none`; the years, months or
// days that it is to be after and before. `said` is what was not understood, or searched otherwise.
export async function meaningOf(text, index) {
    const query = read(text, index.folding);
    const meaning = { every: [], none: [], after: [], before: [], said: query.said };
    for (const word of query.words) {
        const ways = waysOf(word, query, index.folding);
        if (ways.length) meaning[word.without ? "none" : "every"].push(ways);
    }
    const either = {}; // by field: of several values, any is enough
    for (const asked of query.fields) {
        const { field, value, without } = asked;
        const { opposite, each } = FIELDS[field];
        const ways = await known(asked, index, meaning.said);
        if (opposite && value) meaning[without ? opposite : field].push(value);
        else if (!ways.length) continue;
        else if (without) meaning.none.push(ways);
        else if (each || !either[field]) {
            either[field] = ways;
            meaning.every.push(ways);
        } else either[field].push(...ways);
    }
    return meaning;
}

// The ways in which a text can have a field's value, as words of the text for an author whom nobody
// is called; else none, and what is said of that.
async function known({ field, given, value, without }, index, said) {
    const { ways, opposite, unknown, each } = FIELDS[field];
    const found = value && ways ? await ways(value, index) : [];
    if (found.length || (opposite && value)) return found;
    const isName = field === "author";
    said.push({
        said: isName && without ? "nobody" : unknown,
        field,
        value: each || opposite ? given : value,
    });
    return isName && !without ? [index.folding.term(value, false)].filter(Boolean) : [];
}
