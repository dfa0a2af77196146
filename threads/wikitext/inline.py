"""One logical line to nodes, through mwparserfromhell's tokens.

The tokens are what mwparserfromhell builds its tree of; they come in reading order, as
the flow needs them, at a fifth of the tree's cost. They carry no places, so the walk
counts along: each token stands for a known stretch of the source.
"""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from mwparserfromhell.parser import Parser, tokens

from .brackets import Brackets, scan
from .extensions import Extensions
from .languages import Profile
from .lines import pieces
from .links import Links, Target, href, link_html
from .nodes import (
    BLOCK_CLOSE,
    BLOCK_OPEN,
    CLOSE,
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
from .walk import Frame

_MARKUP = re.compile(r"[\[<&]|\{\{|//|''|__|[a-z]:\S")
_FILE_LINK = re.compile(r"\|\s*link\s*=\s*([^|\]]*)")
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
        self._links = Links(profile, title)
        super().__init__(text, profile, self._links, title)
        self._brackets = brackets
        self._profile = profile
        self._title = title
        self._switches = {word.upper() for word in profile.words["switches"]}
        self._file_option = _file_option(profile.words["file_options"])
        self._tokenize: Callable[[str, int, bool], list[object]] = Parser()._tokenizer.tokenize  # type: ignore[no-untyped-call]
        self._old_variables = "<tvar|" in text  # they end with "</>"
        self._numbered = 0  # [http://… ] links without text are numbered
        self._notes = notes
        self._blocks = blocks
        self._extensions = Extensions(
            text, brackets.extensions, self._apart, blocks, self._is_file, notes
        )
        self._actions = {
            tokens.Text: self._on_text,
            tokens.WikilinkOpen: self._open_link,
            tokens.WikilinkSeparator: self._separate_link,
            tokens.WikilinkClose: self._close_link,
            tokens.ExternalLinkOpen: self._open_url,
            tokens.ExternalLinkSeparator: self._separate_url,
            tokens.ExternalLinkClose: self._close_url,
            tokens.TemplateOpen: self._open_template,
            tokens.TemplateParamSeparator: self._separate_template,
            tokens.TemplateParamEquals: self._name_argument,
            tokens.TemplateClose: self._close_template,
            tokens.ArgumentOpen: self._open_parameter,
            tokens.ArgumentSeparator: self._separate_parameter,
            tokens.ArgumentClose: self._close_parameter,
            tokens.HTMLEntityStart: self._open_entity,
            tokens.HTMLEntityNumeric: self._skip_one,
            tokens.HTMLEntityHex: self._skip_one,
            tokens.HTMLEntityEnd: self._close_entity,
        }

    def nodes(self, start: int, end: int) -> list[Node]:
        """The nodes of text[start:end], a logical line without its block markup."""
        source = self._text[start:end]
        if not _MARKUP.search(source):
            return [Node(TEXT, start, end, source)] if source else []
        nodes: list[Node] = []
        for begin, stop in pieces(self._brackets.masked, start, end):
            nodes += self._piece(begin, stop)
        return apply_quotes(nodes) if "''" in source else nodes

    def _piece(self, start: int, end: int) -> list[Node]:
        # Without a line's beginning, no list or heading mark is read as such here.
        masked = " " + self._brackets.masked[start:end].replace("\n", " ")
        self._start(start)
        for token in self._tokenize(masked, 0, True):
            self._actions[type(token)](token)
        if self._position != end or self._frames:
            return [Node(TEXT, start, end, self._text[start:end])]
        return self._out

    def _apart(self, texts: list[str]) -> list[list[Node]]:
        """The nodes of lines that are no part of the flow."""
        text = "\n".join(texts)
        reader = Inline(text, scan(text), self._profile, self._title, self._notes, self._blocks)
        read, start = [], 0
        for each in texts:
            read.append(reader.nodes(start, start + len(each)))
            start += len(each) + 1
        return read

    def _is_file(self, title: str) -> bool:
        target = self._links.target(title)
        return target is not None and target.kind == "file"

    # Text

    def _on_text(self, token: tokens.Text) -> None:
        start = max(self._position, self._begin)
        self._position += len(token["text"])
        if self._mute or self._position == start:
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
                if match["switch"].upper() not in self._switches:
                    self._add_plain(place, after)
            elif match["tag"]:
                tag = read_tag(match["tag"])
                if tag is not None:
                    self._add_tag(tag, place, after)
            at = after
            match = _TEXT_MARKS.search(text, at, end)
        self._add_plain(at, end)

    def _add_plain(self, start: int, end: int) -> None:
        if start < end:
            self._out.append(Node(TEXT, start, end, self._text[start:end]))

    def _skip_one(self, _: object) -> None:
        self._position += 1

    # [[Links]]

    def _open_link(self, _: object) -> None:
        self._push(2)

    def _separate_link(self, _: object) -> None:
        frame = self._frames[-1]
        self._sound(frame)
        target = self._links.target(self._text[frame.value : self._position])
        self._position += 1
        frame.value = self._position
        self._begin_link(frame, target)

    def _begin_link(self, frame: Frame, target: Target | None) -> None:
        if target is None:
            self._add(TEXT, frame.start, self._text[frame.start : self._position])
            frame.close = "]]"
        elif target.kind in ("category", "file"):
            frame.close = target.kind
            self._silence(frame)
        else:
            self._add(OPEN, frame.start, "", link_html(target), "a", target.user)
            frame.close = "</a>"

    def _close_link(self, _: object) -> None:
        frame = self._frames[-1]
        shown = self._text[frame.value : self._position]
        single = not frame.close
        if single:
            self._sound(frame)
            self._begin_link(frame, self._links.target(shown))
        frame = self._pop(0)
        end = self._position
        if frame.close == "]]":
            self._position += 2
            self._add(TEXT, end, "]]")
        elif frame.close == "file":
            self._position += 2
            self._add_file(frame, "" if single else shown)
        elif frame.close == "category":
            self._position += 2
        else:
            if single:
                self._add(TEXT, frame.value, html.unescape(shown).lstrip(":"))
            self._position += 2
            self._add(CLOSE, end, "", "</a>", "a")

    def _add_file(self, frame: Frame, options: str) -> None:
        name = self._text[frame.start + 2 : self._position].partition("|")[0].rstrip("]").strip()
        link = _FILE_LINK.search("|" + options)
        user = None
        if link:
            target = self._links.target(link[1].strip())
            user = target.user if target else self._links.user_of_url(link[1].strip())
        words = [part for part in options.split("|") if not self._file_option.fullmatch(part)]
        caption = (
            re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]|'''?", r"\1", words[-1]) if words else ""
        )
        markup = f'<a class="file" href="{escape(href(Target(name, "", "page")))}">'
        self._add(OPEN, frame.start, "", markup, "a", user)
        self._add(OBJECT, frame.start, "", escape(caption.strip() or name), caption.strip())
        self._add(CLOSE, self._position, "", "</a>", "a")

    # [http://addresses]

    def _open_url(self, token: tokens.ExternalLinkOpen) -> None:
        self._push(1 if token.brackets else 0).key = "[" if token.brackets else ""

    def _separate_url(self, token: tokens.ExternalLinkSeparator) -> None:
        frame = self._frames[-1]
        url = self._text[frame.value : self._position]
        if not token.suppress_space:
            self._position += 1
        self._sound(frame)
        frame.close = url
        self._begin_url(frame, url)

    def _begin_url(self, frame: Frame, url: str) -> None:
        user = self._links.user_of_url(url)
        markup = f'<a class="external" href="{escape(html.unescape(url))}">'
        self._add(OPEN, frame.start, "", markup, "a", user)

    def _close_url(self, _: object) -> None:
        frame = self._frames[-1]
        url = self._text[frame.value : self._position]
        bare = not frame.close
        frame = self._pop(0)
        if bare:
            self._begin_url(frame, url)
            if frame.key:
                # A number for whoever sees the page, and no word of the comment's.
                self._numbered += 1
                self._add(OBJECT, frame.value, "", f"[{self._numbered}]")
            else:
                self._add(TEXT, frame.value, html.unescape(url), "", "literal")
        end = self._position
        self._position += 1 if frame.key else 0
        self._add(CLOSE, end, "", "</a>", "a")

    # &entities;

    def _open_entity(self, _: object) -> None:
        self._push(1)

    def _close_entity(self, _: object) -> None:
        frame = self._pop(1)
        text = html.unescape(self._text[frame.start : self._position])
        self._add(TEXT, frame.start, text, "", "literal")

    # <tags>

    def _add_tag(self, tag: Tag, start: int, end: int) -> None:
        if tag.name in EXTENSION:  # without its end: text, to MediaWiki
            self._out.append(Node(TEXT, start, end, self._text[start:end]))
        elif tag.name not in TRANSPARENT:
            kind = _tag_kind(tag)
            self._out.append(Node(kind, start, end, "", tag.html, tag))


def _tag_kind(tag: Tag) -> Kind:
    """What kind of node a tag makes."""
    if tag.name in ("br", "hr"):
        return SEPARATOR
    if tag.name in BLOCK:
        return BLOCK_CLOSE if tag.closing else BLOCK_OPEN
    if tag.name in VOID:
        return OBJECT
    return CLOSE if tag.closing else OPEN


@lru_cache(maxsize=64)
def _file_option(words: frozenset[str]) -> re.Pattern[str]:
    """What stands in a file's link and is no caption: "thumb", "upright=1.5"."""
    known = "|".join(re.escape(word).replace(r"\$1", ".*") for word in sorted(words))
    return re.compile(rf"\s*(?:{known}|\d*x?\d+\s*px|lang\s*=.*)\s*", re.IGNORECASE)
