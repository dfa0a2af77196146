"""What stands in a line, read by the rules for mwparserfromhell's tokens.

The tokens are what mwparserfromhell builds its tree of; they come in reading order, as
the flow needs them, at a fifth of the tree's cost.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mwparserfromhell.parser import Parser, tokens

from threads.wikitext.flow.nodes import TEXT, Node
from threads.wikitext.flow.notes import Notes
from threads.wikitext.site.languages import Profile
from threads.wikitext.syntax.brackets import Brackets, scan
from threads.wikitext.syntax.lines import PIECE, pieces

from .address import close_address, open_address, separate_address
from .link import close_link, open_link, separate_link
from .linked_text import BARE_SCHEME, add_linked_text
from .page import InlinePage
from .quotes import apply_quotes
from .state import InlineState
from .template import (
    close_parameter,
    close_template,
    name_argument,
    open_parameter,
    open_template,
    separate_parameter,
    separate_template,
)
from .text import close_entity, mark_entity, open_entity, text

# Each token has one rule, which takes it whatever is open: mwparserfromhell gives the end of
# nothing that has not begun.
RULES: Mapping[type, Callable[[InlineState, Any], None]] = {
    tokens.Text: text,
    tokens.WikilinkOpen: open_link,
    tokens.WikilinkSeparator: separate_link,
    tokens.WikilinkClose: close_link,
    tokens.ExternalLinkOpen: open_address,
    tokens.ExternalLinkSeparator: separate_address,
    tokens.ExternalLinkClose: close_address,
    tokens.TemplateOpen: open_template,
    tokens.TemplateParamSeparator: separate_template,
    tokens.TemplateParamEquals: name_argument,
    tokens.TemplateClose: close_template,
    tokens.ArgumentOpen: open_parameter,
    tokens.ArgumentSeparator: separate_parameter,
    tokens.ArgumentClose: close_parameter,
    tokens.HTMLEntityStart: open_entity,
    tokens.HTMLEntityNumeric: mark_entity,
    tokens.HTMLEntityHex: mark_entity,
    tokens.HTMLEntityEnd: close_entity,
}

# Every branch begins with a letter of its own: so a search passes over text three times as fast.
_MARKUP = re.compile(rf"\[|<|&|\{{\{{|//|''|__|{BARE_SCHEME}")


class InlineReader:
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
        # No method of this reader: nothing that is made for a page holds itself, so all of it
        # goes as soon as the page is read, without waiting for the garbage collector.
        apart = partial(_apart, profile=profile, title=title, notes=notes, blocks=blocks)
        self._page = InlinePage(text, brackets, profile, title, notes, apart, blocks)
        self._tokenize: Callable[[str, int, bool], list[object]] = Parser()._tokenizer.tokenize  # type: ignore[no-untyped-call]

    def is_switch(self, word: str) -> bool:
        """Whether a word tells MediaWiki something and shows nothing: "__NOTOC__"."""
        return self._page.is_switch(word)

    def nodes(self, start: int, end: int) -> list[Node]:
        """The nodes of text[start:end], a logical line without its block markup."""
        source = self._page.text
        markup = _MARKUP.search(source, start, end)
        if markup is None:
            return [Node(TEXT, start, end, source[start:end])] if start < end else []
        if end - start <= PIECE:
            nodes = self._piece(start, end, markup)
        else:
            nodes = []
            for begin, stop in pieces(self._page.brackets.masked, start, end):
                first = _MARKUP.search(source, max(begin, markup.start()), stop)
                nodes += self._piece(begin, stop, first)
        return apply_quotes(nodes) if source.find("''", start, end) >= 0 else nodes

    def _piece(self, start: int, end: int, markup: re.Match[str] | None) -> list[Node]:
        """The nodes of text[start:end], in which that is the first markup."""
        source = self._page.text
        if markup is None:
            return [Node(TEXT, start, end, source[start:end])]
        state = InlineState(self._page, start)
        if add_linked_text(state, markup.start(), end):
            return state.out
        masked = " " + self._page.brackets.masked[state.first : end].replace("\n", " ")
        state.position = state.first - 1
        for token in self._tokenize(masked, 0, True):
            RULES[type(token)](state, token)
        if state.position != end or state.frames:
            return [Node(TEXT, start, end, source[start:end])]
        return state.out


def _apart(
    texts: list[str],
    *,
    profile: Profile,
    title: str,
    notes: Notes,
    blocks: Callable[[str], list[Node]],
) -> list[list[Node]]:
    """The nodes of lines that are no part of a page's flow."""
    source = "\n".join(texts)
    reader = InlineReader(source, scan(source), profile, title, notes, blocks)
    read, start = [], 0
    for each in texts:
        read.append(reader.nodes(start, start + len(each)))
        start += len(each) + 1
    return read
