// Watching: its script is loaded where something is watched, or is about to be.

import { plainClick, words } from "./dialogs.js";
import { recall } from "./memory.js";

export const watching = {
    start() {
        const load = () => import(words.watch);
        if (Object.keys(recall("watch"))[0]) load();
        document.addEventListener("click", async (event) => {
            const link = plainClick(event, ".watch:not([role])");
            if (!link) return;
            event.preventDefault();
            await load();
            link.click();
        });
    },
};
