"""What readers see of the selected pages, in reading order: for formats that are read elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from threads.models import Author, Comment, Section, TalkPage, UnsignedText
from threads.models.discussion.items import in_fragment
from threads.presentation.comment.corrections import corrections_by_comment

from .selection import Selection, by_bytes

ROWS = 500  # that are read at once
# Quotes in quotes, and boxes in boxes, end there: words stay readable, and a file of a chain of
# replies is as long as its texts.
MOST_NESTED = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment that stands on its page."""

    ident: str
    name: str
    parent_ident: str | None  # of the comment that it answers
    parent_author: str | None  # who wrote that
    position: int
    depth: int
    heading: str  # of its section; "" before the first one
    author_name: str
    timestamp: datetime  # UTC
    precision: str
    inline: bool
    stance: str  # "" where none was detected
    corrected: tuple[str, ...]  # the kinds of what editors corrected of it, as Repair has them
    text: str
    html: str

    @property
    def is_day_alone(self) -> bool:
        return self.precision == Comment.Precision.DAY

    @property
    def nested(self) -> int:
        """In how many others it is shown."""
        return min(self.depth, MOST_NESTED)

    @property
    def answered(self) -> str:
        """Whom it answers, where its place does not show that; else ""."""
        return self.parent_author or "" if self.depth > MOST_NESTED else ""

    @property
    def when(self) -> str:
        """When it was signed, for people: "2019-04-24 06:43 UTC", or the day alone."""
        day = self.timestamp.date().isoformat()
        return day if self.is_day_alone else f"{day} {self.timestamp:%H:%M} UTC"


Item = Section | Shown | UnsignedText
NO_HEADING = "(no heading)"  # for the text of a heading that has none; exports are in English


def heading_of(section: Section) -> str:
    """As it is shown; "" before the first heading."""
    return section.heading or (NO_HEADING if section.heading_level else "")


def comments_of(page: TalkPage, selection: Selection) -> Iterator[Shown]:
    """The comments that stand on the page and are selected."""
    comments = selection.comments(page).defer("cosigners")
    comments = comments.annotate(
        author_name=F("author__name"),
        heading=F("section__heading"),
        parent_ident=F("parent__ident"),
        parent_author=F("parent__author__name"),
    )
    names = [name for name in Shown.__dataclass_fields__ if name not in ("stance", "corrected")]
    read = _read(comments)
    while some := list(islice(read, ROWS)):
        made = corrections_by_comment(page.wiki, some)
        for comment in some:
            kinds = dict.fromkeys(each.kind for each in made.get((page.pk, comment.ident), ()))
            yield Shown(
                **{name: getattr(comment, name) for name in names},
                stance=(comment.stance or {}).get("stance", ""),
                corrected=tuple(kinds),
            )


def items_of(page: TalkPage, selection: Selection) -> Iterator[Item]:
    """The same with the sections that they are in, and with unsigned texts."""
    parts: list[Iterator[Any]] = [
        comments_of(page, selection),
        _read(selection.unsigned(page).select_related("author")),
        _read(selection.sections(page)),
    ]
    return merge(*parts, key=attrgetter("position"))


def _read(rows: "QuerySet[Any]") -> Iterator[Any]:
    return rows.order_by("position").iterator(ROWS)


def pages_of(selection: Selection) -> Iterator[TalkPage]:
    return selection.pages().defer("months").iterator(ROWS)


def authors_of(selection: Selection) -> Iterator[Author]:
    """Who wrote what is selected, by wiki and name."""
    pages = selection.pages().order_by().values("pk")
    wrote = [
        Exists(texts.order_by().filter(author=OuterRef("pk"), page__in=pages))
        for texts in (selection.comments(), selection.unsigned())
    ]
    authors = Author.objects.filter(wrote[0] | wrote[1]).select_related("wiki")
    return authors.order_by(by_bytes("wiki__dbname"), by_bytes("name")).iterator(ROWS)


def link_to(page: TalkPage, ident: str) -> str:
    """Where an ID or an anchor is on its wiki, or "" where that is not known."""
    address = page.url_on_wiki
    return f"{address}#{in_fragment(ident)}" if address else ""
