// The talk page that is read; null on pages of other kinds.

export const page = document.querySelector(".talk-page");
