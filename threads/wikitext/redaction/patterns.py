"""The spellings of a name in wikitext and in addresses, as a regular expression."""

import re
import unicodedata
from collections.abc import Iterable

# Scripts whose words are written without blanks between them: by the Unicode names of letters.
_UNPARTED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
_NAMED = {"&": "&amp;", '"': "&quot;", "'": "&apos;"}
_BLANK = r"(?:[ _\u00a0]+|%20|\+|&nbsp;|&#0*32;)"


def pattern_of(
    name: str, *, either_case: bool = False, spared: Iterable[str] = ()
) -> re.Pattern[str]:
    """What finds a name as a whole word: with blanks or underscores, percent-encoded, by entities.

    With `either_case`, its first letter may be of either case, as in a link. `spared` are longer
    names that have this one in them, and are left alone; only what is in the group “name” is it.
    """
    found = f"(?P<name>{_bounded(name, either_case=either_case)})"
    longer = sorted(spared, key=len, reverse=True)
    return re.compile("|".join([*(_bounded(each) for each in longer), found]))


def _bounded(name: str, *, either_case: bool = False) -> str:
    letters = [_letter(letter) for letter in name]
    if either_case:
        cases = sorted({name[0].upper(), name[0].lower(), name[0]})
        letters[0] = f"(?:{'|'.join(_letter(each) for each in cases)})"
    before = "" if _is_unparted(name[0]) else r"(?<![^\W_])"
    after = "" if _is_unparted(name[-1]) else r"(?![^\W_])"
    return f"{before}{''.join(letters)}{after}"


def _is_unparted(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNPARTED)


def _letter(letter: str) -> str:
    if letter == " ":
        return _BLANK
    number = ord(letter)
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode())
    forms = [re.escape(letter), f"(?i:{encoded}|&#0*{number};|&#x0*{number:x};)"]
    if letter in _NAMED:
        forms.append(_NAMED[letter])
    return f"(?:{'|'.join(forms)})"
