// Where a text leads that names one thing, as far as this copy knows: comments by their ids, pages by
// their titles, and the copy's own addresses. For the archive, threads/presentation/search/pasted.py
// reads such a text.

import { isComment, isHeading, placeOf, placeOfHeading } from "./places.js";
import { fact, name, upper } from "./query.js";

const BRACKETED = /^<\s*([^<>\s]+)\s*>$/u;
const WIKITEXT_LINK = /^\[\[:?([^[\]|]+)(?:\|[^[\]]*)?\]\]$/u;
const ADDRESS = /^(?:(?:https?:|file:)?\/\/.+|\/.+|[\w-]+(?:\.[\w-]+)+(?::\d+)?\/.*)$/iu;
const ID = /^#?([ch]-.+)$/u;
// The name of a special page says nothing here: it differs from language to language.
const SPECIAL_ID = /^[^/:]+:[^/]+\/(c-.+)$/u;
const IN_QUERY = ["comment", "topic", "start", "at"]; // ids, of an address of the archive
const MOST_TEXTS = 400; // that are looked at for one of a page itself, and not of a page below it

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function readAddress(text, index) {
    const { pathname, searchParams, hash } = new URL(
        text.includes("//") || text.startsWith("/") ? text : `//${text}`,
        "https://localhost/",
    );
    const path = decoded(pathname);
    const [, kind, dbname, rest] = path.match(/^\/(\w+)\/([^/]+)\/(.+)$/u) ?? [];
    const isOwn = index.wikis.some(([each]) => each === dbname);
    if (isOwn && kind === "author") return { query: `author:"${name(rest)}" wiki:${dbname}` };
    const last = path.slice(path.lastIndexOf("/") + 1);
    const given = [hash.slice(1), ...IN_QUERY.map((each) => searchParams.get(each) ?? "")];
    const fragment = [isComment(last) ? last : "", ...given].find(Boolean) ?? "";
    const title = searchParams.get("title") ?? (isOwn ? rest : path.match(/^\/wiki\/(.+)$/u)?.[1]);
    return { title, dbname: isOwn ? dbname : "", fragment: decoded(fragment), isCertain: true };
}

// What is named; null for words.
function pastedIn(text, index) {
    const [, link] = text.match(WIKITEXT_LINK) ?? [];
    if (link) return { ...pastedIn(link.trim(), index), isLink: true };
    if (ADDRESS.test(text)) return readAddress(text, index);
    const [, ident] = text.match(ID) ?? text.match(SPECIAL_ID) ?? [];
    if (ident) {
        const fragment = decoded(ident);
        return { fragment, isCertain: isComment(fragment) || isHeading(fragment) };
    }
    const [, title, fragment = ""] = text.match(/^([^:#]+:[^#]+)(?:#(.*))?$/su) ?? [];
    return title ? { title, fragment: decoded(fragment) } : null;
}

// The file of the page with a title; undefined for none of which the copy has a text.
async function fileOf(title, dbname, index) {
    const wanted = upper(name(title));
    const some = await index.candidates(fact("page", wanted));
    const here = dbname && new Set(await index.candidates(fact("wiki", dbname)));
    for (const place of some.filter((each) => !here || here.has(each)).slice(0, MOST_TEXTS)) {
        const [path, found] = await index.text(place);
        if (found === wanted) return path;
    }
}

async function addressOf({ title, dbname, fragment, query, isLink, isCertain }, index, up) {
    if (query) return `?q=${encodeURIComponent(query)}`;
    const comment = isComment(fragment) && (await placeOf(fragment, index.top));
    const heading = !title && isHeading(fragment) && (await placeOfHeading(fragment, index.top));
    if (comment || heading) return `${up}${comment || heading}`;
    if (!title || !(isLink || isCertain || fragment)) return "";
    const file = await fileOf(title, dbname, index);
    return file ? `${up}${file}${fragment && `#${encodeURIComponent(fragment)}`}` : "";
}

// In: where the folder of the language is. Out: the address, "" where nothing is there that the text
// names for certain, and null for words.
export async function leadOf(asked, index, up) {
    const text = asked.trim().replace(BRACKETED, "$1");
    if (text.startsWith(new URL(index.top || ".", location.href).href)) return text;
    const named = pastedIn(text, index);
    if (!named) return null;
    return (await addressOf(named, index, up)) || (named.isCertain ? "" : null);
}
