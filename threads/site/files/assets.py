"""What pages of a copy load besides themselves: one stylesheet, small scripts, an icon."""

from pathlib import Path

from django.contrib.staticfiles import finders

from threads.presentation.assets import STYLES, script, stylesheet

from .plan import write

STYLESHEETS = (*STYLES, "lists.css", "search.css", "copy/copy.css")
SCRIPTS = {
    "copy": ("js/unfolding.js", "js/menus.js", "copy/copy.js"),
    "search": (
        "copy/loading.js",
        "copy/places.js",
        "copy/folding.js",
        "copy/index.js",
        "copy/query.js",
        "copy/leads.js",
        "copy/search.js",
    ),
    "find": ("copy/loading.js", "copy/places.js", "copy/find.js"),
}


def write_files(folder: Path) -> None:
    """Write them into a copy's folder."""
    write(folder / "assets/copy.css", stylesheet(STYLESHEETS).encode())
    for name, files in SCRIPTS.items():
        write(folder / f"assets/{name}.js", script(files).encode())
    icon = Path(finders.find("threads/icon.svg") or "")
    write(folder / "assets/icon.svg", icon.read_bytes())
