"""Bytes, or what a form sent, as the text that MediaWiki would have stored."""

import codecs
import unicodedata

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.ingest.files.recognition import ENOUGH, format_of, told
from threads.wikitext.markup.entities import cleaned

# Byte order marks; UTF-32's begins as UTF-16's does.
MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
TRAILING = " \t\n"  # what MediaWiki cuts off the end of a page


def decode(data: bytes, name: str) -> str:
    """The wikitext in a file's bytes; `name` is what the file is called in messages.

    Raises BadInput for a file that is too large, empty, binary or not UTF-8.
    """
    _check_size(len(data), name)
    found, hint = format_of(data), told(data, name, "import_page")
    if wide := _wide_encoding(data):
        raise BadInput(
            "text",
            _("%(name)s is encoded in %(encoding)s. Save it as UTF-8 and try again.")
            % {"name": name, "encoding": wide},
        )
    if (at := data.find(b"\0")) >= 0:
        raise BadInput(
            "text",
            "{} {}".format(
                _("%(name)s is a binary file (zero byte at byte %(at)s). Choose a plain text file.")
                % {"name": name, "at": at},
                hint,
            ).rstrip(),
        )
    if found and found.command:  # wikitext may begin like any other format
        raise BadInput("text", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "text",
            _(
                "%(name)s is not valid UTF-8 (line %(line)s, byte %(at)s: 0x%(byte)02x). Save it "
                "as UTF-8 and try again."
            )
            % {
                "name": name,
                "at": error.start,
                "line": data.count(b"\n", 0, error.start) + 1,
                "byte": data[error.start],
            },
        ) from error
    return clean(text, name)


def _wide_encoding(data: bytes) -> str:
    """The encoding, of more than a byte a character, that a file has; "" for none.

    By its byte order mark, or since every other byte is often zero: those of blanks, line ends and
    brackets are, in any language.
    """
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return name
    start = data[:ENOUGH]
    zeros = [start[half::2].count(0) for half in (0, 1)]
    is_wide = not min(zeros) and max(zeros) > 1 and max(zeros) * 16 > len(start)
    return "UTF-16" if is_wide else ""


def clean(text: str, name: str) -> str:
    """Text as MediaWiki stores it: LF for every line end, nothing blank after the last line.

    Browsers send CR LF, so this is also what makes a form's text the same again.
    Raises BadInput where nothing is left, or too much.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput(
            "text",
            _("%(name)s contains an invalid character (position %(at)s). Copy the text again.")
            % {"name": name, "at": error.start},
        ) from error
    text = saved(text).rstrip(TRAILING)
    if not text.strip():
        raise BadInput("text", _("%(name)s is empty.") % {"name": name})
    _check_size(len(text.encode()), name)
    return text


def saved(text: str) -> str:
    """Text as MediaWiki saves it, whatever stands at its end: LF for every line end, in form C,
    and no character that it never saves.

    Rule: UtfNormal\\Validator::cleanUp. What a wiki gives out has been through it already.
    """
    return unicodedata.normalize("NFC", cleaned(text)).replace("\r\n", "\n").replace("\r", "\n")


def _check_size(size: int, name: str) -> None:
    if size > settings.MAX_PAGE_BYTES:
        raise BadInput(
            "text",
            _("%(name)s exceeds the limit of %(limit)s. Increase MAX_PAGE_BYTES to import it.")
            % {"name": name, "limit": filesizeformat(settings.MAX_PAGE_BYTES)},
        )
