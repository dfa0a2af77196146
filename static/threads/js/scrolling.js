// What is wider than its column scrolls by itself: by keyboard too, in every browser.

export const scrolling = {
    arrived(piece) {
        for (const block of piece.querySelectorAll(".text :is(pre, .scroll)")) {
            if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
        }
    },

    start() {
        scrolling.arrived(document);
        addEventListener("resize", () => scrolling.arrived(document));
    },
};
