"""The register of decided topics, kept with the sections whose decisions it tells."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from threads.models import DecidedTopic, TalkPage
from threads.models.discussion.dating import NEVER, latest_of
from threads.store.rows.inserting import insert_rows

from .collecting import list_topics_of

Values = dict[str, Any]


class Said(NamedTuple):
    """A comment, as the register wants it."""

    position: int
    timestamp: datetime


class Decided(NamedTuple):
    """A section with a decision, as the register wants it."""

    key: int  # primary key
    first: int  # its place on its page …
    last: int  # … and that of the last item in it
    decision: Mapping[str, Any]


def decided_rows(
    page: TalkPage,
    sections: Iterable[Decided],
    comments: Sequence[Said],
    authors: Mapping[str, int],
    known: datetime | None,
) -> list[Values]:
    """What the register is to hold of a page, by column.

    In: its sections that have a decision, and its comments in reading order, as they stand on
    it; the primary keys of authors by name; when it came in (see `dating.py` of the models).
    """
    return [
        {
            "section_id": section.key,
            "wiki_id": page.wiki_id,
            "page_id": page.pk,
            "source": section.decision["sources"][0],
            "by_id": authors.get(section.decision["by"]),
            "year": _year(section.decision["when"]),
            "last_at": latest_of((said.timestamp for said in _within(comments, section)), known)
            or NEVER,
        }
        for section in sections
    ]


def _within(comments: Sequence[Said], section: Decided) -> Sequence[Said]:
    place = attrgetter("position")
    first = bisect_left(comments, section.first, key=place)
    return comments[first : bisect_right(comments, section.last, key=place)]


def keep_decided(page: TalkPage, rows: Sequence[Values]) -> None:
    """Make the register hold these rows of a page, and no others; in the caller's transaction."""
    kept = DecidedTopic.objects.filter(page=page)
    names = [field.attname for field in DecidedTopic._meta.concrete_fields]
    wanted = {tuple(row[name] for name in names) for row in rows}
    if set(kept.order_by().values_list(*names)) != wanted:
        kept.delete()
        topics = [(row["section_id"], row["last_at"]) for row in rows]
        insert_rows(DecidedTopic, list(rows))
        list_topics_of(page, topics)


def _year(when: str) -> int | None:
    return int(when[:4]) if when else None
