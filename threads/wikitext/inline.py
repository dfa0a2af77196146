"""One logical line to nodes, through mwparserfromhell's tokens.

The tokens are what mwparserfromhell builds its tree of; they come in reading order, as
the flow needs them, at a fifth of the tree's cost. They carry no places, so the walk
counts along: each token stands for a known stretch of the source.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from mwparserfromhell.parser import Parser, tokens

from .brackets import Brackets, scan
from .entities import unescape
from .extensions import Extensions
from .languages import Profile
from .lines import pieces
from .nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
    LITERAL,
    OBJECT,
    OPEN,
    SEPARATOR,
    TEXT,
    Kind,
    Node,
)
from .notes import Notes
from .quotes import apply_quotes
from .tags import (
    ATTRIBUTES,
    BLOCK,
    EXTENSION,
    KNOWN,
    TRANSPARENT,
    VOID,
    Tag,
    any_of,
    read_tag,
)
from .transclusions import TemplateWalk

# Every branch begins with a letter of its own: so a search passes over text three times as fast.
_MARKUP = re.compile(r"\[|<|&|\{\{|//|''|__|:(?<=[a-z]:)\S")
_TEXT_MARKS = re.compile(
    r"<!--.*?(?:-->|\Z)|(?P<switch>__\w+?__)|<tvar\|[^<>]*>|(?P<var></>)"
    rf"|(?P<tag></?(?:(?P<extension>{any_of(EXTENSION)})|{any_of(KNOWN)})(?=[\s/>]){ATTRIBUTES}>)",
    re.IGNORECASE | re.DOTALL,
)


class Inline(TemplateWalk):
    """Reads the inline markup of one page, stretch by stretch.

    `notes` are those of the page; `blocks` reads wikitext that is no part of its flow.
    """

    def __init__(
        self,
        text: str,
        brackets: Brackets,
        profile: Profile,
        title: str,
        notes: Notes,
        blocks: Callable[[str], list[Node]],
    ) -> None:
        super().__init__(text, profile, title)
        self._brackets = brackets
        self._switches = {word.upper() for word in profile.words["switches"]}
        self._tokenize: Callable[[str, int, bool], list[object]] = Parser()._tokenizer.tokenize  # type: ignore[no-untyped-call]
        self._tags: dict[str, tuple[Tag, str] | None] = {}  # by how they stand in the text
        self._old_variables = "<tvar|" in text  # they end with "</>"
        apart = partial(_apart, profile=profile, title=title, notes=notes, blocks=blocks)
        self._extensions = Extensions(
            text, brackets.extensions, apart, blocks, self._links.is_file, notes
        )

    def is_switch(self, word: str) -> bool:
        """Whether a word tells MediaWiki something and shows nothing: "__NOTOC__"."""
        return word.upper() in self._switches

    def nodes(self, start: int, end: int) -> list[Node]:
        """The nodes of text[start:end], a logical line without its block markup."""
        text = self._text
        markup = _MARKUP.search(text, start, end)
        if markup is None:
            return [Node(TEXT, start, end, text[start:end])] if start < end else []
        nodes: list[Node] = []
        for begin, stop in pieces(self._brackets.masked, start, end):
            nodes += self._piece(begin, stop, markup.start())
        return apply_quotes(nodes) if text.find("''", start, end) >= 0 else nodes

    def _piece(self, start: int, end: int, first_markup: int) -> list[Node]:
        text = self._text
        markup = _MARKUP.search(text, max(start, first_markup), end)
        if markup is None:
            return [Node(TEXT, start, end, text[start:end])]
        # What stands before the first word with markup needs no reading, and a blank stands
        # for it: without a line's beginning, no list or heading mark is read as such here.
        first = max(start, text.rfind(" ", start, markup.start()) + 1)
        masked = " " + self._brackets.masked[first:end].replace("\n", " ")
        self._start(start, first)
        for token in self._tokenize(masked, 0, True):
            _ACTIONS[type(token)](self, token)
        if self._position != end or self._frames:
            return [Node(TEXT, start, end, text[start:end])]
        return self._out

    # Text

    def _on_text(self, token: tokens.Text) -> None:
        start = self._position if self._position >= self._first else self._begin
        self._position += len(token["text"])
        if self._mute or self._position == start:
            return
        if self._ended is not None:
            start = self._take_trail(start, self._position)
            if self._position == start:
                return
        text = self._text[start : self._position]
        if "<" in text or "__" in text:
            self._add_marked(start, self._position)
        else:
            self._out.append(Node(TEXT, start, self._position, text))

    def _add_marked(self, start: int, end: int) -> None:
        """Text that holds tags, comments or switches, which were masked."""
        text, at = self._text, start
        match = _TEXT_MARKS.search(text, start, end)
        while match:
            place, after = match.start(), match.end()
            self._add_plain(at, place)
            if place in self._brackets.extensions:
                self._out += self._extensions.nodes(match)
                after = self._brackets.extensions[place]
            elif match["var"]:
                if not self._old_variables:
                    self._add_plain(place, after)
            elif match["switch"]:
                if not self.is_switch(match["switch"]):
                    self._add_plain(place, after)
            elif match["tag"]:
                self._add_tag(match["tag"], place, after)
            at = after
            match = _TEXT_MARKS.search(text, at, end)
        self._add_plain(at, end)

    def _add_plain(self, start: int, end: int) -> None:
        if start < end:
            self._out.append(Node(TEXT, start, end, self._text[start:end]))

    def _skip_one(self, _: object) -> None:
        self._position += 1

    # &entities;

    def _open_entity(self, _: object) -> None:
        self._push(1)

    def _close_entity(self, _: object) -> None:
        frame = self._pop(1)
        text = unescape(self._text[frame.start : self._position])
        self._add(TEXT, frame.start, text, "", LITERAL)

    # <tags>

    def _add_tag(self, source: str, start: int, end: int) -> None:
        if source not in self._tags:
            tag = read_tag(source)
            self._tags[source] = (tag, tag.html) if tag else None
        known = self._tags[source]
        if known is None:
            return
        tag, html = known
        if tag.name in EXTENSION:  # without its end: text, to MediaWiki
            self._out.append(Node(TEXT, start, end, source))
        elif tag.name not in TRANSPARENT:
            self._out.append(Node(_tag_kind(tag), start, end, "", html, tag))


# Functions and no methods of one reader: nothing that is made for a page holds itself, so all of
# it goes as soon as the page is read, without waiting for the garbage collector.
_ACTIONS: dict[type, Callable[[Inline, Any], None]] = {
    tokens.Text: Inline._on_text,
    tokens.WikilinkOpen: Inline._open_link,
    tokens.WikilinkSeparator: Inline._separate_link,
    tokens.WikilinkClose: Inline._close_link,
    tokens.ExternalLinkOpen: Inline._open_url,
    tokens.ExternalLinkSeparator: Inline._separate_url,
    tokens.ExternalLinkClose: Inline._close_url,
    tokens.TemplateOpen: Inline._open_template,
    tokens.TemplateParamSeparator: Inline._separate_template,
    tokens.TemplateParamEquals: Inline._name_argument,
    tokens.TemplateClose: Inline._close_template,
    tokens.ArgumentOpen: Inline._open_parameter,
    tokens.ArgumentSeparator: Inline._separate_parameter,
    tokens.ArgumentClose: Inline._close_parameter,
    tokens.HTMLEntityStart: Inline._open_entity,
    tokens.HTMLEntityNumeric: Inline._skip_one,
    tokens.HTMLEntityHex: Inline._skip_one,
    tokens.HTMLEntityEnd: Inline._close_entity,
}


def _apart(
    texts: list[str],
    *,
    profile: Profile,
    title: str,
    notes: Notes,
    blocks: Callable[[str], list[Node]],
) -> list[list[Node]]:
    """The nodes of lines that are no part of a page's flow."""
    text = "\n".join(texts)
    reader = Inline(text, scan(text), profile, title, notes, blocks)
    read, start = [], 0
    for each in texts:
        read.append(reader.nodes(start, start + len(each)))
        start += len(each) + 1
    return read


def _tag_kind(tag: Tag) -> Kind:
    """What kind of node a tag makes."""
    if tag.name in ("br", "hr"):
        return SEPARATOR
    if tag.name in BLOCK:
        return BLOCK_CLOSE if tag.closing else BLOCK_OPEN
    if tag.name in VOID:
        return OBJECT
    return CLOSE if tag.closing else OPEN
