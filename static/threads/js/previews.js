// What a comment answers, shown beside the link to it on hover and focus.

import { fetchPiece } from "./dialogs.js";
import { page } from "./page.js";

const WAIT = 250;
const LONGEST = 300;
let tip;
let timer;
let link;

// The beginning of a comment that is on the page.
function excerptOf(comment) {
    const piece = document.createElement("div");
    piece.className = "preview";
    const byline = document.createElement("p");
    for (const part of [".person", "time"]) {
        byline.append(comment.querySelector(part).cloneNode(true), " ");
    }
    const excerpt = document.createElement("p");
    const text = comment.querySelector(".text").textContent.trim();
    excerpt.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    piece.dir = getComputedStyle(comment).direction;
    piece.append(byline, excerpt);
    return piece.outerHTML;
}

async function show(of) {
    const comment = document.getElementById(decodeURIComponent(of.hash.slice(1)));
    try {
        const here = comment?.matches(".comment");
        tip.innerHTML = here ? excerptOf(comment) : await fetchPiece(of.dataset.preview);
    } catch {
        return; // The link leads there all the same.
    }
    if (of !== link) return;
    tip.showPopover();
    of.setAttribute("aria-describedby", tip.id);
    const at = of.getBoundingClientRect();
    const below = at.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.top = `${below ? at.bottom + 4 : Math.max(0, at.top - tip.offsetHeight - 4)}px`;
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
}

function hide() {
    clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    link = null;
    tip.hidePopover();
}

function near({ target, pointerType }) {
    const found = target.closest?.("a[data-preview]");
    const inside = tip.contains(target);
    if (!inside && !found && (pointerType === "touch" || !link)) return;
    clearTimeout(timer);
    if (inside || pointerType === "touch" || found === link) return;
    if (!found) {
        timer = setTimeout(hide, WAIT);
        return;
    }
    if (link) hide();
    link = found;
    timer = setTimeout(show, WAIT, found);
}

export const previews = {
    start() {
        tip = document.getElementById("ta-preview");
        if (!tip) return;
        page.addEventListener("focusin", near);
        document.addEventListener("pointerover", near);
        addEventListener("scroll", () => tip.matches(":popover-open") && hide(), { passive: true });
    },
};
