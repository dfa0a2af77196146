"""A user's name as another one, in every spelling.

What stands in a link to a user names that user as a whole: of “[[User:Ada|the Countess]]”, the
label goes too, since a nickname tells who it is; but for what wikis write themselves, as “talk”.
A link to somebody else is left as it is, whatever it shows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from threads.wikitext.site.languages import Profile
from threads.wikitext.site.links import Links, Target, normalise_user
from threads.wikitext.structure.identity import name_in_ids

from .patterns import pattern_of

_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|((?:[^\[\]]|\[(?!\[)|\](?!\]))*))?\]\]")
_ADDRESS = re.compile(r"\[((?:https?:)?//[^\s\[\]<>]+)(?:[ \t]+([^\[\]\n]*))?\]")
_PIECE = re.compile(f"(?P<link>{_LINK.pattern})|(?P<address>{_ADDRESS.pattern})")
_MARKUP = re.compile(r"<[^<>]*>|'{2,}")
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


@lru_cache(maxsize=512)
def _spellings(renaming: Renaming) -> _Spellings:
    anywhere = pattern_of(renaming.old, spared=renaming.spared)
    linked = pattern_of(renaming.old, either_case=True)
    parameter = re.compile(rf"(?<=[|=])(?P<before>\s*){linked.pattern}(?=\s*(?:\||\}}\}}))")
    return _Spellings(anywhere, linked, parameter)


def new_name(name: str, renamings: Iterable[Renaming]) -> str:
    """A user's name as it is after these, one after the other."""
    for renaming in renamings:
        if name == renaming.old:
            name = renaming.new
    return name


def in_words(text: str, renamings: Iterable[Renaming]) -> str:
    """A text that is no wikitext, such as a title."""
    for renaming in renamings:
        text = _anywhere(text, renaming)
    return text


def in_ids(text: str, renamings: Iterable[Renaming]) -> str:
    """The same for an id, in which long names are cut."""
    for renaming in renamings:
        text = _anywhere(text, renaming)
        cut = name_in_ids(renaming.old)
        if len(cut) < len(renaming.old.strip(" _")):
            text = text.replace(cut, name_in_ids(renaming.new))
    return text


@dataclass(slots=True)
class NameChanger:
    """Changes names in the wikitext of a wiki."""

    profile: Profile
    renamings: tuple[Renaming, ...]
    _links: Links = field(init=False)
    _kept: frozenset[str] = field(init=False)  # labels that wikis write themselves

    def __post_init__(self) -> None:
        self._links = Links(self.profile, "")
        own = (self.profile.messages.get(key, "") for key in ("talkpagelinktext", "contribslink"))
        self._kept = frozenset({*_TALK, *(label.lower() for label in own)})

    def changed(self, wikitext: str) -> str:
        """The wikitext with every name changed."""
        for renaming in self.renamings:
            if _spellings(renaming).linked.search(wikitext):
                wikitext = self._with(wikitext, renaming)
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
        return _anywhere(text, renaming) if renaming.everywhere else text

    def _linked(self, found: re.Match[str], renaming: Renaming) -> str:
        is_link = found["link"] is not None
        source, label = found.group(2, 3) if is_link else found.group(5, 6)
        target = self._links.target(source) if is_link else None
        user = self._links.user_of_url(source) if not is_link else target and target.user
        if user and user != renaming.old:
            return found[0]
        if not (user or self._is_below(target, renaming)):
            return self._other(found[0], source, renaming)
        source = _spellings(renaming).linked.sub(lambda it: _put(it, renaming.new), source)
        if label is not None and not self._is_wikis_own(label):
            label = renaming.new
        shown = "" if label is None else f"|{label}" if is_link else f" {label}"
        return f"[[{source}{shown}]]" if is_link else f"[{source}{shown}]"

    def _is_below(self, target: Target | None, renaming: Renaming) -> bool:
        """Whether it is a page below the user's own."""
        namespace, _colon, rest = (target.title if target else "").partition(":")
        if namespace.strip().lower() not in self.profile.user | self.profile.user_talk:
            return False
        return "/" in rest and normalise_user(rest.partition("/")[0]) == renaming.old

    def _is_wikis_own(self, label: str) -> bool:
        return _MARKUP.sub("", label).strip(" ()[]\u00a0").lower() in self._kept

    def _other(self, link: str, source: str, renaming: Renaming) -> str:
        """A link to anything else."""
        return _anywhere(link, renaming) if renaming.everywhere else link


def _anywhere(text: str, renaming: Renaming) -> str:
    spelling = _spellings(renaming).anywhere
    return spelling.sub(lambda it: _put(it, renaming.new) if it["name"] else it[0], text)


def _put(found: re.Match[str], new: str) -> str:
    """The new name, spelled as the old one was."""
    if "%" in found[0]:
        return quote(new.replace(" ", "_"), safe="")
    begin = max(found.string.rfind(mark, 0, found.start()) for mark in " \n[|<#")
    word = found.string[begin + 1 : found.start()]
    # An id has underscores for blanks, whatever name is in it.
    joined = "_" in found[0] or "//" in word or word.startswith(("c-", "h-"))
    return new.replace(" ", "_") if joined else new
