// What HTML and CSS cannot do alone: links into folded replies, where the reader is in the
// contents, folding everything at once, and saying that a branch could not be fetched.
"use strict";

const page = document.querySelector(".talk-page");

// A link to a comment works whether its branch is open, folded, or still on the server.
function showTarget() {
  let ident;
  try {
    ident = decodeURIComponent(location.hash.slice(1));
  } catch {
    ident = location.hash.slice(1);
  }
  if (!ident) return;
  const target = document.getElementById(ident);
  if (target) {
    const folded = [];
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) {
      if (!at.open) folded.push(at);
    }
    for (const details of folded) details.open = true;
    if (folded.length) target.scrollIntoView();
    return;
  }
  const asked = new URLSearchParams(location.search).get("comment");
  if (ident.startsWith("c-") && asked !== ident) {
    const comment = encodeURIComponent(ident);
    location.replace(`${location.pathname}?comment=${comment}#${comment}`);
  }
}

// The contents mark the section that is being read.
function followReading() {
  const contents = page.querySelector(".contents");
  if (!contents) return;
  const now = contents.querySelector(".contents-now");
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;
  const mark = () => {
    // What is near the top is being read; towards the end of the page, what is further down too.
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = Math.max(120, innerHeight - left);
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    const link = above.length ? links.get(above.at(-1).id) : null;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    now.textContent = link ? link.querySelector(".contents-heading").textContent : "";
    current = link;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  contents.addEventListener("click", (event) => {
    // On a narrow screen the contents lie over the text: out of the way, once used.
    if (event.target.closest("a")) contents.querySelector("details").open = false;
  });
  mark();
}

function offerFolding() {
  const tools = page.querySelector(".tools");
  if (!page.querySelector("details.branch")) return;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const fold = event.target.dataset.fold;
    if (!fold) return;
    for (const branch of page.querySelectorAll("details.branch")) branch.open = fold === "none";
  });
}

function sayWhenFetchingFails() {
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(failure, (event) => {
      event.target.classList?.add("is-failed");
    });
  }
}

if (page) {
  showTarget();
  addEventListener("hashchange", showTarget);
  followReading();
  offerFolding();
  sayWhenFetchingFails();
}
