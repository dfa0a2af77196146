"""Which subpages hold a talk page's older discussions, by what each language calls them."""

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "archives.json"
LETTER = r"[^\W\d_]"


def is_archive(title: str, page: str) -> bool:
    """Whether the page called `title` is an archive of `page`: “Talk:Oil/Archive 1” of “Talk:Oil”.

    The rule: a part of its path below that page has a word for archives, of any language,
    since no wiki keeps to its own.
    """
    below = title.removeprefix(f"{page}/")
    return below != title and bool(_pattern().search(below.lower()))


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(set(chain.from_iterable(json.loads(WORDS.read_text("utf-8")).values())))
    return re.compile(
        "|".join(_alone(word) if _has_case(word) else re.escape(word) for word in words)
    )


def _alone(word: str) -> str:
    return rf"(?<!{LETTER}){re.escape(word)}(?!{LETTER})"


def _has_case(word: str) -> bool:
    return word.upper() != word
