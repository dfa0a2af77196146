"""Page titles as MediaWiki writes them (its manual: Page title), by what a wiki calls things."""

import unicodedata
from collections.abc import Mapping
from typing import Any, Protocol

from .interwiki import keeps_first_letters
from .languages import Profile, UnknownLanguage, profile_for
from .links import TALK, capital, normalise_title

# The namespaces of what is about the wiki: each wiki calls them by its own name.
PROJECT = {
    "project": (4, "Project"),
    "project talk": (5, "Project talk"),
    "wikipedia": (4, "Wikipedia"),
    "wikipedia talk": (5, "Wikipedia talk"),
}


class NamedSite(Protocol):
    """What titles need to know of a wiki."""

    @property
    def language(self) -> str:
        """MediaWiki's code."""
        ...

    @property
    def known_as(self) -> str:
        """The database name of one of Wikimedia's wikis; "" for every other."""
        ...

    @property
    def namespaces(self) -> Mapping[str, Mapping[str, Any]]:
        """What the wiki itself says of them: number to "name", and where known "aliases"."""
        ...


def wikis_title(title: str, wiki: NamedSite) -> str:
    """The title that the wiki writes for one that stands in an address; no title is refused."""
    namespace, rest = split_namespace(title, wiki)
    return with_namespace(namespace, rest, wiki) if rest else title


def subject_title(title: str, wiki: NamedSite) -> str:
    """The page that a talk page discusses: MediaWiki's subject page; "" for what is no talk page.

    In: a title as the wiki writes it.
    """
    prefix, _colon, rest = title.partition(":")
    number, rest = _number(prefix.strip().lower(), wiki), rest.strip()
    if not rest or (number is not None and (number < 0 or number % 2 == 0)):
        return ""
    if number == TALK:
        return rest
    name = prefix.removesuffix(" talk")
    if number is not None:
        usual = _profile(wiki).namespace_names.get(number - 1)
        name = _own_name(number - 1, wiki) or usual or name
    return f"{name}:{rest}" if name != prefix else ""


def namespace_number(title: str, wiki: NamedSite) -> int:
    """MediaWiki's number of the namespace that a title of the wiki names; 0 where it names none."""
    prefix, colon, _rest = _clean(title).partition(":")
    return (_number(prefix.strip().lower(), wiki) or 0) if colon else 0


def names_of_namespace(number: int, wiki: NamedSite) -> set[str]:
    """What titles of the wiki that are in a namespace begin with, before the colon."""
    known = [_own_name(number, wiki), _profile(wiki).namespace_names.get(number)]
    return {*filter(None, known), *(name for told, name in PROJECT.values() if told == number)}


def split_namespace(title: str, wiki: NamedSite) -> tuple[str, str]:
    """The namespace as the wiki calls it, "" where there is none; and the rest."""
    title = _clean(title)
    prefix, colon, rest = title.partition(":")
    name = _namespace(prefix.strip().lower(), wiki) if colon else None
    return (name, rest.strip()) if name else ("", title)


def with_namespace(namespace: str, rest: str, wiki: NamedSite) -> str:
    """A full title, its first letter in upper case where the wiki wants it so."""
    if rest and not keeps_first_letters(wiki.known_as):
        rest = capital(rest)
    return f"{namespace}:{rest}" if namespace else rest


def _clean(title: str) -> str:
    return normalise_title(unicodedata.normalize("NFC", title)).lstrip(": ")


def _namespace(name: str, wiki: NamedSite) -> str | None:
    """What the wiki calls the namespace that has this name, in small letters."""
    number = _number(name, wiki)
    if number is None:
        return None
    own = _own_name(number, wiki)
    return own or PROJECT.get(name, (0, ""))[1] or _profile(wiki).namespace_names[number]


def _own_name(number: int, wiki: NamedSite) -> str | None:
    name: str | None = wiki.namespaces.get(str(number), {}).get("name")
    return name


def _number(name: str, wiki: NamedSite) -> int | None:
    """MediaWiki's number of the namespace that has this name, in small letters."""
    for number, facts in wiki.namespaces.items():
        names = [facts["name"], *facts.get("aliases", ())]
        if name in (each.lower() for each in names if each):
            return int(number)
    return PROJECT[name][0] if name in PROJECT else _profile(wiki).namespaces.get(name)


def _profile(wiki: NamedSite) -> Profile:
    try:
        return profile_for(wiki.language)
    except UnknownLanguage:
        return profile_for()
