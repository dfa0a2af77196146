"""Markdown (CommonMark): pages with their headings, and a quote in a quote for each reply."""

import re
from collections.abc import Iterator

from threads.export.discussions import Item, Shown, heading_of, items_of, link_to, pages_of
from threads.export.selection import Selection
from threads.models import Section, TalkPage

from .rights import SENTENCE, rights

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>()#!&~|$])")
# What only begins something at the start of a line: lists, rules, underlined headings.
_START = re.compile(r"^([-+=:]|\d+(?=[.)]))", re.M)
_SPACE = re.compile(r"^[ \t]+|[ \t]+$", re.M)  # four blanks would begin a block of code


def markdown(selection: Selection) -> Iterator[bytes]:
    for page in pages_of(selection):
        yield f"# {_escaped(page.title)}\n\n".encode()
        for item in items_of(page, selection):
            yield _told(page, item).encode()
    name, address = rights()
    yield SENTENCE.format(f"[{_escaped(name)}](<{address}>)").encode() + b"\n"


def _told(page: TalkPage, item: Item) -> str:
    if isinstance(item, Section):
        level, heading = max(item.heading_level, 2), heading_of(item)
        return f"{'#' * level} {_escaped(heading)}\n\n" if heading else ""
    text = "\\\n".join(_escaped(item.text).splitlines()) if item.text else ""
    text = re.sub(r"(\\\n){2,}", "\n\n", text)
    if not isinstance(item, Shown):
        return f"{text}\n\n" if text else ""
    who = f"**{_escaped(item.author_name)}**, {item.when}"
    address = link_to(page, item.ident)
    line = f"{who} ([link](<{address}>))" if address else who
    if item.answered:
        line = f"{line}, in reply to **{_escaped(item.answered)}**"
    if item.corrected:
        line = f"{line} (corrected: {', '.join(item.corrected)})"
    quote = "> " * item.nested
    lines = [f"{quote}{each}".rstrip() for each in f"{line}\n\n{text}".splitlines()]
    return "\n".join([*lines, "", ""])


def _escaped(text: str) -> str:
    """The text, so that Markdown shows it as it is."""
    text = _SPACE.sub("", _PUNCTUATION.sub(r"\\\1", text))
    return _START.sub(lambda found: _start(found[0]), text)


def _start(found: str) -> str:
    return f"{found}\\" if found[0].isdigit() else f"\\{found}"
