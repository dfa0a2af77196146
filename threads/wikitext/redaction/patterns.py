"""The spellings of a name in wikitext and in addresses, as a regular expression."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from html.entities import html5

# Scripts whose words are written without blanks between them: by the Unicode names of letters.
_UNPARTED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
# What MediaWiki reads as a blank in a title; and tabs, which browsers show as one.
_BLANKS = "\t _\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
_BLANKS += "\u200a\u2028\u2029\u202f\u205f\u3000"
# What may stand between two letters and is not seen: marks of direction, joiners, comments, bold.
_UNSEEN = r"(?:[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]|<!--[^>]{0,99}-->|'{2,}+)*+"
_PERCENT = "%(?:25)*"  # of an address in an address, with “%” encoded once more
_ENTITIES = defaultdict[str, list[str]](list)
for _entity, _stands_for in html5.items():
    if _entity.endswith(";"):
        _ENTITIES[_stands_for].append(_entity)
# What is encoded ends with a letter or a digit, at which no word goes on: “User%3AAda”, “.3AAda”.
_ENCODED = r"(?<=%[0-9A-Fa-f]{2})|(?<=%25[0-9A-Fa-f]{2})|(?<=\.[0-9A-F]{2})"
BEGIN = rf"(?:(?<![^\W_])|{_ENCODED})"  # of a word
_TITLED = rf"(?:(?<=[:/=|@])|{_ENCODED})"
END = r"(?![^\W_])"


def pattern_of(
    name: str, *, either_case: bool = False, spared: Iterable[str] = ()
) -> re.Pattern[str]:
    """What finds a name as a whole word: with any blanks or underscores, percent-encoded, as in
    anchors of older wikis (“Ren.C3.A9”), by entities, composed or not, and with what is not seen
    between its letters.

    With `either_case`, its first letter may be of either case, as in a link; else only behind what
    leads to a title or a user, as “:”, “/” or “@”. `spared` are longer
    names that have this one in them, and are left alone; only what is in the group “name” is it.
    """
    found = f"(?P<name>{_bounded(name, either_case=either_case)})"
    longer = sorted(spared, key=len, reverse=True)
    return re.compile("|".join([*(_bounded(each) for each in longer), found]), re.DOTALL)


def _bounded(name: str, *, either_case: bool = False) -> str:
    name = unicodedata.normalize("NFC", name)
    letters = [_letter(letter) for letter in name]
    cases = sorted({name[0].upper(), name[0].lower()} - {name[0]})
    others = "|".join("".join(map(_letter, each)) for each in cases)
    if cases:
        letters[0] = f"(?:{letters[0]}|{'' if either_case else _TITLED}(?:{others}))"
    before = "" if _is_unparted(name[0]) else BEGIN
    after = "" if _is_unparted(name[-1]) else END
    return f"{before}{_UNSEEN.join(letters)}{after}"


def _is_unparted(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNPARTED)


def _letter(letter: str) -> str:
    if letter == " ":
        return _BLANK
    apart = unicodedata.normalize("NFD", letter)
    forms = [re.escape(letter), *([re.escape(apart)] if apart != letter else []), _encoded(letter)]
    return f"(?:{'|'.join(forms)})"


def _encoded(letter: str) -> str:
    """A letter in addresses, in anchors, and as an entity."""
    number, data = ord(letter), letter.encode()
    percent = "".join(f"{_PERCENT}{byte:02X}" for byte in data)
    forms = [f"(?i:{percent}|&#0*{number};|&#x0*{number:x};)"]
    if not (letter.isascii() and letter.isalnum()):
        forms.append("".join(rf"\.{byte:02X}" for byte in data))
    forms += [f"&{name}" for name in _ENTITIES.get(letter, ())]
    return "|".join(forms)


_ONE = f"(?:[+{_BLANKS}]|{'|'.join(map(_encoded, _BLANKS))})"
_BLANK = rf"(?:{_ONE}{{1,9}}(?:\n{_ONE}{{0,9}})?|\n{_ONE}{{0,9}})"  # also where a line was broken
