"""What a reader asks a page to show: whose comments, with which words, from when to when."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Self

from threads.models import Comment, Section
from threads.models.discussion.items import AnyItem
from threads.presentation.times.calendar import (
    FIRST_MOMENT,
    LAST_MOMENT,
    end_of_day,
    parse_day,
    start_of_day,
)
from threads.presentation.times.dates import signed_at
from threads.search.matching import WantedWords
from threads.search.query.parsing import Query, read_query

from .fields import is_asked_for


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Read from an address; what cannot be read asks for nothing."""

    author: str = ""  # only theirs
    words: str = ""  # only those with these in their text, as in the search of the archive
    first: date | None = None  # only from this day on …
    last: date | None = None  # … and to this day
    more_than: int = 0  # only topics with more comments than this
    newest: bool = False  # topics by their latest comment, the newest first
    by_time: bool = False  # all comments in the order of time, and not as threads
    person: str = ""  # whose comments are marked
    start: str = ""  # id of the section or comment to begin with
    until: str = ""  # id of what comes after the end of the part
    whole: bool = False  # all at once, however long it is

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """In: the query of an address, as `parameters` gives it."""
        given = {key: query.get(key, "") for key in KEYS}
        more = given["more"].strip()
        return cls(
            author=given["author"].replace("_", " "),
            words=given["words"].strip(),
            first=parse_day(given["from"].strip()),
            last=parse_day(given["to"].strip()),
            more_than=int(more) if more.isascii() and more.isdigit() and len(more) < 7 else 0,
            newest=given["order"] == "newest",
            by_time=given["view"] == "time",
            person=given["person"].replace("_", " "),
            start="" if "whole" in query else given["start"],
            until=given["until"],
            whole="whole" in query,
        )

    @property
    def chooses(self) -> bool:
        """Whether some comments are wanted, and others not."""
        return bool(self.author or self.words or self.first or self.last)

    def choice(self, comments: Iterable[Comment], zone: tzinfo) -> set[int]:
        """The primary keys of the comments that are wanted; days are those of the zone."""
        begin = start_of_day(self.first, zone) if self.first else FIRST_MOMENT
        end = end_of_day(self.last, zone) if self.last else LAST_MOMENT
        near = [
            comment
            for comment in comments
            if begin <= signed_at(comment, zone) <= end
            and (not self.author or comment.author.name == self.author)
        ]
        asked = self.asked
        near = [comment for comment in near if is_asked_for(comment, asked)]
        wanted = self.wanted_among(near)
        return {each.pk for each in near if not self.words or wanted.are_in(each.text)}

    def wanted_among(self, comments: Iterable[Comment]) -> WantedWords:
        """The words as they are looked for in these comments; their texts are at hand."""
        texts = [comment.text for comment in comments] if self.words else []
        return WantedWords.among(self.asked, texts)

    @property
    def asked(self) -> Query:
        """The words, and the fields that stand among them."""
        return read_query(self.words)


NO_QUERY = PageQuery()
KEYS = ("author", "words", "from", "to", "more", "order", "view", "person", "start", "until")
EVER_ON = 2**62  # farther than any place on a page


def with_ancestors(comments: Sequence[Comment], chosen: Collection[int]) -> list[Comment]:
    """The chosen comments, and those above them, in reading order."""
    kept: list[Comment] = []
    around: list[Comment] = []
    for comment in comments:
        while around and comment.position > around[-1].last_position:
            around.pop()
        around.append(comment)
        if comment.pk in chosen:
            known = kept[-1].position if kept else -1
            kept += [above for above in around if above.position > known]
    return kept


def in_busy_topics(
    items: Iterable[AnyItem], sections: Iterable[Section], more_than: int
) -> list[AnyItem]:
    """Those of the items that do not stand in a topic of so few comments."""
    quiet = [
        (section.position, section.last_position)
        for section in sections
        if section.is_topic and section.comment_count <= more_than
    ]

    def is_quiet(item: AnyItem) -> bool:
        place = bisect_right(quiet, (item.position, EVER_ON)) - 1
        return place >= 0 and item.position <= quiet[place][1]

    return [item for item in items if not is_quiet(item)]
