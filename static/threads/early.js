// Runs before anything is shown: says that there is JavaScript, and how pages are to look.

{
    const root = document.documentElement;
    root.dataset.js = "";
    try {
        const { theme, size } = JSON.parse(localStorage.getItem("ta-choices")) ?? {};
        if (theme) root.dataset.theme = theme;
        if (size) root.dataset.size = size;
    } catch {
        // Nothing is remembered, or nothing may be.
    }
}
