"""What is wrong with the links and ids of a static copy."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

OUTSIDE = ("http:", "https:", "mailto:", "//", "data:")


class CopiedPage:
    """One HTML file of a copy."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.path.read_text(encoding="utf-8"))

    @cached_property
    def ids(self) -> Counter[str]:
        found = (node.attributes["id"] for node in self.tree.css("[id]"))
        return Counter(each or "" for each in found)

    def addresses(self) -> Iterator[str]:
        """All that its links and forms lead to, and that it loads."""
        for name in ("href", "src", "action"):
            yield from (node.attributes[name] or "" for node in self.tree.css(f"[{name}]"))

    @cached_property
    def written(self) -> set[str]:
        """Addresses in the texts of talk pages: their authors may have named what never was."""
        return {node.attributes["href"] or "" for node in self.tree.css(".text a[href]")}


def faults_of(folder: Path) -> list[str]:
    """Of all pages: an address that is nowhere or of the archive itself, an id that is there
    twice; and a page that no other page leads to."""
    pages = {path: CopiedPage(path) for path in folder.rglob("*.html")}
    faults, reached = [], {folder / "index.html"}
    for path, page in pages.items():
        told = path.relative_to(folder)
        faults += [f"{told}: the id {each} is there twice" for each, n in page.ids.items() if n > 1]
        for address in page.addresses():
            if address.startswith(OUTSIDE):
                continue
            parts = urlsplit(address)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            reached.add(target)
            fragment = unquote(parts.fragment)
            if address.startswith("/") or not target.is_file() or parts.query:
                faults.append(f"{told}: {address} leads nowhere")
            elif fragment and fragment not in pages[target].ids and address not in page.written:
                faults.append(f"{told}: {address} leads to no place on that page")
    return faults + [
        f"{path.relative_to(folder)} is led to from nowhere" for path in pages.keys() - reached
    ]
