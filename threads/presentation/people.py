"""Who speaks, as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext_lazy

from threads.models import Comment, UnsignedText

from .addresses import AddressPattern

# The stylesheet has one colour for each.
HUES = 12
_TOLD_BY = {
    UnsignedText.KnownBy.LINK: gettext_lazy("Author known from a link in the text."),
    UnsignedText.KnownBy.TEMPLATE: gettext_lazy("Author known from a template in the text."),
    UnsignedText.KnownBy.HISTORY: gettext_lazy("Author known from the page history."),
    UnsignedText.KnownBy.EDITOR: gettext_lazy("Author named by an editor of this archive."),
}


def hue(name: str) -> int:
    """A number that is always the same for the same name, so that a person is recognised."""
    return crc32(name.encode()) % HUES


@dataclass(frozen=True, slots=True)
class Person:
    """An author with what stands beside their name."""

    name: str
    url: str
    hue: int

    @classmethod
    def named(cls, name: str, dbname: str) -> Self:
        return cls(name, reverse("author", args=[dbname, name]), hue(name))


def people_in(comments: Iterable[Comment], dbname: str) -> dict[int, Person]:
    """The authors of some comments of one wiki, by their primary key."""
    names = {comment.author_id: comment.author.name for comment in comments}
    addresses = AddressPattern("author", "title", dbname)
    return {key: Person(name, addresses.of(name), hue(name)) for key, name in names.items()}


def how_known(unsigned: UnsignedText) -> str:
    """What tells who wrote a text that is not signed, as a sentence; "" where nothing does."""
    return (
        str(_TOLD_BY.get(UnsignedText.KnownBy(unsigned.known_by), "")) if unsigned.known_by else ""
    )
