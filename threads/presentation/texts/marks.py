"""Words that are looked for, marked in text and in safe HTML."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

from threads.search.tokens.marking import Piece, marked
from threads.search.tokens.terms import Term

_PIECE = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
# Tags at which a word goes on; any other one ends it.
_INSIDE_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strike|strong|sub|sup|tt|u|var)\b",
    re.IGNORECASE,
)


def html_of(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces as HTML, with `<mark>` around those that are marked."""
    return mark_safe("".join(map(_html, pieces)))  # noqa: S308  # every piece is escaped


def marked_html(html: str, terms: Sequence[Term]) -> str:
    """Safe HTML with `<mark>` around these words in its text, never inside a tag.

    A word may begin in one element and end in another: it is marked in each.
    """
    parts = _PIECE.split(html)
    texts = [unescape(part) for part in parts[::2]]
    starts, whole = [], ""
    for text, tag in zip(texts, [*parts[1::2], ""], strict=True):
        starts.append(len(whole))
        whole += text if _INSIDE_WORDS.match(tag) else f"{text}\n"
    pieces = marked(whole, terms)
    if not any(piece.marked for piece in pieces):
        return html
    parts[::2] = _by_text(pieces, starts, texts)
    return "".join(parts)


def _by_text(pieces: Iterable[Piece], starts: Sequence[int], texts: Sequence[str]) -> Iterator[str]:
    """The pieces of the whole as HTML of each of its texts."""
    left = deque(pieces)
    at = 0  # where the first of them begins in the whole
    for start, text in zip(starts, texts, strict=True):
        end, written = start + len(text), []
        while left and at < end:
            piece = left[0]
            first, last = max(start - at, 0), end - at
            written.append(_html(replace(piece, text=piece.text[first:last])))
            if at + len(piece.text) > end:
                break
            at += len(left.popleft().text)
        yield "".join(written)


def _html(piece: Piece) -> str:
    text = escape(piece.text, quote=False)
    return f"<mark>{text}</mark>" if piece.marked and text else text
