// What HTML and CSS cannot do alone in a static copy. A classic script: browsers load no modules
// from a disk.

import { menus } from "../js/menus.js";
import { identIn, offerFolding, unfold, unfoldForPaper } from "../js/unfolding.js";

const root = document.documentElement;
root.dataset.js = "";

// An id with its times in the short form, as `spellings_of` in
// threads/models/discussion/comment_ids.py.
const TIME = /-(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.000Z/g;
const short = (ident) => ident.replace(TIME, "-$1$2$3$4$5$6");

// Links from wikis have the comment's name, or its times in another form.
function likely(ident) {
    if (!ident.startsWith("c-")) return null;
    const wanted = short(ident);
    const comments = [...document.querySelectorAll(".comment[id], span[id^='c-']")];
    return (
        comments.find(({ id }) => short(id) === wanted) ??
        comments.find(({ id }) => short(id).startsWith(`${wanted}-`))
    );
}

function showTarget() {
    const ident = identIn(location);
    const target = ident && (document.getElementById(ident) ?? likely(ident));
    if (!target) return;
    unfold(target);
    if (target.id === ident) target.scrollIntoView();
    else location.replace(`#${encodeURIComponent(target.id)}`);
}

// What is wider than its column scrolls by itself: by keyboard too, in every browser.
function offerScrolling() {
    for (const block of document.querySelectorAll(".text :is(pre, .scroll)")) {
        if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    }
}

menus.start();
showTarget();
offerFolding(document);
offerScrolling();
addEventListener("resize", offerScrolling);
addEventListener("hashchange", showTarget);
addEventListener("beforeprint", () => unfoldForPaper(document));
