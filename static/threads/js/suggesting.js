// What is suggested below a search box, by keyboard: the arrows lead there and back.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export const suggesting = {
    start() {
        document.addEventListener("keydown", (event) => {
            const list = event.target.closest("form")?.querySelector(".suggested");
            if (!list?.firstChild) return;
            const box = list.closest("form").elements.q;
            const all = [box, ...list.querySelectorAll("a")];
            const at = all.indexOf(event.target);
            if (event.key === "Escape") {
                list.replaceChildren();
                box.focus();
            } else if (at >= 0 && event.key in STEPS) {
                event.preventDefault();
                all[(at + STEPS[event.key] + all.length) % all.length].focus();
            }
        });
    },
};
