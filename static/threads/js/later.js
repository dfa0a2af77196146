// What many visits never use arrives with what first asks for it: see LATER in assets.py.

import { addMark } from "./contents.js";
import { fetchPiece, plainClick } from "./dialogs.js";
import { note, recall } from "./memory.js";
import { page } from "./page.js";
import { goToPlace, inView, topOf, withQuery } from "./place.js";

const SHARED = {
    addMark,
    fetchPiece,
    goToPlace,
    inView,
    note,
    page,
    plainClick,
    recall,
    topOf,
    withQuery,
};
const AT_ONCE = "form.composer, .following";
const ASKING = {
    click: ":is(.talk-page, #ta-menu) a.reply, .participants a[data-name], .following a",
    focusin: "a[data-preview]",
    pointerover: "a[data-preview]",
};

let parts;
let coming;

async function fetchParts() {
    const { make } = await import(document.querySelector("[data-later]").dataset.later);
    const { composer, ...ofTalkPages } = make(SHARED);
    parts = page ? [composer, ...Object.values(ofTalkPages)] : [composer];
    for (const each of parts) each.start();
}

function fetchOnce() {
    coming ??= fetchParts();
    return coming;
}

async function ask(event) {
    const { target, type } = event;
    const link = !parts && window.htmx && target.closest?.(ASKING[type]);
    const isClick = type === "click";
    if (!link || (isClick ? !plainClick(event, "a") : event.pointerType === "touch")) return;
    if (isClick) event.preventDefault();
    try {
        await fetchOnce();
        target.dispatchEvent(event);
    } catch {
        if (isClick) location.assign(link.href); // The same as a page.
    }
}

export const later = {
    arrived(piece) {
        for (const each of parts ?? []) each.arrived?.(piece);
    },

    start() {
        if (document.querySelector(AT_ONCE)) fetchOnce();
        for (const type of Object.keys(ASKING)) document.addEventListener(type, ask);
    },
};
