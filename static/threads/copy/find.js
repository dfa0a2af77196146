// Leads from a comment's id to the comment.

import { placeOf } from "./places.js";

const found = document.getElementById("ta-found");
const { top: above, up, nothing } = found.dataset;

// A "%" that nobody encoded stands for itself.
function decoded(bytes) {
    try {
        return decodeURIComponent(bytes);
    } catch {
        return bytes;
    }
}

const asked = () => location.hash.slice(1).replace(/(?:%[0-9a-f]{2})+/gi, decoded);

async function find() {
    const ident = asked();
    if (!ident) return;
    const place = await placeOf(ident, above);
    if (place) location.replace(`${up}${place}`);
    else found.textContent = nothing;
}

find();
addEventListener("hashchange", find);
