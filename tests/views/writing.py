"""Writes small talk pages into the database, for tests that read them.

    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?", Comment("Ben", "So."))))

Ids are DiscussionTools' own shape; times go up by a minute in reading order unless given.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from threads import models
from threads.models.discussion.dating import is_ahead
from threads.models.wiki.packing import pack
from threads.store import count_rows
from threads.store.index.indexing import index_authors, index_page

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


@dataclass
class Writer:
    """Gives every item its place, and saves it."""

    page: models.TalkPage
    revision: models.Revision
    positions: Iterator[int]
    keys: Mapping[str, int]
    clock: datetime = BEGIN
    comments: list[models.Comment] = field(default_factory=list)

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
        row = models.Section.objects.create(
            **self.place(depth, section.heading),
            ident=f"h-{anchor}-{parent.anchor}" if parent else f"h-{anchor}",
            name="h-",
            parent=parent,
            heading=section.heading,
            anchor=anchor,
            heading_level=depth + 2 if section.heading else 0,
            edit_number=1,
        )
        before = len(self.comments)
        row.last_position = row.position
        for item in section.below:
            if isinstance(item, Section):
                row.last_position = self.section(item, row, depth + 1)
            elif isinstance(item, Unsigned):
                row.last_position = self.unsigned(item, row, 0)
            else:
                row.last_position = self.comment(item, row, None, 0)
        row.comment_count = len(self.comments) - before
        row.save()
        return row.last_position

    def comment(
        self, comment: Comment, section: models.Section, parent: models.Comment | None, depth: int
    ) -> int:
        self.clock = comment.at or self.clock + timedelta(minutes=1)
        author = self.author(comment.author)
        name = f"c-{comment.author}-{self.clock.isoformat()[:19]}.000Z".replace(" ", "_")
        ident = f"{name}-{parent.name[2:] if parent else section.anchor}"
        row = models.Comment.objects.create(
            **self.place(depth, f"<p>{comment.text}</p>"),
            pk=self.keys.get(ident),
            first_revision=self.revision,
            ident=ident,
            name=name,
            section=section,
            parent=parent,
            author=author,
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
        row.save()
        return row.last_position

    def unsigned(self, unsigned: Unsigned, section: models.Section, depth: int) -> int:
        row = models.UnsignedText.objects.create(
            **self.place(depth, f"<p>{unsigned.text}</p>"),
            section=section,
            author=self.author(unsigned.author) if unsigned.author else None,
            known_by=unsigned.known_by if unsigned.author else "",
            level=depth + 1,
            text=unsigned.text,
        )
        return row.position

    def author(self, name: str) -> models.Author:
        return models.Author.objects.get_or_create(wiki=self.page.wiki, name=name)[0]


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
    page = models.TalkPage.objects.create(wiki=wiki or write_wiki(), title=title)
    page.current_revision = write_revision(page, title)
    writer = Writer(page, page.current_revision, iter(range(10**6)), keys or {})
    for section in sections:
        writer.section(section, None, 0)
    if writer.comments:
        signed = [row for row in writer.comments if not is_ahead(row.timestamp)]
        page.latest_comment = max(signed, key=lambda row: row.timestamp, default=None)
        page.first_comment_at = min(row.timestamp for row in writer.comments)
        page.last_comment_at = page.latest_comment.timestamp if page.latest_comment else None
    page.comment_count = len(writer.comments)
    page.months = Counter(row.timestamp.isoformat()[:7] for row in writer.comments)
    page.topic_count = len(sections)
    page.save()
    count_rows(page)
    index_page(page)
    index_authors({row.author_id for row in writer.comments})
    return page


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
