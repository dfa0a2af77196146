"""What characters are to the index: which make words, which are nothing, which are the same."""

import unicodedata
from collections.abc import Iterable

# Scripts that are written without blanks, and Hangul, where what stands before a particle is
# what people look for: Thai and Lao, Burmese, Hangul, Khmer, Tai, Kana, Bopomofo, Han.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x1950, 0x19DF),
    (0x1A20, 0x1AAF), (0x3005, 0x3007), (0x3031, 0x3035), (0x3041, 0x30FF), (0x3105, 0x318F),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xA960, 0xA97F), (0xA9E0, 0xA9FF),
    (0xAA60, 0xAADF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFF66, 0xFFDC),
)  # fmt: skip
PICTURES = "\u2600-\u27bf\u2b50-\u2b55\U0001f1e6-\U0001f3fa\U0001f400-\U0001faff"

# Soft hyphens, blanks without width, marks of direction; Armenian's marks inside words.
NOTHING = (
    "\u00ad\u034f\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u055b\u055c\u055e\u0640"
)
# What parts of one word or name stand around: “O'Brien”, “Jean-Luc”, “col·lecció”, “می‌خواهم”.
JOINING = "'’‘‛ʹʺʻʼʽʾʿ·‐‑־׳״\u200c-"
# Points, accents and signs of voice of scripts whose readers look for words without them: Latin,
# Greek and Cyrillic share the first ones; then Cyrillic, Hebrew, Arabic, Syriac, Vedic Sanskrit.
ACCENTS = (
    "\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u08ca-\u08e1\u08e3-\u08ff\u0951-\u0954\u1ab0-\u1aff\u1cd0-\u1cff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
# Letters that Unicode takes for others, and readers do not.
_SAME = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n",
    "þ": "th", "ŧ": "t", "ƒ": "f",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
}  # fmt: skip


def _ranges(codes: Iterable[int]) -> str:
    """For a class of a regular expression."""
    parts: list[list[int]] = []
    for code in codes:
        if parts and parts[-1][1] == code - 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in parts)


# Ranges beyond these are few, and named: `re` looks through them one after the other.
_CATEGORIES = [unicodedata.category(chr(code)) for code in range(0x10000)]
MARKS = _ranges(code for code, kind in enumerate(_CATEGORIES) if kind[0] == "M") + (
    "\U00011000-\U00011fff\U0001e944-\U0001e94a\U000e0100-\U000e01ef"
)
UNSPACED = (
    _ranges(
        code
        for first, last in _UNSPACED
        for code in range(first, last + 1)
        if _CATEGORIES[code] in ("Lo", "Lm", "Nl")
    )
    + "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
SAME = str.maketrans(_SAME) | {
    code: str(unicodedata.decimal(chr(code)))
    for code, kind in enumerate(_CATEGORIES)
    if kind == "Nd" and code > 0x7F
}
