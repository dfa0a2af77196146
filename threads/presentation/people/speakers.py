"""Who speaks, as a page shows them, each with a color.

Away from talk pages, a name always has the same color. On a talk page, colors are given out so
that those who write the most, and those whose comments stand near each other, can be told apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from zlib import crc32

from django.urls import reverse
from django.utils.translation import gettext_lazy

from threads.models import Comment, TalkPage, UnsignedText
from threads.presentation.addresses.patterns import AddressPattern

# The stylesheet has one color for each; those next to each other look alike, in a circle.
HUES = 12
# Comments that are at most so many apart are neighbors.
NEAR = 3
_TOLD_BY = {
    UnsignedText.KnownBy.LINK: gettext_lazy("Author known from a link in the text."),
    UnsignedText.KnownBy.TEMPLATE: gettext_lazy("Author known from a template in the text."),
    UnsignedText.KnownBy.NAME: gettext_lazy("Name in the text, without an account."),
    UnsignedText.KnownBy.HISTORY: gettext_lazy("Author known from the page history."),
    UnsignedText.KnownBy.EDITOR: gettext_lazy("Author named by an editor of this archive."),
}


def hue(name: str) -> int:
    """A number that is always the same for the same name, so that a person is recognised."""
    return crc32(name.encode()) % HUES


Hues = Mapping[str, int]  # by name; who is not in it has the hue of their name
NO_HUES: Hues = MappingProxyType({})


def page_hues(speakers: Sequence[str]) -> Hues:
    """The hues of a talk page. In: who wrote each of its comments, in reading order.

    Who wrote more chooses first: a hue that no neighbor has, then one that few comments have,
    then one unlike those of the neighbors, then the one nearest to that of their name.
    """
    neighbors = _neighbors(speakers)
    hues: dict[str, int] = {}
    comments = [0] * HUES  # how many have each hue
    for name, count in Counter(speakers).most_common():
        taken = [0] * HUES  # how often each hue stands near
        for other, times in neighbors[name].items():
            if other in hues:
                taken[hues[other]] += times
        ranks = [
            (
                taken[each],
                comments[each],
                taken[each - 1] + taken[(each + 1) % HUES],
                (each - hue(name)) % HUES,
                each,
            )
            for each in range(HUES)
        ]
        hues[name] = min(ranks)[-1]
        comments[hues[name]] += count
    return hues


def hues_of(page: TalkPage) -> Hues:
    """The hues of a talk page as it stands now. One query."""
    comments = Comment.objects.current().filter(page=page).in_order()
    return page_hues(list(comments.values_list("author__name", flat=True)))


def _neighbors(speakers: Sequence[str]) -> Mapping[str, Counter[str]]:
    """How often each person's comments stand near those of each other person."""
    neighbors: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for distance in range(1, NEAR + 1):
        for one, other in zip(speakers, speakers[distance:], strict=False):
            if one != other:
                neighbors[one][other] += 1
                neighbors[other][one] += 1
    return neighbors


@dataclass(frozen=True, slots=True)
class Person:
    """An author with what stands beside their name."""

    name: str
    url: str
    hue: int

    @classmethod
    def named(cls, name: str, dbname: str, hues: Hues = NO_HUES) -> Self:
        """In: `hues`, those of the talk page on which the person is named."""
        url = reverse("author", args=[dbname, name])
        return cls(name, url, hues[name] if name in hues else hue(name))


def people_in(comments: Iterable[Comment], dbname: str, hues: Hues) -> dict[int, Person]:
    """The authors of some comments of one wiki, by their primary key."""
    names = {comment.author_id: comment.author.name for comment in comments}
    addresses = AddressPattern("author", "title", dbname)
    return {
        key: Person(name, addresses.of(name), hues[name] if name in hues else hue(name))
        for key, name in names.items()
    }


def how_known(unsigned: UnsignedText) -> str:
    """What tells who wrote a text that is not signed, as a sentence; "" where nothing does."""
    return (
        str(_TOLD_BY.get(UnsignedText.KnownBy(unsigned.known_by), "")) if unsigned.known_by else ""
    )
