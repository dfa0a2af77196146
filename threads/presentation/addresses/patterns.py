"""Addresses of many things of one kind, for which `reverse` is asked once.

It goes through all patterns, which takes longer than all else that a row of a page needs.
"""

from functools import cached_property
from urllib.parse import quote

from django.urls import reverse
from django.urls.converters import get_converters

# What `reverse` leaves as it is.
SAFE = "!$&'()*+,;=/~:@"
_ANY = "x"


class AddressPattern:
    """Addresses that differ in their last part alone.

    In: the pattern's name in threads/urls.py, its last part's converter, and the parts before.
    """

    def __init__(self, name: str, converter: str, *args: str) -> None:
        self._written = get_converters()[converter].to_url
        self._beginning = reverse(name, args=[*args, _ANY]).removesuffix(_ANY)

    def of(self, last: str) -> str:
        """What `reverse` gives, with this as the last part."""
        return self._beginning + quote(self._written(last), safe=SAFE)


def on_page(title: str) -> str:
    """Which page a comment is meant on, behind the address of what can be done with it.

    Several pages of a wiki may hold comments with the same id, as where one message was sent to
    many talk pages.
    """
    written: str = get_converters()["title"].to_url(title)
    return f"?page={quote(written, safe='/:')}"


class CommentAddresses:
    """Where the comments of one page, and what can be done with them, are found by their ids."""

    def __init__(self, dbname: str, title: str) -> None:
        self._dbname = dbname
        self.on_page = on_page(title)  # stands behind all but permanent links and histories
        self._paths: dict[str, str] = {}
        self._fragments: dict[str, str] = {}
        self._written = get_converters()["text"].to_url

    @cached_property
    def comment(self) -> str:
        """What stands before a path's last part: of permanent links …"""
        return reverse("comment", args=[_ANY]).removesuffix(_ANY)

    @cached_property
    def reply(self) -> str:
        return self._beginning("reply")

    @cached_property
    def cite(self) -> str:
        return self._beginning("cite")

    @cached_property
    def history(self) -> str:
        return self._beginning("history")

    @cached_property
    def preview(self) -> str:
        """… and of what shows the beginning of a comment."""
        return self._beginning("preview")

    def _beginning(self, name: str) -> str:
        return reverse(name, args=[self._dbname, _ANY]).removesuffix(_ANY)

    def last(self, ident: str) -> str:
        """An id as the last part of a path."""
        path = self._paths.get(ident)
        if path is None:
            path = self._paths[ident] = quote(self._written(ident), safe=SAFE)
        return path

    def fragment(self, ident: str) -> str:
        """An id as it stands behind a #."""
        fragment = self._fragments.get(ident)
        if fragment is None:
            fragment = self._fragments[ident] = quote(ident)
        return fragment

    def parameter(self, ident: str) -> str:
        """An id as a value behind a “?”."""
        return quote(ident, safe="")
