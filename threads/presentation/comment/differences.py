"""What is different between two versions of a text, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Words, marks and white space; scripts without blanks between words go by characters.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]|\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n?")
# Comparing takes the product of both lengths at worst: above this, lines are compared,
# and above it still, nothing is.
MOST_PAIRS = 1_000_000

DiffPart = tuple[str, str]  # "equal", "delete" or "insert", and its text


def difference(before: str, after: str) -> SafeString:
    """HTML of both texts in one: what was taken out as `<del>`, what was put in as `<ins>`."""
    tags = {"delete": "<del>{}</del>", "insert": "<ins>{}</ins>", "equal": "{}"}
    parts = (format_html(tags[kind], text) for kind, text in diff_parts(before, after))
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)


def diff_parts(before: str, after: str) -> Iterator[DiffPart]:
    """The stretches of both texts in one, in order; none is empty."""
    for pattern in (_WORD, _LINE):
        old, new = pattern.findall(before), pattern.findall(after)
        if len(old) * len(new) <= MOST_PAIRS:
            yield from _compared(old, new)
            return
    yield "delete", before
    yield "insert", after


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffPart]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield "equal", "".join(old[i:j])
            continue
        if i < j:
            yield "delete", "".join(old[i:j])
        if k < m:
            yield "insert", "".join(new[k:m])
