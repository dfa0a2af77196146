"""A user's name as another one, in every spelling.

What stands in a link to a user names that user as a whole: of “[[User:Ada|the Countess]]”, the
label goes too, since a nickname tells who it is; but for what wikis write themselves, as “talk”.
A link to somebody else is left as it is, whatever it shows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote

from threads.wikitext.site.languages import Profile
from threads.wikitext.site.links import Links, normalise_user
from threads.wikitext.structure.identity import MAX_BYTES, MOST_BYTES, name_in_ids, truncate

from .addresses import written_as
from .patterns import BEGIN, pattern_of

_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|((?:[^\[\]]|\[(?!\[)|\](?!\]))*))?\]\]")
_ADDRESS = re.compile(
    r"\[((?:https?:)?//[^\s\[\]<>]+|\{\{\w+url:[^{}\[\]\n]*\}\})(?:[ \t]+([^\[\]\n]*))?\]"
)
_BARE = re.compile(r"https?://[^\s\[\]<>|{}]+")
_PIECE = re.compile(
    f"(?P<link>{_LINK.pattern})|(?P<address>{_ADDRESS.pattern})|(?P<bare>{_BARE.pattern})"
)
_COMMENT = re.compile(r"<!--.*?-->")
_FULL_URL = re.compile(r"\{\{\w+:\s*([^|}]*)")
_MARKUP = re.compile(r"<[^<>]*>|'{2,}")
_IDENT = re.compile(r"(?<!\w)[ch]-[^\s\[\]|<>]{1,400}")
_TELLS = 3  # bytes of the beginning of a name
_TALK = {"talk", "contribs", "contributions", "disc", "discuss", "discussion", "t", "c"}


@dataclass(frozen=True, slots=True)
class Renaming:
    """One name that another one is to stand for."""

    old: str  # as users' names are normalised
    new: str
    everywhere: bool = True  # or in links, signatures and templates alone
    spared: tuple[str, ...] = ()  # longer names that have the old one in them


@dataclass(slots=True)
class _Spellings:
    anywhere: re.Pattern[str]  # as written
    linked: re.Pattern[str]  # in a link's target
    parameter: re.Pattern[str]  # as a whole parameter of a template
    signed: re.Pattern[str]  # as whose a comment is, in its id


@lru_cache(maxsize=512)
def _titled(renaming: Renaming, places: str) -> re.Pattern[str]:
    """The name behind what leads to a user by itself, such as “User talk:” (`places`)."""
    linked = _spellings(renaming).linked.pattern
    return re.compile(rf"(?P<before>{BEGIN}(?i:{places})[ _]*){linked}", re.DOTALL)


@lru_cache(maxsize=512)
def _spellings(renaming: Renaming) -> _Spellings:
    anywhere = pattern_of(renaming.old, spared=renaming.spared)
    linked = pattern_of(renaming.old, either_case=True)
    parameter = re.compile(
        rf"(?<=[|=])(?P<before>\s*){linked.pattern}(?=\s*(?:\||\}}\}}))", re.DOTALL
    )
    cut = pattern_of(name_in_ids(renaming.old).replace("_", " "))
    signed = re.compile(rf"(?<=-){cut.pattern}(?=-\d{{4}}-?\d\d-?\d\dT?\d\d)", re.DOTALL)
    return _Spellings(anywhere, linked, parameter, signed)


def new_name(name: str, renamings: Iterable[Renaming]) -> str:
    """A user's name as it is after these, one after the other."""
    for renaming in renamings:
        if renaming.old in (name, normalise_user(name)):
            name = renaming.new
    return name


def in_words(text: str, renamings: Iterable[Renaming]) -> str:
    """A text that is no wikitext, such as a title."""
    for renaming in renamings:
        text = _anywhere(text, renaming)
    return text


def in_ids(text: str, renamings: Iterable[Renaming]) -> str:
    """The same for an id, in which long names are cut; where a name is not changed everywhere,
    headings keep it."""
    for renaming in renamings:
        text = _anywhere(text, renaming) if renaming.everywhere else text
        text = _in_signed(text, renaming)
        cut = name_in_ids(renaming.old)
        if renaming.everywhere and len(cut) < len(renaming.old.strip(" _")):
            text = text.replace(cut, name_in_ids(renaming.new))
        text = _in_cut(text, renaming) if renaming.everywhere else text
    return text


@dataclass(slots=True)
class NameChanger:
    """Changes names in the wikitext of a wiki."""

    profile: Profile
    renamings: tuple[Renaming, ...]
    _links: Links = field(init=False)
    _kept: frozenset[str] = field(init=False)  # labels that wikis write themselves
    _places: str = field(init=False)  # what leads to a user, as a regular expression

    def __post_init__(self) -> None:
        self._links = Links(self.profile, "")
        own = (self.profile.messages.get(key, "") for key in ("talkpagelinktext", "contribslink"))
        self._kept = frozenset({*_TALK, *(label.lower() for label in own)})
        known = self.profile
        of_users = [f"{place}:" for place in (known.user | known.user_talk) - {""}]
        about = [f"{place}:{page}/" for place in known.special for page in known.contributions]
        places = sorted((re.escape(place) for place in of_users + about), key=len, reverse=True)
        self._places = "|".join(place.replace(r"\ ", "[ _]") for place in places)

    def changed(self, wikitext: str) -> str:
        """The wikitext with every name changed."""
        for renaming in self.renamings:
            wikitext = written_as(renaming.old, wikitext)
            if _spellings(renaming).linked.search(wikitext):
                wikitext = self._with(wikitext, renaming)
            wikitext = _in_signed(wikitext, renaming)
            if renaming.everywhere:
                wikitext = _IDENT.sub(lambda it, by=renaming: _in_cut(it[0], by), wikitext)  # type: ignore[misc]
        return wikitext

    def _with(self, wikitext: str, renaming: Renaming) -> str:
        pieces = []
        at = 0
        for found in _PIECE.finditer(wikitext):
            pieces.append(self._plain(wikitext[at : found.start()], renaming))
            pieces.append(self._linked(found, renaming))
            at = found.end()
        return "".join([*pieces, self._plain(wikitext[at:], renaming)])

    def _plain(self, text: str, renaming: Renaming) -> str:
        spellings = _spellings(renaming)
        text = spellings.parameter.sub(lambda it: f"{it['before']}{renaming.new}", text)
        titled = _titled(renaming, self._places)
        text = titled.sub(lambda it: f"{it['before']}{_put(it, renaming.new)}", text)
        return _anywhere(text, renaming) if renaming.everywhere else text

    def _linked(self, found: re.Match[str], renaming: Renaming) -> str:
        is_link = found["link"] is not None
        source, label = found.group(2, 3) if is_link else found.group(5, 6)
        source = source or found[0]  # an address without brackets
        user = self._user(source, renaming, is_link=is_link)
        if user != renaming.old:
            return self._other(found[0], renaming, user)
        source = _spellings(renaming).linked.sub(lambda it: _put(it, renaming.new), source)
        if found["bare"]:
            return source
        if label is not None and not self._is_wikis_own(label):
            label = renaming.new
        shown = "" if label is None else f"|{label}" if is_link else f" {label}"
        return f"[[{source}{shown}]]" if is_link else f"[{source}{shown}]"

    def _user(self, source: str, renaming: Renaming, *, is_link: bool) -> str:
        """Whom a link leads to: who is to have another name also where it is a page below theirs,
        or a special page about them."""
        source = _COMMENT.sub("", source)
        if full := _FULL_URL.match(source):
            source, is_link = full[1], True
        if not is_link:
            return self._links.user_of_url(source) or ""
        target = self._links.target(source)
        if target is None or target.user:
            return (target.user if target else "") or ""
        namespace, _colon, rest = target.title.partition(":")
        root, slash, below = rest.partition("/")
        place = namespace.strip().lower()
        if place in self.profile.special:
            return normalise_user(below) or ""
        of_users = self.profile.user | self.profile.user_talk
        return (normalise_user(root) or "") if slash and place in of_users else ""

    def _is_wikis_own(self, label: str) -> bool:
        return _MARKUP.sub("", label).strip(" ()[]\u00a0").lower() in self._kept

    def _other(self, link: str, renaming: Renaming, user: str) -> str:
        """A link to anything else; in: whom it names, if anybody."""
        if not renaming.everywhere:
            return link
        if renaming.old in user:  # a longer name, of somebody of whom the archive has nothing
            renaming = replace(renaming, spared=(*renaming.spared, user))
        return _anywhere(link, renaming)


def _anywhere(text: str, renaming: Renaming) -> str:
    spelling = _spellings(renaming).anywhere
    text = written_as(renaming.old, text)
    return spelling.sub(lambda it: _put(it, renaming.new) if it["name"] else it[0], text)


def _in_signed(text: str, renaming: Renaming) -> str:
    """A text in which ids of comments are not by the old name, such as links to them."""
    return _spellings(renaming).signed.sub(lambda _found: name_in_ids(renaming.new), text)


def _in_cut(ident: str, renaming: Renaming) -> str:
    """An id of whose headings one is cut within the old name: ids have their first 80 bytes."""
    old, new = renaming.old.replace(" ", "_"), renaming.new.replace(" ", "_")
    for end in [mark.start() for mark in re.finditer(r"-|\Z", ident)][::-1]:
        begin = _begin_of_cut(ident, end)
        heading = ident[begin:end] if begin else ""
        for length in range(min(len(old) - 1, len(heading)), 0, -1):
            part = old[:length].rstrip("_")
            left = heading.removesuffix(part)
            if left != heading and len(part.encode()) >= _TELLS and not left[-1:].isalnum():
                ident = f"{ident[:begin]}{truncate(left + new)}{ident[end:]}"
                break
    return ident


def _begin_of_cut(ident: str, end: int) -> int:
    """Where a heading begins in an id that ends there and may have been cut; 0 for none."""
    begin = end
    while begin and (size := len(ident[begin:end].encode())) <= MAX_BYTES:
        if size > MAX_BYTES - MOST_BYTES and ident[begin - 1] == "-":
            return begin
        begin -= 1
    return 0


def _put(found: re.Match[str], new: str) -> str:
    """The new name, spelled as the old one was."""
    if "%" in found[0]:
        return quote(new.replace(" ", "_"), safe="")
    begin = max(found.string.rfind(mark, 0, found.start()) for mark in " \n[|<#")
    word = found.string[begin + 1 : found.start()]
    # An id has underscores for blanks, whatever name is in it.
    joined = "_" in found[0] or "//" in word or word.startswith(("c-", "h-"))
    return new.replace(" ", "_") if joined else new
