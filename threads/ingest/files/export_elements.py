"""The parts of a file of MediaWiki's export format, made of its elements as they come.

All that is kept of them has a bound: what grows beyond it is no export.
"""

from collections.abc import Callable
from typing import Any
from xml.sax.handler import ContentHandler

from django.conf import settings
from django.utils.translation import gettext as _

from threads.ingest.wikis.siteinfo import SiteInfo

from .export_parts import (
    Damage,
    DumpRevision,
    ExportPart,
    Misplaced,
    NoExport,
    PageEnd,
    PageHead,
)

ROOT = "mediawiki"
DEEPEST = 64  # elements in one another; the format needs seven
MOST_ATTRIBUTES = 64  # of an element; the format needs seven
LONGEST_NAME = 256  # characters of an element's name
MOST_NAMESPACES = 1000  # of a wiki; Wikimedia's have about fifty
SHORT_TEXT = 4096  # bytes that are read of anything but a page's text
FACT = 180  # bytes that are read of what a wiki says of itself; its row has room for them

# The elements that are read, and where their text goes.
SITE = {name: name for name in ("dbname", "base", "generator", "case")} | {"sitename": "name"}
HEAD = {"title": "title", "ns": "namespace", "id": "number"}
REVISION = {
    "id": "number",
    "parentid": "parent",
    "timestamp": "timestamp",
    "comment": "summary",
    "model": "model",
}
PARENTS_SINCE = 0, 7  # the schema's version, from which on a revision without parent has none


class Elements(ContentHandler):
    """Makes parts of a file's elements; `take` gives those that are complete."""

    def __init__(self, wanted: Callable[[PageHead], bool]) -> None:
        super().__init__()
        self.begun = False  # the file is an export
        self.ended = False  # its outermost element is
        self._wanted = wanted
        self._expat: Any = None
        self._from = 0  # of the file's bytes, where the parser's count begins
        self._language = ""
        self._parent = ""  # what a revision has that names no parent
        self._parts: list[ExportPart] = []
        self._path: list[str] = []
        self._text: bytearray | None = None  # what is read now
        self._room = 0  # bytes that it may still grow by
        self._attributes: dict[str, str] = {}  # of the element whose text is read now
        self._seen: set[str] = set()  # what was read of the page, or of its revision
        self._site: dict[str, Any] = {}
        self._head: PageHead | None = None  # of the page that is read now
        self._is_wanted: bool | None = None  # the page; None until its head is complete
        self._revision: DumpRevision | None = None  # that is read now
        self._model = ""

    def take(self) -> list[ExportPart]:
        """What is complete and has not been taken yet."""
        parts, self._parts = self._parts, []
        return parts

    def begin(self, expat: Any, byte: int) -> None:
        """Follow a parser, which begins to count at this byte of the file."""
        self._expat, self._from = expat, byte
        self._path, self._text, self._head, self._revision = [], None, None, None
        self.ended = False

    def give_up(self, byte: int, reason: str) -> None:
        """The file is broken here, and with it the page that is read, if one is."""
        self._parts.append(Damage(self._head, byte, reason))
        self._head = self._text = None

    def cut_off(self) -> None:
        """Nothing more can be read: a page that is read now is not complete."""
        if self._head:
            self.give_up(self._head.byte, _("The file could not be read to the end of this page."))

    def startElement(self, name: str, attrs: Any) -> None:
        self._check(name, attrs)
        self._path.append(name)
        match self._path[1:]:
            case ["siteinfo"]:
                self._site = {"namespaces": {}, "language": self._language}
            case ["page"]:
                self._head = PageHead(byte=self._from + self._expat.CurrentByteIndex)
                self._is_wanted, self._model, self._seen = None, "", set()
            case ["page", "redirect"] if self._head:
                self._head.redirect = attrs.get("title", "")[:SHORT_TEXT]
            case ["page", "revision"]:
                self._end_head()
                self._revision, self._seen = DumpRevision(parent=self._parent), set()
            case ["page", "revision", "text"] if self._is_wanted:
                self._read(attrs, settings.MAX_PAGE_BYTES)
            case ["siteinfo", _] | ["siteinfo", "namespaces", "namespace"]:
                self._read(attrs, FACT)
            case ["page", "title" | "ns" | "id"] | ["page", "revision", "id" | "timestamp"]:
                self._read(attrs, SHORT_TEXT)
            case ["page", "revision", "parentid" | "model"]:
                self._read(attrs, SHORT_TEXT)
            case ["page", "revision", *field] if self._revision:
                self._begin_edit(field, attrs, self._revision)

    def characters(self, content: str) -> None:
        if self._text is not None:
            data = content.encode()
            self._text += data[: max(self._room, 0)]
            self._room -= len(data)

    def endElement(self, name: str) -> None:
        text = "" if self._text is None else self._text.decode(errors="ignore")
        match self._path[1:]:
            case ["siteinfo", field] if field in SITE:
                self._site[SITE[field]] = text.strip()
            case ["siteinfo", "namespaces", "namespace"]:
                self._add_namespace(text.strip())
            case ["siteinfo"]:
                self._parts.append(SiteInfo(**self._site))
            case ["page", field] if field in HEAD:
                self._end_fact(field, text)
            case ["page", "revision", "text"] if self._is_wanted:
                self._end_text(text)
            case ["page", "revision", field] if field in REVISION:
                setattr(self._revision, REVISION[field], text.strip())
            case ["page", "revision", "contributor", "username" | "ip"] if self._revision:
                self._revision.user = text.strip()
            case ["page", "revision"]:
                self._end_revision()
            case ["page"]:
                self._end_page()
        self._path.pop()
        self._text = None
        self.ended = not self._path

    def _check(self, name: str, attrs: Any) -> None:
        """Raises NoExport for what no export has, and Misplaced."""
        path = self._path
        if len(path) >= DEEPEST:
            raise NoExport(_("elements are nested more than %s levels deep") % DEEPEST)
        if len(name) > LONGEST_NAME or len(attrs) > MOST_ATTRIBUTES:
            raise NoExport(
                _(
                    "the name of <%(name)s> is longer than %(longest)s characters, or it has "
                    "more than "
                    "%(most)s attributes"
                )
                % {"name": name[:40], "longest": LONGEST_NAME, "most": MOST_ATTRIBUTES}
            )
        if not path:
            self._begin(name, attrs)
        elif (name == "page" and len(path) != 1) or (name == "revision" and path[1:] != ["page"]):
            raise self._misplaced(
                _("<%(name)s> is inside <%(other)s>, which is not closed")
                % {"name": name, "other": path[-1]}
            )
        elif self._text is not None:
            self._is_wrong(
                _("Unexpected element <%(name)s> in <%(other)s>.")
                % {"name": name[:40], "other": path[-1]}
            )

    def _begin(self, name: str, attrs: Any) -> None:
        if name == ROOT:
            self._language = attrs.get("xml:lang", self._language)[:FACT]
            self._parent = "0" if _version(attrs) >= PARENTS_SINCE else ""
            self.begun = True
        elif self.begun:
            raise self._misplaced(
                _("unexpected element <%s> where another export should start") % name[:40]
            )
        elif name.lower() == "html":
            raise NoExport(_("the file is an HTML page"))
        else:
            raise NoExport(_("the first element is <%s>") % name[:40])

    def _begin_edit(self, field: list[str], attrs: Any, revision: DumpRevision) -> None:
        """What tells of the edit that made the revision."""
        match field:
            case ["comment"]:
                revision.summary_hidden = "deleted" in attrs
                self._read(attrs, SHORT_TEXT)
            case ["contributor"]:
                revision.user_hidden = "deleted" in attrs
            case ["contributor", "username" | "ip"]:
                self._read(attrs, SHORT_TEXT)
            case ["minor"]:
                revision.minor = True

    def _misplaced(self, reason: str) -> Misplaced:
        return Misplaced(reason, self._expat.CurrentByteIndex, self._expat.CurrentLineNumber)

    def _is_wrong(self, reason: str) -> None:
        """Note it with the revision, or with the page, that is read now."""
        if place := self._revision or self._head:
            place.wrong = place.wrong or reason

    def _read(self, attributes: Any, most: int) -> None:
        field = self._path[-1]
        if self._path[1] == "page":
            if field in self._seen:
                self._is_wrong(_("Duplicate element <%s>.") % field)
            self._seen.add(field)
        self._text, self._room, self._attributes = bytearray(), most, dict(attributes)

    def _add_namespace(self, name: str) -> None:
        key = self._attributes.get("key", "")
        if not (key.removeprefix("-").isdecimal() and len(key) < 10):
            return
        names = self._site["namespaces"]
        names[key] = {"name": name, "case": self._attributes.get("case", "")[:FACT]}
        if len(names) > MOST_NAMESPACES:
            raise NoExport(_("there are more than %s namespaces") % MOST_NAMESPACES)

    def _end_fact(self, field: str, text: str) -> None:
        if self._is_wanted is None:
            setattr(self._head, HEAD[field], text)
        else:
            self._is_wrong(_("Unexpected element <%s> after a revision.") % field)

    def _end_head(self) -> None:
        """What comes now is no part of the page's head."""
        if self._is_wanted is None and self._head:
            self._is_wanted = self._wanted(self._head)
            if self._is_wanted:
                self._parts.append(self._head)

    def _end_revision(self) -> None:
        if self._revision:
            self._model = self._revision.model
            if self._is_wanted:
                self._parts.append(self._revision)
        self._revision = None

    def _end_page(self) -> None:
        self._end_head()
        if self._head:
            self._parts.append(PageEnd(self._head, self._model))
        self._head = None

    def _end_text(self, text: str) -> None:
        revision, size = self._revision, self._attributes.get("bytes", "0")
        if revision is None:
            return
        revision.suppressed = "deleted" in self._attributes
        revision.too_large = self._room < 0
        is_stub = not text and size != "0"
        revision.text = None if is_stub or revision.suppressed else text


def _version(attrs: Any) -> tuple[int, ...]:
    """The schema's, of the outermost element's attributes: (0, 10); () where it tells none."""
    parts = attrs.get("version", "")[:FACT].split(".")
    return tuple(int(part) for part in parts) if all(map(str.isdecimal, parts)) else ()
