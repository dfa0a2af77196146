"""A static copy as one ZIM file, which Kiwix and other readers open.

openZIM's wiki describes the format, and under “Metadata” what a file has to say of itself and how
long that may be.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from libzim.writer import Creator, FileProvider, Hint, IndexData, Item

from threads.export import one_moment

from .files.addresses import file_of
from .files.scope import Scope

# ISO 639-3, which ZIM files name languages by.
CODES = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "ar": "ara", "zh-hans": "zho"}
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEAD = 4_000  # characters, in which a page's title stands


class CopiedFile(Item):  # type: ignore[misc]  # libzim's classes are C++
    """A file of the copy; if it is a page, searches of the ZIM file find it."""

    def __init__(self, folder: Path, path: Path) -> None:
        super().__init__()
        self._path = path
        self._name = path.relative_to(folder).as_posix()

    def get_path(self) -> str:
        return self._name

    def get_title(self) -> str:
        if self._path.suffix != ".html":
            return ""
        with self._path.open(encoding="utf-8") as file:
            found = _TITLE.search(file.read(_HEAD))
        return unescape(found[1]).strip() if found else ""

    def get_mimetype(self) -> str:
        return KINDS[self._path.suffix]

    def get_contentprovider(self) -> FileProvider:
        return FileProvider(self._path)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: self._path.suffix == ".html"}


class TranslatedFile(CopiedFile):
    """A page in another language than the first: its text is indexed once."""

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: False}

    def get_indexdata(self) -> IndexData:
        return NotIndexed()


class NotIndexed(IndexData):  # type: ignore[misc]
    """What searches do not find."""

    def has_indexdata(self) -> bool:
        return False

    def get_title(self) -> str:
        return ""

    def get_content(self) -> str:
        return ""

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return 0

    def get_geoposition(self) -> None:
        return None


def write_zim(file: Path, folder: Path, scope: Scope, languages: tuple[str, ...]) -> None:
    """Write a complete copy as a ZIM file, which replaces an earlier one at the end. In: the
    copy's folder, with what is copied in it, and the languages of its user interface."""
    partial = file.absolute().with_name(f".{file.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _fill(partial, folder, scope, languages)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _fill(file: Path, folder: Path, scope: Scope, languages: tuple[str, ...]) -> None:
    with Creator(file).config_indexing(True, CODES[languages[0]]) as zim:
        zim.set_mainpath("index.html")
        icon = Path(finders.find("threads/copy/illustration.png") or "")
        zim.add_illustration(48, icon.read_bytes())
        for path, is_first in _files(folder, languages):
            kind = CopiedFile if is_first else TranslatedFile
            zim.add_item(kind(folder, path))
        for title, path_in_zim in _titles(scope):
            zim.add_redirection(title, title, path_in_zim, {Hint.FRONT_ARTICLE: False})
        for name, value in _metadata(scope, languages).items():
            zim.add_metadata(name, value)


def _files(folder: Path, languages: tuple[str, ...]) -> Iterator[tuple[Path, bool]]:
    """Every file, and whether it is of the first language. A page's languages are neighbors: what
    they have in common is packed once."""
    others = languages[1:]

    def by_page(path: Path) -> tuple[tuple[str, ...], str]:
        parts = path.relative_to(folder).parts
        return (parts[1:], parts[0]) if parts[0] in others else (parts, "")

    files = [path for path in folder.rglob("*") if path.suffix in KINDS]
    for path in sorted(files, key=by_page):
        yield path, not by_page(path)[1]


def _titles(scope: Scope) -> Iterator[tuple[str, str]]:
    """The titles of talk pages behind their wikis' names, and the files of the pages."""
    with one_moment():
        for page in scope.pages().only("title", "wiki__dbname").iterator():
            yield f"{page.wiki.dbname}/{page.title}", file_of(page.get_absolute_url()) or ""


def _metadata(scope: Scope, languages: tuple[str, ...]) -> dict[str, Any]:
    what = scope.wiki or scope.collection or "talkarchive"
    return {
        "Name": f"{what}_{'mul' if len(languages) > 1 else languages[0]}_talk",
        "Title": str(_("Talk archive"))[:30],
        "Description": str(_("Wiki talk pages, readable as threads"))[:80],
        "Creator": str(_("Authors of the talk pages")),
        "Publisher": "talkarchive",
        "Language": ",".join(CODES[code] for code in languages),
        "License": settings.RIGHTS_TEXT,
        "Date": datetime.now(UTC).date(),
        "Scraper": f"talkarchive {settings.VERSION}",
    }
