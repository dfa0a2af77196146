// Leads from a comment's id to the comment: threads/site/search/finding.py writes where each one stands.

const found = document.getElementById("ta-found");
const { top: above, up, nothing } = found.dataset;
const TIME = /-(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(?:\.000Z)?(?=-|$)/g;
const short = (ident) => ident.replace(TIME, "-$1$2$3$4$5$6");
let got;

globalThis.ta_data = (_name, data) => got(data);

function load(name) {
    return new Promise((resolve) => {
        got = resolve;
        const script = document.createElement("script");
        script.src = `${above}search/comments/${name}.js`;
        script.onerror = () => resolve({ pages: [], places: {} });
        document.head.append(script);
    });
}

// A "%" that nobody encoded stands for itself.
function decoded(bytes) {
    try {
        return decodeURIComponent(bytes);
    } catch {
        return bytes;
    }
}

const asked = () => location.hash.slice(1).replace(/(?:%[0-9a-f]{2})+/gi, decoded);

// The one with that id, in whatever form its times are, or the first one with that name.
function placeOf(ident, { places, pages }) {
    const wanted = short(ident);
    const idents = Object.keys(places);
    const known =
        idents.find((each) => short(each) === wanted) ??
        idents.find((each) => short(each).startsWith(`${wanted}-`));
    if (!known) return null;
    const [page, now] = places[known];
    return `${up}${pages[page]}#${encodeURIComponent(now ?? known)}`;
}

async function find() {
    const ident = asked();
    if (!ident) return;
    const [, year, month] = [...ident.matchAll(TIME)][0] ?? [];
    const place =
        (year && placeOf(ident, await load(`${year}-${month}`))) ??
        placeOf(ident, await load("former"));
    if (place) location.replace(place);
    else found.textContent = nothing;
}

find();
addEventListener("hashchange", find);
