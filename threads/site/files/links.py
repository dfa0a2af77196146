"""Links of the archive's pages, led to the files of a copy."""

import re
from collections.abc import Callable, Collection, Iterable
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import Q

from threads.models import Comment

from .addresses import comment_in, file_of, up_from

# An attribute with an address of the archive: a path, or another query of the same page.
_ATTRIBUTE = re.compile(
    r'(<(?:a|img|source)\b(?:[^<>"]|"[^"]*")*?)\s(?:href|src)="((?:/(?!/)|\?)[^"]*)"'
)
_PERMANENT = re.compile(r'\shref="(/comment/[^"#]*)')
# What looks like an attribute in a text that is about HTML: readers of ZIM files and other simple
# programs take it for one.
_LIKE_AN_ATTRIBUTE = re.compile(r'&lt;[^<]*\b(?:href|src)="')
_TOKEN = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)|[^<]+')


class Led(NamedTuple):
    """HTML whose links lead to files of a copy."""

    html: str
    asked: set[str]  # the files that it led to, or would have


class CopiedLinks:
    """Knows which files a copy has, and where comments stand in them.

    In: `files`, the paths that links may lead to, within a language's folder.
    """

    def __init__(self, files: Collection[str]) -> None:
        self._files = files
        self._comments: dict[str, str] = {}  # files with fragments, by permanent links
        self._known: dict[str, str] = {}  # files by other addresses; "" for what no copy has

    def learn(self, html: str) -> None:
        """Find out where the comments stand that these pages link to. One query at most."""
        if 'href="/comment/' not in html:
            return
        links = {unescape(link) for link in _PERMANENT.findall(html)} - self._comments.keys()
        idents = {link: comment_in(link) for link in links}
        found = _places(ident for ident in idents.values() if ident)
        for link, ident in idents.items():
            self._comments[link] = found.get(ident, "")

    def led(self, html: str, path: str, address: str = "") -> Led:
        """The same HTML for a file; a link to what the copy does not have loses its target and
        stays as text.

        In: the file's path in the folder of its language, and its address in the archive.
        """
        asked = set[str]()
        if _LIKE_AN_ATTRIBUTE.search(html):
            html = _TOKEN.sub(lambda token: token[1] or token[0].replace('"', "&quot;"), html)
        leading = self._leading(path, address.partition("?")[0], asked)
        return Led(_ATTRIBUTE.sub(leading, html), asked)

    def _leading(self, path: str, here: str, asked: set[str]) -> Callable[[re.Match[str]], str]:
        written: dict[str, str] = {}
        up = up_from(path)

        def attribute(match: re.Match[str]) -> str:
            before, given = match.groups()
            if given not in written:
                target = self._target(unescape(given), here)
                if not given.startswith("?"):  # parts of a list are there with its first one
                    asked.add(target.partition("#")[0])
                    target = self._there(target)
                is_here = target.startswith(f"{path}#")
                there = target.removeprefix(path) if is_here else up + target
                written[given] = f' href="{escape(there)}"' if target else ""
            return f"{before}{written[given]}"

        return attribute

    def _target(self, address: str, here: str) -> str:
        """The file that stands for an address, with a fragment, whether or not it is there."""
        if address.startswith("?"):  # another part of the same list
            return file_of(here + address.partition("#")[0]) or ""
        path, hash_, fragment = address.partition("#")
        if path.startswith("/comment/"):
            return self._comments.get(path, "")
        if path not in self._known:
            self._known[path] = file_of(path) or ""
        file = self._known[path]
        return f"{file}{hash_}{fragment}" if file else ""

    def _there(self, target: str) -> str:
        return target if target.partition("#")[0] in self._files else ""


def _places(idents: Iterable[str]) -> dict[str, str]:
    """Files and fragments of comments by ids and names; of several, the first by page. One
    query."""
    wanted = sorted(set(idents))
    if not wanted:
        return {}
    known = Comment.objects.current().signed_at_times_in(wanted)
    found = known.filter(Q(ident__in=wanted) | Q(name__in=wanted)).select_related("page__wiki")
    rows = found.only("ident", "name", "page__title", "page__wiki__dbname")
    places: dict[str, str] = {}
    for comment in rows.order_by("page__title", "page_id", "position"):
        place = f"{file_of(comment.page.get_absolute_url())}#{quote(comment.ident)}"
        places.setdefault(comment.ident, place)
        places.setdefault(comment.name, place)
    return places
