// Where each comment of a copy stands, by its id: threads/site/search/finding.py writes it.

import { load } from "./loading.js";

const TIME = /-(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(?:\.000Z)?(?=-|$)/g;
const short = (ident) => ident.replace(TIME, "-$1$2$3$4$5$6");
const monthIn = (ident) => ident.matchAll(TIME).next().value?.slice(1, 3).join("-");

const isNamed = (text, kind) => text.startsWith(kind) && Boolean(monthIn(text));
export const isComment = (text) => isNamed(text, "c-");
export const isHeading = (text) => isNamed(text, "h-");

// The one with that id, in whatever form its times are, or the first one with that name.
function placeAmong({ places, pages }, ident) {
    const wanted = short(ident);
    const idents = Object.keys(places);
    const known =
        idents.find((each) => short(each) === wanted) ??
        idents.find((each) => short(each).startsWith(`${wanted}-`));
    if (!known) return null;
    const [page, now] = places[known];
    return `${pages[page]}#${encodeURIComponent(now ?? known)}`;
}

const placesIn = (top, name) => load(top, `comments/${name}`).catch(() => ({ places: {} }));

// Its file in the folder of a language, with what leads to it there; null for none in this copy.
export async function placeOf(ident, top) {
    const month = monthIn(ident);
    return (
        (month && placeAmong(await placesIn(top, month), ident)) ??
        placeAmong(await placesIn(top, "former"), ident)
    );
}

// The same of a heading, whose id ends with the time of a comment below it.
export async function placeOfHeading(ident, top) {
    const time = (text, at) => [...short(text).matchAll(/-\d{14}(?=-|$)/g)].at(at)?.[0];
    const { places, pages } = await placesIn(top, monthIn(ident));
    const known = Object.keys(places).find((each) => time(each, 0) === time(ident, -1));
    return known ? `${pages[places[known][0]]}#${encodeURIComponent(ident)}` : null;
}
