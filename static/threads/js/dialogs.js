// Dialogs, what can be done with a comment in one of them, copying, and words for the reader.

// What scripts write, in the reader's language: it stands in base.html.
export const words = document.getElementById("ta-words").dataset;

// Tells a reader who hears the page what others see.
export function say(text) {
    const said = document.getElementById("ta-said");
    said.textContent = "";
    requestAnimationFrame(() => {
        said.textContent = text;
    });
}

const PLAIN = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

export function plainClick(event, selector) {
    return PLAIN(event) && event.target.closest(selector);
}

// A piece of HTML as HTMX would get it; throws where there is none.
export async function fetchPiece(address) {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) throw new Error(response.statusText);
    return response.text();
}

async function openMenu(link) {
    const menu = document.getElementById("ta-menu");
    try {
        menu.querySelector(".dialog-body").innerHTML = await fetchPiece(link.href);
        menu.showModal();
    } catch {
        location.assign(link.href); // The same as a page, or why there is none.
    }
}

async function copy(button) {
    const source = button.closest("p").querySelector(".to-copy");
    source.select();
    // Only pages served over HTTPS have a clipboard.
    if (navigator.clipboard) await navigator.clipboard.writeText(source.value);
    else document.execCommand("copy");
    button.textContent = words.copied;
    say(words.copied);
}

export const dialogs = {
    start() {
        document.addEventListener("click", (event) => {
            const { target } = event;
            const opener = target.closest("[data-dialog]");
            if (opener) document.getElementById(opener.dataset.dialog).showModal();
            const button = target.closest("[data-act=copy]");
            if (button) copy(button);
            if (target.matches("dialog")) target.close(); // Outside of what is in it.
            const link = plainClick(event, ".talk-page a.share");
            if (!link) return;
            event.preventDefault();
            openMenu(link);
        });
    },
};
