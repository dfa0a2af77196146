"""MediaWiki's date formats: which codes they have, and what each tells of a time.

Rules: `Language::sprintfDate`, as DiscussionTools reads it. A format is PHP's, with MediaWiki's
own codes, which begin with "x".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .faults import BadProfile, gettext_noop

# What of a time a code tells; what it names alone says nothing that the others do not.
TELLS = {
    **dict.fromkeys(("Y", "y", "xkY", "xoY", "xtY"), "year"),
    **dict.fromkeys(("F", "xg", "M", "m", "n"), "month"),
    **dict.fromkeys(("d", "j"), "day"),
    **dict.fromkeys(("H", "G", "h", "g"), "hour"),
    **dict.fromkeys(("a", "A"), "half"),
    "i": "minute",
    "s": "second",
}
NEEDED = {
    "year": gettext_noop(
        "The profile's date format “{format}” has no year, so timestamps cannot be parsed with it."
    ),
    "month": gettext_noop(
        "The profile's date format “{format}” has no month, so timestamps cannot be parsed with it."
    ),
    "day": gettext_noop(
        "The profile's date format “{format}” has no day, so timestamps cannot be parsed with it."
    ),
    "hour": gettext_noop(
        "The profile's date format “{format}” has no hour, so timestamps cannot be parsed with it."
    ),
    "minute": gettext_noop(
        "The profile's date format “{format}” has no minute, so timestamps cannot be parsed "
        "with it."
    ),
}
NO_HALF = gettext_noop(
    "The profile's date format “{format}” has the code “{code}” of a 12-hour clock, but "
    "no code for a.m. and p.m."
)
# Numbers, and how many digits each may have.
NUMBERS = {
    **dict.fromkeys(("d", "m", "y", "H", "h", "i", "s", "W"), "{2}"),
    **dict.fromkeys(("j", "n", "G", "g"), "{1,2}"),
    **dict.fromkeys(("Y", "xkY", "o"), "{4}"),
    **dict.fromkeys(("xoY", "z"), "{1,3}"),
    **dict.fromkeys(("w", "N", "L", "I"), ""),
    "t": "{2}",
    "Z": "{1,5}",
}
NAMES = {
    "F": "months",
    "xg": "months_genitive",
    "M": "months_short",
    "D": "weekdays_short",
    "l": "weekdays",
}
# What is neither a number nor a name of the language's, as a regular expression.
OTHERS = {
    "a": "am|pm",
    "A": "AM|PM",
    "xtY": "(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2})",
    "e": "[A-Za-z_/+-]+",
    "T": "[A-Z]+|[+-][0-9]{2,4}",
    "O": "[+-][0-9]{4}",
    "P": "[+-][0-9]{2}:[0-9]{2}",
}
WRITTEN_OUT = {"c": r"xnY-xnm-xnd\TxnH:xni:xnsP"}  # codes that stand for several
# Each changes how the next number is written; "xN" how all after it are.
MODIFIERS = {"xn": "raw", "xr": "roman", "xh": "hebrew", "xN": "toggle"}
# Codes that MediaWiki knows and that are not read.
UNREAD = ("r", "U")
CANNOT_BE_READ = gettext_noop(
    "The profile's date format “{format}” has the code “{code}”, which is not supported."
)
UNKNOWN = gettext_noop(
    "The profile's date format “{format}” has the code “{code}”, which MediaWiki does not know."
)
OTHER_CALENDARS = {
    "xi": gettext_noop(
        "The profile's date format “{format}” has the code “{code}” of the Iranian calendar, "
        "which is not supported."
    ),
    "xm": gettext_noop(
        "The profile's date format “{format}” has the code “{code}” of the Islamic calendar, "
        "which is not supported."
    ),
    "xj": gettext_noop(
        "The profile's date format “{format}” has the code “{code}” of the Hebrew calendar, "
        "which is not supported."
    ),
}
_PARTS = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|x[ijkmot].|x.|.', re.DOTALL)


class UnreadCode(ValueError):
    """A code of a format that cannot be read; `message` is a sentence for a BadProfile."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(code)
        self.message, self.code = message, code


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a date format, or a character or a quotation that it writes as it is."""

    code: str  # "" for a text
    text: str = ""
    written: str = ""  # how a number is written: "" in the language's digits, else see MODIFIERS


@lru_cache(maxsize=1024)
def parts_of(form: str) -> tuple[Part, ...]:
    """A format's parts in their order. Raises UnreadCode."""
    return tuple(_parts(form.strip()))


def _parts(form: str) -> Iterator[Part]:
    raw_from_here, written = False, ""
    for match in _PARTS.finditer(form):
        code = match[0]
        if code in WRITTEN_OUT:
            yield from _parts(WRITTEN_OUT[code])
        elif code == "xN":
            raw_from_here = not raw_from_here
        elif code in MODIFIERS:
            written = MODIFIERS[code]
        elif code in NUMBERS:
            yield Part(code, written="raw" if raw_from_here else written)
            written = ""
        elif code in NAMES or code in OTHERS:
            yield Part(code)
        else:
            text = match["quoted"] if match["quoted"] is not None else match["escaped"]
            yield Part("", text if text is not None else _literal(code))


def _literal(code: str) -> str:
    """The text that a format's character stands for. Raises UnreadCode for any other."""
    if code == "xx":
        return "x"
    if said := OTHER_CALENDARS.get(code[:2]):
        raise UnreadCode(said, code)
    if code in UNREAD:
        raise UnreadCode(CANNOT_BE_READ, code)
    if len(code) > 1:
        raise UnreadCode(UNKNOWN, code)
    return code


@lru_cache(maxsize=1024)
def check(form: str) -> None:
    """Whether a time can be read by a format. Raises BadProfile."""
    try:
        codes = {part.code for part in parts_of(form)}
    except UnreadCode as error:
        raise BadProfile(error.message, format=form, code=error.code) from error
    told = {TELLS.get(code) for code in codes}
    for field, said in NEEDED.items():
        if field not in told:
            raise BadProfile(said, format=form)
    if not codes & {"H", "G"} and "half" not in told:
        raise BadProfile(NO_HALF, format=form, code=min(codes & {"g", "h"}))
