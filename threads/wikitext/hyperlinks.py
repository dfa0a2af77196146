"""[[Links]], [[File:Pictures.png]] and [https://addresses] among the tokens of a line."""

import re
from html import escape

from mwparserfromhell.parser import tokens

from .entities import unescape
from .files import Files, label, opening
from .languages import Profile
from .links import Links, Target, href
from .nodes import BLOCK_CLOSE, BLOCK_OPEN, CLOSE, LINK, LITERAL, OBJECT, OPEN, TEXT, Node
from .tags import Tag
from .walk import Frame, Walk

_FIGURE = Tag("figure", False, False, {})
_CAPTION = Tag("figcaption", False, False, {})
_ANGLE = re.compile("&(?:lt|gt);")


class LinkWalk(Walk):
    """A walk that knows what to do with links."""

    def __init__(self, text: str, profile: Profile, title: str) -> None:
        super().__init__(text)
        self._links = Links(profile, title)
        self._files = Files(profile)
        self._trail = re.compile(profile.trail)
        self._prefix = re.compile(rf"[{profile.prefix}]") if profile.prefix else None
        self._numbered = 0  # [http://… ] links without text are numbered
        self._ended: Node | None = None  # the end of the latest link to a page

    def _open_link(self, _: object) -> None:
        if not self._mute:
            for frame in self._frames:
                self._unlink(frame)
        self._push(2)

    def _unlink(self, frame: Frame) -> None:
        """No link holds another one: then the outer one is text."""
        if frame.close in ("</a>", "</strong>") and not frame.key:
            shown = self._text[frame.start : frame.shown]
            self._out[frame.node] = Node(TEXT, frame.start, frame.shown, shown)
            frame.close = "]]"

    def _separate_link(self, _: object) -> None:
        frame = self._frames[-1]
        self._sound(frame)
        target = self._links.target(self._text[frame.value : self._position])
        self._position += 1
        frame.value = self._position
        if self._text.startswith("]]", self._position) and target and target.kind != "file":
            target = None  # [[Help:Lamp|]] is only read when a page is saved
        self._begin_link(frame, target)

    def _begin_link(self, frame: Frame, target: Target | None) -> None:
        frame.shown = self._position
        if target is None:
            self._add(TEXT, frame.start, self._text[frame.start : self._position])
            frame.close = "]]"
        elif target.kind == "file":
            frame.close = "file"
        elif target.kind in ("category", "language"):
            frame.close = "hidden"
            self._silence(frame)
        else:
            before = self._before(frame.start)
            frame.node = len(self._out)
            markup = self._links.opening(target)
            self._add(OPEN, frame.start, "", markup, LINK, target.user)
            if before:
                self._add(TEXT, before[0], before[1])
            frame.close = "</strong>" if markup == "<strong>" else "</a>"

    def _before(self, start: int) -> tuple[int, str] | None:
        """Where the part of the link begins that stands before it, and what it is."""
        prefix, last = self._prefix, self._out[-1] if self._out and not self._mute else None
        if not prefix or last is None or last.kind is not TEXT or last.info or last.end != start:
            return None
        begin = len(last.text)
        while begin and prefix.match(last.text, begin - 1):
            begin -= 1
        before = last.text[begin:]
        if not before:
            return None
        last.text = last.text[:begin]
        last.end = start - len(before)
        if not last.text:
            self._out.pop()
        return last.end, before

    def _close_link(self, _: object) -> None:
        frame = self._frames[-1]
        shown = self._text[frame.value : self._position]
        single = not frame.close
        target = self._links.target(shown) if single else None
        if single:
            self._sound(frame)
            self._begin_link(frame, target)
        frame = self._pop(0)
        end = self._position
        self._position += 2
        if frame.close == "]]":
            self._add(TEXT, end, "]]")
        elif frame.close == "file":
            self._add_file(frame, end, single=single)
        elif frame.close != "hidden":
            if target:
                own = unescape(target.text or shown).lstrip(": ") or target.title
                self._out_text(frame.value, end, own)
            self._add(CLOSE, end, "", frame.close, LINK)
            self._ended = self._out[-1] if self._out else None

    def _out_text(self, start: int, end: int, text: str) -> None:
        if not self._mute:
            self._out.append(Node(TEXT, start, end, text))

    def _take_trail(self, start: int, end: int) -> int:
        """Where the text goes on behind the link's trail: the "s" of [[lamp]]s."""
        last, self._ended = self._ended, None
        if last is None or not self._out or last is not self._out[-1] or last.end != start:
            return start
        match = self._trail.match(self._text, start, end)
        if match is None or match.end() == start:
            return start
        after = match.end()
        self._out[-1:] = [
            Node(TEXT, start, after, match[0]),
            Node(CLOSE, after, after, "", last.html, last.info),
        ]
        return after

    # [[File:Pictures.png]]

    def _add_file(self, frame: Frame, end: int, *, single: bool) -> None:
        if self._mute:
            return
        inside = self._out[frame.node :]
        del self._out[frame.node :]
        source = self._text[frame.start + 2 : end]
        target = self._links.target(source.partition("|")[0])
        title = target.title if target else source
        name = title.partition(":")[2]
        options = self._files.options(self._text, end if single else frame.value, end)
        where, user = self._file_link(options.link, target)
        begin, finish = opening(name, options, where)
        block = options.framed or options.placed
        if block:
            self._add(BLOCK_OPEN, frame.start, "", "<figure>", _FIGURE)
        self._add(OPEN, frame.start, "", begin, LINK, user)
        shown = escape(label(options, self._text, title))
        self._add(OBJECT, frame.start, "", shown)
        self._add(CLOSE, end, "", finish, LINK)
        if options.framed and options.caption:
            self._add(BLOCK_OPEN, options.caption[0], "", "<figcaption>", _CAPTION)
            self._out += _within(inside, *options.caption)
            self._add(BLOCK_CLOSE, end, "", "</figcaption>", _CAPTION)
        if block:
            self._add(BLOCK_CLOSE, end, "", "</figure>", _FIGURE)

    def _file_link(self, link: str | None, target: Target | None) -> tuple[str, str | None]:
        """Where a picture leads, "" for nowhere, and whom that names."""
        if link == "":
            return "", None
        if link is None:
            return href(target) if target else "", None
        other = self._links.target(link)
        if other is not None:
            return href(other), other.user
        return unescape(link), self._links.user_of_url(link)

    # [http://addresses]

    def _open_url(self, token: tokens.ExternalLinkOpen) -> None:
        brackets = token.get("brackets")  # as an attribute, it takes far longer
        self._push(1 if brackets else 0).key = "[" if brackets else ""

    def _separate_url(self, token: tokens.ExternalLinkSeparator) -> None:
        frame = self._frames[-1]
        url = self._text[frame.value : self._position]
        if not token.get("suppress_space"):
            self._position += 1
        self._sound(frame)
        frame.shown = self._position
        self._begin_url(frame, url)

    def _begin_url(self, frame: Frame, url: str) -> None:
        if any(
            outer.close in ("</a>", "</strong>") for outer in self._frames if outer is not frame
        ):
            frame.close = "]"  # no link holds another one: this one is text
            self._add(TEXT, frame.start, unescape(self._text[frame.start : self._position]))
            return
        frame.close = "</a>"
        address = unescape(url)
        user = self._links.user_of_url(url)
        markup = f'<a class="external" href="{escape(address)}">'
        self._add(OPEN, frame.start, "", markup, LINK, user)

    def _close_url(self, _: object) -> None:
        frame = self._frames[-1]
        url = self._text[frame.value : self._position]
        bare = not frame.close
        nameless = bare or self._text[frame.shown : self._position].isspace()
        frame = self._pop(0)
        end = self._position
        if bare and not frame.key:
            self._close_address(frame, url)
            return
        if bare:
            self._begin_url(frame, url)
        self._position += 1
        if frame.close == "]":
            self._add(TEXT, end, "]")
            return
        if nameless and not self._mute:
            # A number for whoever sees the page, and no word of the comment's.
            self._numbered += 1
            del self._out[frame.node + 1 :]
            self._out.append(Node(OBJECT, frame.value, end, "", f"[{self._numbered}]"))
        self._add(CLOSE, end, "", "</a>", LINK)

    def _close_address(self, frame: Frame, url: str) -> None:
        """An address without brackets, which ends before what stands for < or >."""
        cut = _ANGLE.search(url)
        address = url[: cut.start()] if cut else url
        end = self._position
        self._position = frame.start + len(address)
        self._begin_url(frame, address)
        if frame.close != "]":
            self._add(TEXT, frame.start, unescape(address), "", LITERAL)
            self._add(CLOSE, self._position, "", "</a>", LINK)
        self._position, behind = end, self._position
        if cut:
            self._add(TEXT, behind, unescape(url[cut.start() :]), "", LITERAL)


def _within(nodes: list[Node], start: int, end: int) -> list[Node]:
    """Those nodes that stand in text[start:end], a text that begins before it cut."""
    kept = []
    for node in nodes:
        if node.start >= start and node.end <= end:
            kept.append(node)
        elif node.kind is TEXT and node.end > start and len(node.text) == node.end - node.start:
            first, last = max(node.start, start), min(node.end, end)
            text = node.text[first - node.start : last - node.start]
            kept.append(Node(TEXT, first, last, text, "", node.info))
    return kept
