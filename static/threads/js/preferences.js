// How a reader wants pages to look: theme, size of text, whose time zone, keys or none.

import { say, words } from "./dialogs.js";
import { keep, recall } from "./memory.js";

const root = document.documentElement;
const written = new WeakMap();
const CLOCK = /\d:\d\d/;

function writeTimes(within) {
    const mine = recall("choices").zone === "mine";
    for (const time of within.querySelectorAll("time[datetime]:not(.age)")) {
        if (!written.has(time)) written.set(time, [time.textContent, time.title]);
        const [text, title] = written.get(time);
        const inMine = mine && time.dateTime.includes("T"); // a day alone is the same everywhere
        const form = { dateStyle: "long", ...(CLOCK.test(text) && { timeStyle: "short" }) };
        time.textContent = inMine ? new Date(time.dateTime).toLocaleString(root.lang, form) : text;
        time.title = inMine ? `${text} · ${title}` : title;
    }
}

function apply(choices) {
    for (const name of ["theme", "size"]) {
        if (choices[name]) root.dataset[name] = choices[name];
        else delete root.dataset[name];
    }
    writeTimes(document);
}

export const preferences = {
    arrived(piece) {
        if (recall("choices").zone === "mine") writeTimes(piece.parentElement ?? piece);
    },

    start() {
        preferences.arrived(document.body);
        const form = document.querySelector("#ta-preferences form");
        const show = () => {
            const choices = recall("choices");
            for (const input of form.querySelectorAll("input")) {
                input.checked = input.value === (choices[input.name] ?? "");
            }
        };
        show();
        form.addEventListener("change", () => {
            const choices = Object.fromEntries(
                [...new FormData(form)].filter(([, value]) => value),
            );
            keep("choices", choices);
            apply(choices);
        });
        form.querySelector("[data-act=forget]").addEventListener("click", () => {
            localStorage.clear();
            apply({});
            show();
            say(words.forgotten);
        });
    },
};
