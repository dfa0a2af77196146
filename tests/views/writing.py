"""Writes small talk pages into the database, for tests that read them.

    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So."))))

Ids are DiscussionTools' own shape; times go up by a minute in reading order unless given.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

from django.db import transaction

from threads import models
from threads.models.discussion.dating import is_ahead
from threads.models.wiki.packing import pack
from threads.store.index.indexing import (
    entries_of_new,
    index_authors,
    names_of_new,
    write_new,
)
from threads.store.rows.fresh import FreshValues
from threads.store.rows.inserting import insert_new
from threads.store.rows.keys import give_keys, next_keys
from threads.store.sums.shares import Share, Standing
from threads.store.sums.totals import count_pages

BEGIN = datetime(2019, 4, 11, 2, 55, tzinfo=UTC)


@dataclass(init=False)
class Section:
    heading: str
    below: tuple["Section | Comment | Unsigned", ...]

    def __init__(self, heading: str, *below: "Section | Comment | Unsigned") -> None:
        self.heading, self.below = heading, below


@dataclass(init=False)
class Comment:
    author: str
    text: str
    below: tuple["Comment | Unsigned", ...]
    at: datetime | None = None
    inline: bool = False
    cosigners: tuple[str, ...] = ()
    precision: str = "minute"
    zone_assumed: bool = False
    impossible_date: bool = False

    def __init__(
        self,
        author: str,
        text: str,
        *below: "Comment | Unsigned",
        at: datetime | None = None,
        inline: bool = False,
        cosigners: tuple[str, ...] = (),
        precision: str = "minute",
        zone_assumed: bool = False,
        impossible_date: bool = False,
    ) -> None:
        self.author, self.text, self.below = author, text, below
        self.at, self.inline, self.cosigners = at, inline, cosigners
        self.precision, self.zone_assumed = precision, zone_assumed
        self.impossible_date = impossible_date


@dataclass(frozen=True)
class Unsigned:
    text: str
    author: str = ""
    known_by: str = "link"  # where there is an author


ROWS = {Section: models.Section, Comment: models.Comment, Unsigned: models.UnsignedText}


@dataclass
class Writer:
    """Makes the rows of all items in reading order, and saves them at once."""

    page: models.TalkPage
    revision: models.Revision
    authors: Mapping[str, int]
    keys: Mapping[str, int]
    new_keys: Mapping[type, Iterator[int]]  # by kind of item
    positions: Iterator[int] = field(default_factory=count)
    clock: datetime = BEGIN
    sections: list[models.Section] = field(default_factory=list)
    comments: list[models.Comment] = field(default_factory=list)
    unsigned_texts: list[models.UnsignedText] = field(default_factory=list)

    def save(self) -> None:
        for rows in (self.sections, self.comments, self.unsigned_texts):
            insert_new(rows)

    def place(self, depth: int, html: str) -> dict[str, object]:
        position = next(self.positions)
        return {
            "page": self.page,
            "revision": self.revision,
            "position": position,
            "last_position": position,
            "depth": depth,
            "start": position,
            "end": position,
            "html": html,
        }

    def section(self, section: Section, parent: models.Section | None, depth: int) -> int:
        anchor = section.heading.replace(" ", "_")
        row = models.Section(
            **self.place(depth, section.heading),
            pk=next(self.new_keys[Section]),
            ident=f"h-{anchor}-{parent.anchor}" if parent else f"h-{anchor}",
            name="h-",
            parent=parent,
            heading=section.heading,
            anchor=anchor,
            heading_level=depth + 2 if section.heading else 0,
            edit_number=1,
        )
        self.sections.append(row)
        before = len(self.comments)
        for item in section.below:
            if isinstance(item, Section):
                row.last_position = self.section(item, row, depth + 1)
            elif isinstance(item, Unsigned):
                row.last_position = self.unsigned(item, row, 0)
            else:
                row.last_position = self.comment(item, row, None, 0)
        row.comment_count = len(self.comments) - before
        return row.last_position

    def comment(
        self, comment: Comment, section: models.Section, parent: models.Comment | None, depth: int
    ) -> int:
        self.clock = comment.at or self.clock + timedelta(minutes=1)
        name = f"c-{comment.author}-{self.clock.isoformat()[:19]}.000Z".replace(" ", "_")
        ident = f"{name}-{parent.name[2:] if parent else section.anchor}"
        new_key = next(self.new_keys[Comment])
        row = models.Comment(
            **self.place(depth, f"<p>{comment.text}</p>"),
            pk=self.keys.get(ident, new_key),
            first_revision=self.revision,
            ident=ident,
            name=name,
            section=section,
            parent=parent,
            author_id=self.authors[comment.author],
            wiki=self.page.wiki,
            timestamp=self.clock,
            precision=comment.precision,
            zone_assumed=comment.zone_assumed,
            impossible_date=comment.impossible_date,
            level=depth + 1,
            inline=comment.inline,
            cosigners=[
                {"author": cosigner, "timestamp": self.clock.isoformat()}
                for cosigner in comment.cosigners
            ],
            text=comment.text,
        )
        self.comments.append(row)
        before = len(self.comments)
        for item in comment.below:
            if isinstance(item, Unsigned):
                row.last_position = self.unsigned(item, section, depth + 1)
            else:
                row.last_position = self.comment(item, section, row, depth + 1)
        row.descendants = len(self.comments) - before
        return row.last_position

    def unsigned(self, unsigned: Unsigned, section: models.Section, depth: int) -> int:
        row = models.UnsignedText(
            **self.place(depth, f"<p>{unsigned.text}</p>"),
            pk=next(self.new_keys[Unsigned]),
            section=section,
            author_id=self.authors[unsigned.author] if unsigned.author else None,
            known_by=unsigned.known_by if unsigned.author else "",
            level=depth + 1,
            text=unsigned.text,
        )
        self.unsigned_texts.append(row)
        return row.position


def every_item(items: Iterable[Section | Comment | Unsigned]) -> list[Section | Comment | Unsigned]:
    """All items, with those below them, in reading order."""
    found: list[Section | Comment | Unsigned] = []
    waiting = [*items][::-1]
    while waiting:
        found.append(item := waiting.pop())
        waiting += [] if isinstance(item, Unsigned) else item.below[::-1]
    return found


def write_wiki(dbname: str = "examplewiki", **facts: str) -> models.Wiki:
    """The wiki of that name, made if there is none."""
    return models.Wiki.objects.get_or_create(dbname=dbname, defaults=facts)[0]


def write_page(
    title: str,
    *sections: Section,
    wiki: models.Wiki | None = None,
    keys: Mapping[str, int] | None = None,
) -> models.TalkPage:
    """A page with its only revision and everything on it. In: by id, the primary keys of comments
    that were there before."""
    wiki = wiki or write_wiki()
    items = every_item(sections)
    with transaction.atomic():
        page = models.TalkPage.objects.create(wiki=wiki, title=title)
        page.current_revision = write_revision(page, title)
        people = dict.fromkeys(
            each.author
            for each in items
            if isinstance(each, Comment) or (isinstance(each, Unsigned) and each.author)
        )
        new_keys = {
            kind: iter(next_keys(row, sum(isinstance(each, kind) for each in items)))
            for kind, row in ROWS.items()
        }
        authors = write_authors(wiki, list(people))
        writer = Writer(page, page.current_revision, authors, keys or {}, new_keys)
        for section in sections:
            writer.section(section, None, 0)
        writer.save()
        summarise(page, writer.comments, len(sections))
        said = [Standing(row.author_id, row.timestamp, row.pk) for row in writer.comments]
        share = Share.of(title, said, page.current_revision.imported_at)
        count_pages(wiki, {page.pk: share}, new=True)
        index(writer)
    return page


def index(writer: Writer) -> None:
    """Let the index have a new page, its topics and its people."""
    rows = FreshValues(
        *(
            list(map(vars, rows))
            for rows in (writer.sections, writer.comments, writer.unsigned_texts)
        )
    )
    people = {key: name for name, key in writer.authors.items()}
    entries = entries_of_new(writer.page, writer.revision, rows, people, {})
    write_new(list(entries), list(names_of_new(writer.page, rows)))
    index_authors({row.author_id for row in writer.comments})


def summarise(page: models.TalkPage, comments: Sequence[models.Comment], topics: int) -> None:
    if comments:
        signed = [row for row in comments if not is_ahead(row.timestamp)]
        page.latest_comment = max(signed, key=lambda row: row.timestamp, default=None)
        page.first_comment_at = min(row.timestamp for row in comments)
        page.last_comment_at = page.latest_comment.timestamp if page.latest_comment else None
    page.comment_count = len(comments)
    page.months = Counter(row.timestamp.isoformat()[:7] for row in comments)
    page.topic_count = topics
    page.save()


def write_authors(wiki: models.Wiki, names: Sequence[str]) -> dict[str, int]:
    """The primary keys of people, by name; who is new stands behind who was there, in order."""
    known = dict(wiki.authors.filter(name__in=names).values_list("name", "pk"))
    new = [models.Author(wiki=wiki, name=name) for name in names if name not in known]
    give_keys(models.Author, new)
    insert_new(new)
    return known | {row.name: row.pk for row in new}


def write_revision(page: models.TalkPage, text: str) -> models.Revision:
    """A state of a page's wikitext."""
    data = text.encode()
    return models.Revision.objects.create(
        page=page,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        compressed=pack(data),
    )


def chain(length: int, *, author: str = "Ada", text: str = "Step") -> Comment:
    """Comments that answer each other, one below the other."""
    comment = Comment(author, f"{text} {length}")
    for number in range(length - 1, 0, -1):
        comment = Comment(author, f"{text} {number}", comment)
    return comment
