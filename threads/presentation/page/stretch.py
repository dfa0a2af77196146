"""Some of a page's items, whatever they are, as they follow each other from a place on."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from threads.models import Comment, Section, TalkPage, UnsignedText
from threads.models.discussion.items import Item, ItemQuerySet


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items in reading order, each with its page, its section and what it answers."""

    items: Sequence[Item]
    following: int | None  # the place after which others follow; None where none do


def stretch_of(page: TalkPage, after: int, most: int, topic: Section | None = None) -> Stretch:
    """At most so many items behind a place; of a topic, those of it with its heading.

    Three queries, of which each looks at no more rows than that.
    """
    first, last = after + 1, None
    if topic is not None:
        first, last = max(first, topic.position), topic.last_position
    sections = Section.objects.select_related("parent").defer("boxes", "parent__html")
    comments = Comment.objects.select_related("author", "section", "parent").defer(
        "section__html", "section__boxes", "parent__html", "parent__text"
    )
    unsigned = UnsignedText.objects.select_related("author", "section").defer("section__html")
    found: list[Item] = []
    kinds: tuple[ItemQuerySet[Section] | ItemQuerySet[Comment] | ItemQuerySet[UnsignedText], ...]
    kinds = (sections, comments, unsigned)
    for kind in kinds:
        rows = kind.current().filter(page=page, position__gte=first).in_order()
        found += (
            rows.filter(position__lte=last)[: most + 1] if last is not None else rows[: most + 1]
        )
    found.sort(key=attrgetter("position"))
    for item in found:
        item.page = page
    items = found[:most]
    return Stretch(items, items[-1].position if len(found) > most else None)
