// What the browser remembers, in its local storage. Nothing of it is sent anywhere but
// the watchlist, in the address that shows it.
//
//   ta-choices  {theme, size, zone, keys}: see preferences.js
//   ta-pages    by path, {at, seen, latest, folded, read}: see visits.js, folding.js, place.js
//   ta-drafts   by the form's address, {at, body, mention}: see composer.js
//   ta-watch    by entry of the watchlist, the comment that had come last when it was seen: see watch.js
//
// `at` is when an entry was written, in milliseconds; old entries go, and so do too many.

const OLDEST = 90 * 24 * 60 * 60 * 1000;
const MOST = 200;

export function recall(name) {
    try {
        return JSON.parse(localStorage.getItem(`ta-${name}`)) ?? {};
    } catch {
        return {};
    }
}

export function keep(name, all) {
    try {
        localStorage.setItem(`ta-${name}`, JSON.stringify(all));
    } catch {
        // Storage is full or refused: reading goes on without memory.
    }
}

// Changes one entry, or removes it where there is no change to make.
export function note(name, key, change) {
    const { [key]: entry, ...others } = recall(name);
    const all = change ? { ...others, [key]: { ...entry, ...change, at: Date.now() } } : others;
    const young = Object.entries(all).filter(([, { at }]) => Date.now() - at < OLDEST);
    young.sort(([, one], [, other]) => other.at - one.at);
    keep(name, Object.fromEntries(young.slice(0, MOST)));
}
