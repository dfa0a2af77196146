// Composing a reply below the comment that it answers, and keeping its draft.

import { plainClick } from "./dialogs.js";
import { note, recall } from "./memory.js";

const composerOf = (element) => element.closest?.("form.composer");

// What the menu leads to stands beside its comment too.
const linkOnPage = ({ href }) =>
    [...document.querySelectorAll(".talk-page a.reply")].find((each) => each.href === href);

function openComposer(link) {
    const comment = link.closest(".comment");
    const there = comment.querySelector(".composer");
    if (there) return there.body.focus();
    const address = link.getAttribute("href");
    return htmx.ajax("GET", address, { source: link, target: comment, swap: "beforeend" });
}

function keepDraft(form) {
    const body = form.body.value;
    const draft = body.trim() && { body, mention: form.mention.checked };
    note("drafts", form.getAttribute("action"), draft);
    if (!draft) form.querySelector(".composed").replaceChildren();
}

const ACTS = {
    discard(form) {
        form.body.value = "";
        keepDraft(form);
        form.body.focus();
    },
    close(form) {
        const comment = form.closest(".comment");
        if (!comment) return history.back();
        form.remove();
        for (const name of ["share", "reply"]) comment.querySelector(`a.${name}`).focus();
    },
};

function fillIn(form) {
    const draft = recall("drafts")[form.getAttribute("action")];
    if (draft && !form.body.value) {
        form.body.value = draft.body;
        form.mention.checked = draft.mention;
        htmx.trigger(form.body, "input");
    }
    form.body.focus();
}

export const composer = {
    arrived(piece) {
        const form = composerOf(piece) === piece ? piece : piece.querySelector("form.composer");
        if (form) fillIn(form);
    },

    start() {
        document.addEventListener("input", ({ target }) => {
            if (composerOf(target)) keepDraft(composerOf(target));
        });
        document.addEventListener("keydown", ({ key, target }) => {
            const form = composerOf(target);
            if (form?.closest(".comment") && key === "Escape") ACTS.close(form);
        });
        document.addEventListener("click", (event) => {
            const form = composerOf(event.target);
            if (form) ACTS[event.target.dataset.act]?.(form);
            const chosen = plainClick(event, ":is(.talk-page, #ta-menu) a.reply");
            const link = chosen && linkOnPage(chosen);
            if (!link) return;
            event.preventDefault();
            chosen.closest("dialog")?.close();
            openComposer(link);
        });
    },
};
