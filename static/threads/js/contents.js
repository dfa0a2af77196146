// Where the reader is, marked in the contents, and what was signed since their last visit.
//
// A page remembers the latest signature that it had. Within half an hour, it is one visit.

import { note, recall } from "./memory.js";
import { page } from "./page.js";
import { words } from "./dialogs.js";

const PAUSE = 30 * 60 * 1000;
let seen;

function followReading() {
  const list = page.querySelector(".contents");
  if (!list) return;
  const now = list.querySelector(".contents-now");
  const links = new Map();
  for (const link of list.querySelectorAll("a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  let current = null;
  let waiting = false;

  function mark() {
    waiting = false;
    // What is near the top is being read; towards the end of the page, what is further down too.
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = Math.max(120, innerHeight - left);
    const above = [...links.keys()].filter(
      (id) => document.getElementById(id)?.getBoundingClientRect().top < line,
    );
    const link = links.get(above.at(-1));
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    now.textContent = link ? link.querySelector(".contents-heading").textContent : "";
    current = link;
  }

  function markSoon() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }

  addEventListener("scroll", markSoon, { passive: true });
  list.addEventListener("click", ({ target }) => {
    // On a narrow screen the contents lie over the text: out of the way, once used.
    if (target.closest("a")) list.querySelector("details").open = false;
  });
  mark();
}

export const isNew = (comment) => comment.classList.contains("is-new");

function count() {
  for (const link of page.querySelectorAll(".contents a")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const number = section?.closest(".section")?.querySelectorAll(".comment.is-new").length;
    if (!number) continue;
    const old = link.querySelector(".new");
    const mark = old ?? document.createElement("span");
    mark.className = "mark new";
    mark.textContent = `${number} ${words.new}`;
    if (!old) link.querySelector(".contents-heading").after(" ", mark);
  }
  const news = page.querySelector(".news");
  const all = page.querySelectorAll(".comment.is-new").length;
  if (!news || !all) return;
  news.hidden = false;
  news.querySelector("output").textContent = all;
}

export const contents = {
  arrived() {
    if (!seen) return;
    for (const comment of page.querySelectorAll(".comment:not(.is-new)")) {
      const signed = comment.querySelector(".when time")?.dateTime;
      if (!(signed > seen)) continue;
      comment.classList.add("is-new");
      const mark = document.createElement("span");
      mark.className = "mark new";
      mark.textContent = words.new;
      comment.querySelector(".byline .when").after(" ", mark);
    }
    count();
  },

  start() {
    followReading();
    const latest = page.querySelector(".latest time")?.dateTime;
    if (!latest || new URLSearchParams(location.search).has("as_of")) return;
    const entry = recall("pages")[location.pathname];
    seen = entry && (Date.now() - entry.at > PAUSE ? entry.latest : entry.seen);
    note("pages", location.pathname, { seen: seen ?? latest, latest });
    contents.arrived();
  },
};
