"""Edit summaries that repeat words of comments that are taken down."""

import re
from collections.abc import Iterable

from .comments import QUOTED, tells

_SECTION = re.compile(r"/\*.*?\*/")  # a heading
_CUT = ".…\"'”»“) "  # how one ends that had no more room, also where it quotes the page


def repeats(summary: str, lines: Iterable[str]) -> bool:
    """Whether a summary has the beginning of one of these lines, or is a part of one; in: lines
    that tell by themselves where they are from."""
    said = _SECTION.sub("", summary).strip().rstrip(_CUT)
    return any(_begins(line, said) or (tells(said) and said in line) for line in lines)


def _begins(line: str, said: str) -> bool:
    """Also where the summary was cut in that beginning, as in “Created page with …”."""
    if line[:QUOTED] in said:
        return True
    cut = (line[:length] for length in range(1, min(QUOTED, len(line))))
    return any(said.endswith(begin) and tells(begin) for begin in cut)
