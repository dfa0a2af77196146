"""Logical lines: source lines, joined where a construct runs over several of them.

MediaWiki reads templates, comments, extension tags and link texts before it looks at
lines, so a line feed inside one of these ends no line. Everything here takes one pass
over the text, whatever it holds: an opening without its end joins nothing.
"""

import re
from collections.abc import Iterator

# Extension tags: their content is not wikitext of the page, or has rules of its own.
EXTENSION_TAGS = (
    "nowiki|pre|ref|syntaxhighlight|source|math|chem|gallery|poem|timeline|score|imagemap|"
    "hiero|inputbox|templatedata|categorytree|graph|mapframe|maplink|section|charinsert|templatestyles"
)
_MARKS = re.compile(
    rf"\{{\{{+|\}}\}}+|\[\[|\]\]|<!--|<({EXTENSION_TAGS})(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_LINK_TITLE = re.compile(r"\[\[[^\[\]{}<>|\n]*\|")

Span = tuple[int, int]


def logical_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans of the lines in text[start:end], without their line feeds."""
    joined = iter(multiline_spans(text, start, end))
    span = next(joined, None)
    while start <= end:
        feed = text.find("\n", start, end)
        while span and span[0] < feed:
            if feed < span[1]:
                feed = text.find("\n", span[1], end)
            if feed == -1 or span[1] <= feed:
                span = next(joined, None)
        if feed == -1:
            yield start, end
            return
        yield start, feed
        start = feed + 1


def multiline_spans(text: str, start: int, end: int) -> list[Span]:
    """What runs over line feeds: disjoint spans in order."""
    spans: list[Span] = []
    openings: list[tuple[int, int]] = []  # (place, number of braces; 0 for a link)
    endless: set[str] = set()
    match = _MARKS.search(text, start, end)
    while match:
        mark, place, after = match[0], match.start(), match.end()
        if mark[0] == "<":
            after = _opaque_end(text, match, end, endless)
            _keep(spans, text, place, after)
        elif mark[0] == "{":
            openings.append((place, len(mark)))
        elif mark == "[[":
            openings.append((place, 0))
        elif mark == "]]":
            if openings and openings[-1][1] == 0:
                opening = openings.pop()[0]
                if _LINK_TITLE.match(text, opening, end):
                    _keep(spans, text, opening, after)
        else:
            _close_braces(spans, text, openings, place, after)
        match = _MARKS.search(text, after, end)
    return _merged(spans)


def _opaque_end(text: str, match: re.Match[str], end: int, endless: set[str]) -> int:
    """Where a comment or an extension tag ends; right behind its opening if nowhere."""
    if match[0] == "<!--":
        found = text.find("-->", match.end(), end)
        return end if found == -1 else found + 3
    name = match[1].lower()
    if match[0].endswith("/>") or name in endless:
        return match.end()
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, match.end(), end)
    if closing is None:
        endless.add(name)
        return match.end()
    return closing.end()


def _close_braces(
    spans: list[Span], text: str, openings: list[tuple[int, int]], place: int, after: int
) -> None:
    """Match a run of closing braces with the openings before it, innermost first."""
    left = after - place
    while left >= 2 and openings and openings[-1][1] >= 2:
        opening, braces = openings.pop()
        used = min(left, braces, 3)
        left -= used
        _keep(spans, text, opening + braces - used, after - left)
        if braces - used >= 2:
            openings.append((opening, braces - used))


def _keep(spans: list[Span], text: str, start: int, end: int) -> None:
    if text.find("\n", start, end) != -1:
        spans.append((start, end))


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
