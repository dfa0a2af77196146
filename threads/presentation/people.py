"""Who speaks, as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from zlib import crc32

from django.urls import reverse

from threads.models import Comment

# The stylesheet has one colour for each.
HUES = 12


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
    return {key: Person.named(name, dbname) for key, name in names.items()}
