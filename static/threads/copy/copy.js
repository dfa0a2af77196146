// What HTML and CSS cannot do alone in a static copy. A classic script: browsers load no modules
// from a disk.

const root = document.documentElement;
root.dataset.js = "";

// An id with its times in the short form, as `spellings_of` in threads/models/discussion/comment_ids.py.
const TIME = /-(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.000Z/g;
const short = (ident) => ident.replace(TIME, "-$1$2$3$4$5$6");

function asked() {
    const ident = location.hash.slice(1);
    try {
        return decodeURIComponent(ident);
    } catch {
        return ident; // Somebody else's address: taken as it is.
    }
}

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
    const ident = asked();
    const target = ident && (document.getElementById(ident) ?? likely(ident));
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) {
        at.open = true;
    }
    if (target.id === ident) target.scrollIntoView();
    else location.replace(`#${encodeURIComponent(target.id)}`);
}

const WAYS = {
    all: () => false,
    none: () => true,
    first: (branch) => !branch.parentElement.closest("details.branch"),
};

function offerFolding() {
    const tools = document.querySelector(".tools");
    const branches = document.querySelectorAll("details.branch");
    if (!tools || !branches.length) return;
    tools.hidden = false;
    tools.addEventListener("click", ({ target }) => {
        const way = WAYS[target.dataset.fold];
        if (way) for (const branch of branches) branch.open = way(branch);
    });
}

// Paper shows all; afterwards, what was closed is closed again.
function unfoldForPaper() {
    const closed = [...document.querySelectorAll(".threads details:not([open])")];
    for (const details of closed) details.open = true;
    addEventListener(
        "afterprint",
        () => {
            for (const details of closed) details.open = false;
        },
        { once: true },
    );
}

// What is wider than its column scrolls by itself: by keyboard too, in every browser.
function offerScrolling() {
    for (const block of document.querySelectorAll(".text :is(pre, .scroll)")) {
        if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    }
}

showTarget();
offerFolding();
offerScrolling();
addEventListener("resize", offerScrolling);
addEventListener("hashchange", showTarget);
addEventListener("beforeprint", unfoldForPaper);
