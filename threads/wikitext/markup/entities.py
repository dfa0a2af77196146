"""Characters that a page can have, and references to them, as MediaWiki reads them."""

import re
from html.entities import html5

_REFERENCE = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]*;)|#([0-9]{1,7});|#[xX]([0-9A-Fa-f]{1,6});)")
_LAST = 0x10FFFF
_SAVED = "\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_ONLY_SAVED = re.compile(f"[{_SAVED}]*+")  # as nearly all pages are, which is found fastest so
_NEVER_SAVED = re.compile(f"[^{_SAVED}]")


def cleaned(text: str) -> str:
    """The text with each character that no page can have as U+FFFD, so that places stay.

    Rule: UtfNormal\\Validator::cleanUp, through which MediaWiki sends all that it saves and
    gives out: what XML 1.0 forbids is replaced; tabs, line ends and U+007F stay.
    """
    return text if _ONLY_SAVED.fullmatch(text) else _NEVER_SAVED.sub("\ufffd", text)


def with_line_feeds(text: str) -> str:
    """The text with a line feed at the end of each line, so that places stay: what Windows writes
    before it is a blank, which shows nothing there.

    Rule: TextContent::normalizeLineEndings, by which MediaWiki saves no other ones.
    """
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def unescape(text: str) -> str:
    """The text with each "&amp;" and "&#38;" as the character that it stands for.

    Unlike in HTML, one without its semicolon is none, or "&section=new" in an address would be
    "§ion=new"; and one for a character that no page can have stays as it is (Sanitizer's
    decodeCharReferences and validateCodepoint).
    """
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return html5.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if _is_character(code) else match[0]


def _is_character(code: int) -> bool:
    return (
        code in (0x9, 0xA)
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= _LAST
    )
