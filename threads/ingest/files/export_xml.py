"""MediaWiki's export format (schemas 0.3 to 0.11) as a stream of what it holds.

Special:Export and dumps.wikimedia.org write it. One revision's text is held at a time, and
never more of it than a page may have; document types and entities are refused. Where the XML
is broken, what follows is read from the next page on, by a parser of its own.
"""

import re
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from traceback import clear_frames
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import property_interning_dict

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput, SourceBroke

from .compression import unpacked
from .export_elements import ROOT, Elements
from .export_parts import ExportPart, Misplaced, NoExport, PageHead
from .recognition import ENOUGH, told
from .uploads import called

PIECE = 16 * 1024  # bytes that are parsed at once: what a broken place makes be parsed again
LONGEST = 64 * 1024  # bytes of one tag: expat keeps it until it ends
MOST_NAMES = 1000  # of elements and attributes: expat keeps them
OVERLAP = 32  # bytes: more than a marker, or the start of a document type, has
ENCODINGS = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
# A page, or another export; and what stands behind such words.
MARKERS = ("<page", f"<{ROOT}", "<?xml")
AFTER = (" ", "\t", "\r", "\n", "/", ">")
FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"  # between exports; also what says how they are encoded
FATAL = (DefusedXmlException, NoExport, LookupError, ValueError)


def read_export(
    path: Path, wanted: Callable[[PageHead], bool] = lambda head: True
) -> Generator[tuple[ExportPart, int], None, None]:
    """What a file of MediaWiki's export format holds, and how many of its bytes are read.

    SiteInfo comes first, if at all; then for each page its PageHead, its revisions and PageEnd,
    of pages that are not wanted only PageEnd; and Damage for each place that is broken. Several
    exports one after the other are read as one. Raises BadInput for a file that is no export,
    and SourceBroke, after what could be read, for one that breaks off.
    """
    reader = _Reader(wanted)
    parts, at, broke, beginning = reader.elements.take, 0, None, b""
    try:
        for chunk in unpacked(path):
            at = chunk.at
            beginning = beginning or chunk.data[:ENOUGH]
            for start in range(0, len(chunk.data), PIECE):
                reader.feed(chunk.data[start : start + PIECE])
                yield from ((part, at) for part in parts())
        reader.close()
    except (BadInput, SourceBroke) as error:
        broke = error
    except (*FATAL, SAXParseException) as error:
        hint = "" if reader.elements.begun else told(beginning, called(path), "import_dump")
        broke = _error_for(error, reader.elements.begun, called(path), hint)
    finally:
        reader.drop()
    if broke:
        reader.elements.cut_off()
    yield from ((part, at) for part in parts())
    if broke:
        raise broke


def _error_for(error: Exception, begun: bool, name: str, hint: str) -> BadInput | SourceBroke:
    """What is to be said of a file that cannot be read on."""
    if isinstance(error, DefusedXmlException):
        reason = _("document types and entities are not allowed")
    elif isinstance(error, SAXParseException) and begun:
        reason = _("the file is incomplete")
    elif isinstance(error, SAXParseException):
        reason = _("invalid XML at line %(line)s, column %(column)s: %(reason)s") % {
            "line": error.getLineNumber(),
            "column": error.getColumnNumber(),
            "reason": error.getMessage(),
        }
    else:
        reason = str(error)
    if not begun:
        said = _(
            "%(name)s is not a MediaWiki XML export: %(reason)s. Choose a file from "
            "Special:Export, dumpBackup.php or dumps.wikimedia.org."
        ) % {"name": name, "reason": reason}
        return BadInput("file", f"{said} {hint}".rstrip())
    return SourceBroke(
        _("Could not read all of %(name)s: %(reason)s. Download it again.")
        % {"name": name, "reason": reason}
    )


class _Reader:
    """Parses a file piece by piece, with a new parser behind each broken place."""

    def __init__(self, wanted: Callable[[PageHead], bool]) -> None:
        self.elements = Elements(wanted)
        self._codec = ""  # where it is not one that has ASCII in it
        self._declared = ""  # the encoding, by the file's own words
        self._parser: Any = None  # None: the next page is sought
        self._start = 0  # of the file's bytes, as the parser counts
        self._from = 0  # of `_kept`, the same
        self._kept = b""  # bytes behind which the parser has not come yet; while seeking, the last
        self._byte = 0  # of the file where the parser began, or what is sought begins
        self._line = 1  # the same
        self._junk: tuple[int, str] | None = None  # behind an export: fine before another one
        self._only_blank = True  # what was passed over since

    def feed(self, piece: bytes) -> None:
        """Read on. Raises what `FATAL` names, and SAXParseException where nothing has begun."""
        if not self._byte and not self._parser:
            self._codec = ENCODINGS.get(piece[:2], "")
            self._open(document=True, first=True)
        while piece:
            piece = self._parse(piece) if self._parser else self._seek(piece)

    def close(self) -> None:
        """The file is at its end. Raises SAXParseException where the export is not."""
        if not (self._parser or self.elements.begun):
            self._open(document=True, first=True)  # there was nothing
        if self._parser:
            self._parser.close()
        elif self._junk:
            self.elements.give_up(*self._junk)

    def drop(self) -> None:
        """Let go of the parser: it and its handlers hold one another."""
        if self._parser:
            self._parser._parser = None
        self._parser = None

    def _open(self, *, document: bool, first: bool = False) -> None:
        """Begin a parser at the start of an export, or at that of a page in one."""
        parser = create_parser(forbid_dtd=True)
        self._names: dict[str, str] = {}
        parser.setProperty(property_interning_dict, self._names)
        parser.setContentHandler(self.elements)
        parser.feed(b"")  # makes expat's own, which gives a text line by line unless told otherwise
        expat = parser._parser
        expat.buffer_text = True
        expat.XmlDeclHandler = self._declare
        before = b"" if first else self._before(document)
        self.elements.begin(expat, self._byte - len(before))
        self._parser, self._kept = parser, b""
        self._start = self._from = len(before)
        parser.feed(before)

    def _before(self, document: bool) -> bytes:
        """What a parser must have read before it can begin in the middle of the file."""
        mark = "\ufeff" if self._codec else ""
        if document:
            return mark.encode(self._codec or "ascii")
        declared = "" if self._codec or not self._declared else self._declared
        said = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        return f"{mark}{said}<{ROOT}>".encode(self._codec or "ascii")

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._declared = encoding or ""

    def _parse(self, data: bytes) -> bytes:
        """Out: from the broken place on, what is left of the data; nothing where all is well."""
        window, first = self._kept + data, self._from
        try:
            self._parser.feed(data)
        except SAXParseException as error:
            if not self.elements.begun:
                raise
            expat = self._parser._parser
            reason = _("Invalid XML: %s") % error.getMessage()
            clear_frames(error.__traceback__)  # the parser's own, which would keep it alive
            return self._break(window, first, expat.ErrorByteIndex, expat.ErrorLineNumber, reason)
        except Misplaced as error:
            return self._break(window, first, error.at, error.line, str(error))
        expat = self._parser._parser
        self._from = max(expat.CurrentByteIndex, first)
        self._kept = window[self._from - first :]
        if len(self._names) > MOST_NAMES:
            raise NoExport(_("there are more than %s different element names") % MOST_NAMES)
        if len(self._kept) <= LONGEST:
            return b""
        if not self.elements.begun:
            raise NoExport(_("a tag is longer than %s bytes") % LONGEST)
        reason = _("A tag is longer than %s bytes") % LONGEST
        return self._break(self._kept, self._from, self._from, expat.CurrentLineNumber, reason)

    def _break(self, window: bytes, first: int, at: int, line: int, reason: str) -> bytes:
        """Give the parser up at a place, as it counts. Out: what is to be looked through.

        `window` is what begins at the place `first`. Raises DTDForbidden.
        """
        place = max(at - first, 0)
        self._refuse_types(window[max(place - OVERLAP, 0) : place + OVERLAP])
        if first == self._start:
            place = max(place, 1)  # else the page with which it began would be found again
        self._byte += first - self._start + place
        self._line += line - 1
        said = _("%(reason)s (line %(line)s, byte %(byte)s of the file).") % {
            "reason": reason,
            "line": self._line,
            "byte": self._byte,
        }
        self._only_blank = True
        if self.elements.ended:
            self._junk = self._byte, said
        else:
            self.elements.give_up(self._byte, said)
        self.drop()
        self._kept = b""
        return window[place:]

    def _seek(self, data: bytes) -> bytes:
        """Look for the next page, or export. Out: what begins with it; nothing until it comes.

        Raises DTDForbidden.
        """
        window = self._kept + data
        found = _pattern(MARKERS, AFTER, self._codec).search(window)
        end = found.start() if found else max(len(window) - OVERLAP, 0)
        self._refuse_types(window[: found.start() if found else None])
        passed, self._kept = window[:end], window[end:]
        self._byte += len(passed)
        self._line += passed.count(b"\n")
        self._only_blank = self._only_blank and not passed.strip(BLANK)
        if not found:
            return b""
        is_page = found[0] == MARKERS[0].encode(self._codec or "ascii")
        if self._junk and (is_page or not self._only_blank):
            self.elements.give_up(*self._junk)
        self._junk = None
        begun = self._kept
        self._open(document=not is_page)
        return begun

    def _refuse_types(self, data: bytes) -> None:
        """Raises DTDForbidden where a document type or entity is declared, in whatever place."""
        if _pattern(FORBIDDEN, ("",), self._codec).search(data):
            raise DTDForbidden("", None, None)


@cache
def _pattern(words: tuple[str, ...], after: tuple[str, ...], codec: str) -> re.Pattern[bytes]:
    """What finds any of the words where one of `after` follows, in a file that is coded so."""

    def either(choices: tuple[str, ...]) -> bytes:
        return b"|".join(re.escape(each.encode(codec or "ascii")) for each in choices)

    return re.compile(b"(?:%s)(?=%s)" % (either(words), either(after)))
