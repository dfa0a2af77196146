"""Words that are looked for, marked in text and in safe HTML."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape

from django.utils.safestring import SafeString, mark_safe

Span = tuple[int, int]
SpansOf = Callable[[str], Sequence[Span]]  # where the words stand in a text: in order, apart

_PIECE = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
# Tags at which a word goes on; any other one ends it.
_INSIDE_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strike|strong|sub|sup|tt|u|var)\b",
    re.IGNORECASE,
)


def marked_text(text: str, spans: Iterable[Span]) -> SafeString:
    """A text as HTML, with `<mark>` around these stretches of it."""
    return mark_safe("".join(_marked(text, spans)))  # noqa: S308  # every piece is escaped


def marked_html(html: str, spans_of: SpansOf) -> str:
    """Safe HTML with `<mark>` around the words in its text, never inside a tag.

    A word may begin in one element and end in another: it is marked in each.
    """
    pieces = _PIECE.split(html)
    texts = [unescape(piece) for piece in pieces[::2]]
    starts, whole = [], ""
    for text, tag in zip(texts, [*pieces[1::2], ""], strict=True):
        starts.append(len(whole))
        whole += text if _INSIDE_WORDS.match(tag) else f"{text}\n"
    inside = _by_text(spans_of(whole), starts, texts)
    if not inside:
        return html
    for number, spans in inside.items():
        pieces[2 * number] = "".join(_marked(texts[number], spans))
    return "".join(pieces)


def _by_text(
    spans: Iterable[Span], starts: Sequence[int], texts: Sequence[str]
) -> dict[int, list[Span]]:
    """The stretches of the whole as stretches of each of its texts."""
    inside: dict[int, list[Span]] = {}
    for start, end in spans:
        number = bisect_right(starts, start) - 1
        while number < len(starts) and starts[number] < end:
            first = max(start - starts[number], 0)
            last = min(end - starts[number], len(texts[number]))
            if first < last:
                inside.setdefault(number, []).append((first, last))
            number += 1
    return inside


def _marked(text: str, spans: Iterable[Span]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield escape(text[at:start], quote=False)
        yield f"<mark>{escape(text[start:end], quote=False)}</mark>"
        at = end
    yield escape(text[at:], quote=False)
