"""MediaWiki's export format (schemas 0.10 and 0.11) as a stream of what it holds.

Special:Export and dumps.wikimedia.org write it. One revision's text is held at a time, and
never more of it than a page may have; document types and entities are refused.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.conf import settings
from django.utils.translation import gettext as _

from .compression import unpacked
from .errors import BadInput, SourceBroke
from .siteinfo import SiteInfo

ROOT = "mediawiki"
DEEPEST = 64  # elements in one another; the format needs seven
LONGEST = 16 * 1024 * 1024  # bytes of one tag: expat keeps it until it ends
SHORT_TEXT = 4096  # characters that are read of anything but a page's text

# The elements that are read, and where their text goes.
SITE = {name: name for name in ("dbname", "base", "generator", "case")} | {"sitename": "name"}
HEAD = {"title": "title", "ns": "namespace", "id": "number"}
REVISION = {"id": "number", "timestamp": "timestamp", "model": "model"}


@dataclass(slots=True)
class Head:
    """What is known of a page before its revisions."""

    title: str = ""
    namespace: str = ""  # its number
    number: str = ""  # the page id
    redirect: str | None = None  # where it redirects to, if it does


@dataclass(slots=True)
class DumpRevision:
    """One state of a page, as the file gives it: nothing is checked yet."""

    number: str = ""
    timestamp: str = ""
    model: str = ""  # of its content: "wikitext"
    text: str | None = None  # None: the file has no text for it
    suppressed: bool = False  # the wiki has hidden its text
    too_large: bool = False  # more than a page may have; what is over is not in `text`


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The page's last revision has been given."""


Part = SiteInfo | Head | DumpRevision | PageEnd


def read_export(
    path: Path, wanted: Callable[[Head], bool] = lambda head: True
) -> Generator[tuple[Part, int], None, None]:
    """What a file of MediaWiki's export format holds, and how many of its bytes are read.

    SiteInfo comes first, if at all; then for each page its Head, its revisions and PageEnd.
    Pages that are not wanted are left out. Raises BadInput for a file that is no export,
    and SourceBroke, after what could be read, for one that breaks off.
    """
    handler = _Handler(wanted)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    fed = at = 0
    ended = False
    parser.feed(b"")  # makes expat's own, which gives a text line by line unless told otherwise
    parser._parser.buffer_text = True
    try:
        for chunk in unpacked(path):
            parser.feed(chunk.data)
            fed, at = fed + len(chunk.data), chunk.at
            if fed - parser._parser.CurrentByteIndex > LONGEST:
                raise _NoExport(_("it has a tag of more than %s bytes") % LONGEST)
            yield from ((part, at) for part in handler.take())
        ended = True
        parser.close()
    except (BadInput, SourceBroke):
        raise
    except (SAXParseException, DefusedXmlException, _NoExport, LookupError, ValueError) as error:
        yield from ((part, at) for part in handler.take())
        raise _complaint(error, handler.begun, ended, path.name) from error


class _NoExport(Exception):
    """The file is XML, but not MediaWiki's."""


def _complaint(error: Exception, begun: bool, ended: bool, name: str) -> Exception:
    """What is to be said of a file that cannot be read on."""
    if begun and ended:
        reason = _("it ends before it is complete")
    elif isinstance(error, DefusedXmlException):
        reason = _("it declares a document type or entities, which no export does")
    elif isinstance(error, SAXParseException):
        reason = _("it is no well-formed XML in line %(line)s, column %(column)s: %(reason)s") % {
            "line": error.getLineNumber(),
            "column": error.getColumnNumber(),
            "reason": error.getMessage(),
        }
    else:
        reason = str(error)
    if not begun:
        return BadInput(
            "file",
            _(
                "%(name)s is no XML export of MediaWiki: %(reason)s. Give a file from "
                "Special:Export, dumpBackup.php or dumps.wikimedia.org."
            )
            % {"name": name, "reason": reason},
        )
    return SourceBroke(
        _(
            "%(name)s cannot be read to its end: %(reason)s. Download it again; "
            "what came before can stay imported."
        )
        % {"name": name, "reason": reason}
    )


class _Handler(ContentHandler):
    """Makes parts of a file's elements; `take` gives those that are complete."""

    def __init__(self, wanted: Callable[[Head], bool]) -> None:
        super().__init__()
        self.begun = False  # the file is an export
        self._wanted = wanted
        self._parts: list[Part] = []
        self._path: list[str] = []
        self._pieces: list[str] | None = None  # of the text that is read now
        self._room = 0  # characters that it may still grow by
        self._attributes: dict[str, str] = {}  # of the element whose text is read now
        self._site: dict[str, Any] = {"namespaces": {}}
        self._head = Head()
        self._is_wanted: bool | None = None  # the page; None until its head is complete
        self._revision = DumpRevision()

    def take(self) -> list[Part]:
        """What is complete and has not been taken yet."""
        parts, self._parts = self._parts, []
        return parts

    def startElement(self, name: str, attrs: Any) -> None:
        if not self._path:
            self._begin(name, attrs)
        if len(self._path) >= DEEPEST:
            raise _NoExport(_("its elements stand in one another more than %s deep") % DEEPEST)
        self._path.append(name)
        match self._path[1:]:
            case ["page"]:
                self._head, self._is_wanted = Head(), None
            case ["page", "redirect"]:
                self._head.redirect = attrs.get("title", "")
            case ["page", "revision"]:
                self._revision = DumpRevision()
                self._end_head()
            case ["page", "revision", "text"] if self._is_wanted:
                self._read(attrs, settings.MAX_PAGE_BYTES)
            case (
                ["siteinfo", _]
                | ["siteinfo", "namespaces", "namespace"]
                | ["page", "title" | "ns" | "id"]
                | ["page", "revision", "id" | "timestamp" | "model"]
            ):
                self._read(attrs, SHORT_TEXT)

    def characters(self, content: str) -> None:
        if self._pieces is not None:
            self._pieces.append(content[: max(self._room, 0)])
            self._room -= len(content)

    def endElement(self, name: str) -> None:
        text = "" if self._pieces is None else "".join(self._pieces)
        match self._path[1:]:
            case ["siteinfo", field] if field in SITE:
                self._site[SITE[field]] = text.strip()
            case ["siteinfo", "namespaces", "namespace"]:
                self._add_namespace(text.strip())
            case ["siteinfo"]:
                self._parts.append(SiteInfo(**self._site))
            case ["page", field] if field in HEAD:
                setattr(self._head, HEAD[field], text)
            case ["page", "revision", "text"] if self._is_wanted:
                self._end_text(text)
            case ["page", "revision", field] if field in REVISION:
                setattr(self._revision, REVISION[field], text.strip())
            case ["page", "revision"] if self._is_wanted:
                self._parts.append(self._revision)
            case ["page"]:
                self._end_head()
                if self._is_wanted:
                    self._parts.append(PageEnd())
        self._path.pop()
        self._pieces = None

    def _begin(self, name: str, attrs: Any) -> None:
        if name.lower() == "html":
            raise _NoExport(_("it is a web page"))
        if name != ROOT:
            raise _NoExport(_("it begins with <%s>") % name[:40])
        self.begun = True
        self._site["language"] = attrs.get("xml:lang", "")

    def _read(self, attributes: Any, most: int) -> None:
        self._pieces, self._room, self._attributes = [], most, dict(attributes)

    def _add_namespace(self, name: str) -> None:
        facts = {"name": name, "case": self._attributes.get("case", "")}
        self._site["namespaces"][self._attributes.get("key", "")] = facts

    def _end_head(self) -> None:
        """What comes now is no part of the page's head."""
        if self._is_wanted is None:
            self._is_wanted = self._wanted(self._head)
            if self._is_wanted:
                self._parts.append(self._head)

    def _end_text(self, text: str) -> None:
        revision, size = self._revision, self._attributes.get("bytes", "0")
        revision.suppressed = "deleted" in self._attributes
        revision.too_large = self._room < 0 or len(text.encode()) > settings.MAX_PAGE_BYTES
        is_stub = not text and size != "0"
        revision.text = None if is_stub or revision.suppressed else text
