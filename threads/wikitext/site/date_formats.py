"""MediaWiki's date formats: which codes they have, and what each tells of a time.

Rules: `Language::sprintfDate`, as DiscussionTools reads it. A format is PHP's, with MediaWiki's
own codes, which begin with "x".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
NEEDED = ("year", "month", "day", "hour", "minute")
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
OTHER_CALENDARS = {"xi": "the Iranian", "xm": "the Islamic", "xj": "the Hebrew"}
_PARTS = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|x[ijkmot].|x.|.', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a date format, or a character or a quotation that it writes as it is."""

    code: str  # "" for a text
    text: str = ""
    written: str = ""  # how a number is written: "" in the language's digits, else see MODIFIERS


@lru_cache(maxsize=1024)
def parts_of(form: str) -> tuple[Part, ...]:
    """A format's parts in their order. Raises ValueError for a code that cannot be read."""
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
    """The text that a format's character stands for. Raises ValueError for any other code."""
    if code == "xx":
        return "x"
    if calendar := OTHER_CALENDARS.get(code[:2]):
        raise ValueError(f"has the code “{code}” of {calendar} calendar, which cannot be read")
    if code in UNREAD:
        raise ValueError(f"has the code “{code}”, which cannot be read")
    if len(code) > 1:
        raise ValueError(f"has the code “{code}”, which MediaWiki does not know")
    return code


@lru_cache(maxsize=1024)
def fault_of(form: str) -> str:
    """What is wrong with a date format, to follow its name: "tells no year"; "" for nothing."""
    try:
        told = {TELLS.get(part.code) for part in parts_of(form)}
    except ValueError as error:
        return str(error)
    for field in NEEDED:
        if field not in told:
            return f"tells no {field}, so no time can be read by it"
    codes = {part.code for part in parts_of(form)}
    if not codes & {"H", "G"} and "half" not in told:
        code = min(codes & {"g", "h"})
        return f"has the code “{code}”, an hour up to 12, but none that tells morning from evening"
    return ""
