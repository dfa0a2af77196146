// Branches that open: what pages of the archive and of static copies do alike.

// What behind the “#” of an address names something.
export function identIn({ hash }) {
    try {
        return decodeURIComponent(hash.slice(1));
    } catch {
        return hash.slice(1); // Somebody else's address: taken as it is.
    }
}

// Opens everything around an element; says whether anything was closed.
export function unfold(element) {
    let closed = false;
    for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) {
        closed ||= !at.open;
        at.open = true;
    }
    return closed;
}

export const branches = (within) => within.querySelectorAll("details.branch");

const WAYS = {
    all: () => false,
    none: () => true,
    first: (branch) => !branch.parentElement.closest("details.branch"),
};

// The buttons that fold many branches at once, where there are any.
export function offerFolding(page) {
    const tools = page.querySelector(".tools");
    if (!tools || !page.querySelector("details.branch")) return;
    tools.hidden = false;
    tools.addEventListener("click", ({ target }) => {
        const way = WAYS[target.dataset.fold];
        if (way) for (const branch of branches(page)) branch.open = way(branch);
    });
}

// Paper shows all; afterwards, what was closed is closed again.
export function unfoldForPaper(page) {
    const closed = [...page.querySelectorAll(".threads details:not([open])")];
    for (const details of closed) details.open = true;
    addEventListener(
        "afterprint",
        () => {
            for (const details of closed) details.open = false;
        },
        { once: true },
    );
}
