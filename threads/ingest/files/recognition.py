"""What a file is that somebody chose wrongly, by what it begins with: only to tell them."""

import re
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

ENOUGH = 1024  # bytes of a file's beginning that are looked at


class Format(NamedTuple):
    """How files of a format begin, what it is called, and the command that takes them."""

    begins: re.Pattern[bytes]
    name: str
    command: str = ""


def _format(begins: bytes, name: str, command: str = "") -> Format:
    return Format(re.compile(rb"(?:\xef\xbb\xbf)?\s*" + begins, re.S | re.I), name, command)


XML = rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
FORMATS = (
    _format(rb"SQLite format 3\0", "SQLite"),
    _format(rb"database\.(?:sqlite3|pgdump)\.zst\0", "talkarchive backup", "restore"),
    _format(rb".{257}ustar", "tar"),
    _format(rb"\x1f\x8b", "gzip"),
    _format(rb"BZh[1-9]", "bzip2"),
    _format(rb"\x28\xb5\x2f\xfd", "zstd"),
    _format(rb"7z\xbc\xaf\x27\x1c", "7z"),
    _format(rb"PK\x03\x04", "zip"),
    _format(rb"\xfd7zXZ\0", "xz"),
    _format(rb"Rar!", "RAR"),
    _format(rb"%PDF-", "PDF"),
    _format(XML + rb"<mediawiki\b", "MediaWiki XML", "import_dump"),
    _format(XML + rb"<TEI\b", "TEI"),
    _format(XML + rb"(?:<!DOCTYPE\s+html|<html)\b", "HTML"),
    _format(rb"<\?xml\b", "XML"),
    _format(rb"\{\s*\"type\"\s*:\s*\"archive\"", "JSON Lines", "import_archive"),
    _format(rb"(?:\{\s*\"|\[\s*[{\"])", "JSON"),
    _format(rb"From \S+ [^\n]*\d{4}\r?\n", "mbox"),
    _format(rb"\"?\w+\"?(?:,\"?\w+\"?){2,}\r?\n", "CSV"),
)


def format_of(data: bytes) -> Format | None:
    """In: how a file begins."""
    return next((each for each in FORMATS if each.begins.match(data[:ENOUGH])), None)


def told(data: bytes, name: str, expected: str) -> str:
    """What a file is called and is, and what takes it; "" where that is not known.

    In: its beginning; what it is called; the command that it was given to.
    """
    found = format_of(data)
    if found is None or found.command == expected:
        return ""
    said = _("Format of %(name)s: %(format)s.") % {"name": name, "format": found.name}
    if found.command:
        command = f"{settings.PROGRAM} {found.command}"
        said += " " + _("Use “%(command)s” for it.") % {"command": command}
    return said
