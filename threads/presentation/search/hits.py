"""What was found, as it stands in its conversation: by topic, with what it answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from threads.models import Comment, Section, Wiki
from threads.models.discussion.comments import single_spaced
from threads.models.discussion.items import in_fragment
from threads.models.discussion.sections import NO_HEADING
from threads.presentation.addresses.patterns import AddressPattern
from threads.presentation.people.speakers import Person, hue
from threads.presentation.times.clock import Clock
from threads.presentation.times.dates import zone_of
from threads.search.index.engines import engine
from threads.wikitext.site.languages import direction

ANSWERED = 200  # characters of what a hit answers that are read
Shown = Callable[[str], SafeString]  # makes of a text what is shown of it, words marked


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment or unsigned text."""

    person: Person | None  # who wrote it, where that is known
    when: SafeString  # when it was signed, or that it was not
    address: str
    excerpt: SafeString
    answered: str  # who is answered, or ""
    answered_text: str  # the beginning of what they wrote
    answered_address: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one topic."""

    heading: SafeString  # "" before the first heading
    address: str  # of the topic
    title: SafeString  # of the page
    page_address: str
    wiki: str
    language: str
    direction: str
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Marking:
    """How words are marked."""

    excerpt: Shown  # of a long text
    whole: Shown  # of a heading or title


class _Section(NamedTuple):
    key: int
    heading: str
    level: int  # of the heading
    ident: str


class Row(NamedTuple):
    """All that is shown of an entry, in the order of `_SHOWN`; of one that is only counted, what
    stands in `_COUNTED`."""

    key: int
    wiki: int  # primary key
    title: str  # of the page
    author: str | None
    comment: str | None  # its id; None for unsigned text
    text: str | None  # the comment's
    timestamp: datetime  # of a comment
    precision: str
    zone_assumed: bool
    unsigned: str | None  # its text
    section: int
    heading: str
    heading_level: int
    section_ident: str
    parent_section: int | None
    parent_heading: str
    parent_level: int
    parent_section_ident: str
    answered: str | None  # the id of the comment above it
    answered_author: str
    answered_text: str | None

    @property
    def is_day_alone(self) -> bool:
        return self.precision == Comment.Precision.DAY

    @property
    def topic(self) -> _Section:
        if self.heading_level > Section.TOPIC_LEVEL and self.parent_section:
            key, level = self.parent_section, self.parent_level
            return _Section(key, self.parent_heading, level, self.parent_section_ident)
        return _Section(self.section, self.heading, self.heading_level, self.section_ident)


# Django takes longer to write such a query than the database takes to answer it.
_SHOWN = f"""
SELECT e.id, e.wiki_id, p.title, a.name, c.ident, c.text, c.timestamp, c.precision,
c.zone_assumed, u.text, s.id, s.heading, s.heading_level, s.ident, above.id, above.heading,
above.heading_level, above.ident, answered.ident, whom.name, substr(answered.text, 1, {ANSWERED})
FROM threads_searchentry e
JOIN threads_talkpage p ON p.id = e.page_id
JOIN threads_section s ON s.id = e.section_id
LEFT JOIN threads_section above ON above.id = s.parent_id
LEFT JOIN threads_author a ON a.id = e.author_id
LEFT JOIN threads_comment c ON c.id = e.comment_id
LEFT JOIN threads_comment answered ON answered.id = c.parent_id
LEFT JOIN threads_author whom ON whom.id = answered.author_id
LEFT JOIN threads_unsignedtext u ON u.id = e.unsigned_id
WHERE e.id """
_COUNTED = f"""
SELECT e.id, e.wiki_id, p.title, a.name{", NULL" * (len(Row._fields) - 4)}
FROM threads_searchentry e
JOIN threads_talkpage p ON p.id = e.page_id
LEFT JOIN threads_author a ON a.id = e.author_id
WHERE e.id """


class _Speech:
    """The hits of one wiki, for which what they have in common is made once."""

    def __init__(self, wiki: Wiki, how: Marking) -> None:
        self.wiki = wiki
        self.how = how
        self._clock = Clock(zone_of(wiki))
        self._pages = AddressPattern("page", "title", wiki.dbname)
        self._people = AddressPattern("author", "title", wiki.dbname)

    def group(self, row: Row) -> HitGroup:
        page = self._pages.of(row.title)
        return HitGroup(
            heading=self._heading(row.topic),
            address=f"{page}#{in_fragment(row.topic.ident)}",
            title=self.how.whole(row.title),
            page_address=page,
            wiki=str(self.wiki),
            language=self.wiki.language,
            direction=direction(self.wiki.language),
        )

    def _heading(self, topic: _Section) -> SafeString:
        if topic.level and not topic.heading:
            return escape(NO_HEADING)
        return self.how.whole(topic.heading)

    def hit(self, row: Row) -> Hit:
        return self._comment(row, row.comment) if row.comment else self._unsigned(row)

    def _comment(self, row: Row, ident: str) -> Hit:
        return Hit(
            person=self._person(row.author),
            when=self._clock.signed(row),
            address=self._address(row, ident),
            excerpt=self.how.excerpt(row.text or ""),
            answered=row.answered_author if row.answered else "",
            answered_text=single_spaced(row.answered_text or ""),
            answered_address=self._address(row, row.answered) if row.answered else "",
        )

    def _unsigned(self, row: Row) -> Hit:
        person = self._person(row.author)
        return Hit(
            person=person,
            when=escape(_("not dated") if person else _("Unsigned text")),
            address=f"{self._pages.of(row.title)}#{in_fragment(row.section_ident)}",
            excerpt=self.how.excerpt(row.unsigned or ""),
            answered="",
            answered_text="",
            answered_address="",
        )

    def _person(self, name: str | None) -> Person | None:
        return Person(name, self._people.of(name), hue(name)) if name else None

    def _address(self, row: Row, ident: str) -> str:
        """As `address_of` has it."""
        quoted = quote(ident, safe="")
        return f"{self._pages.of(row.title)}?comment={quoted}#{quoted}"


def rows_of(keys: Sequence[int], counted: Sequence[int]) -> tuple[list[Row], list[Row]]:
    """The entries with these keys in their order, with all that is shown of them, whatever stands
    on a page; and of others, in no order, what is counted. One query."""
    if not keys and not counted:
        return [], []
    are_shown, shown = engine().listed(keys)
    are_counted, others = engine().listed(counted)
    sql = f"{_SHOWN}{are_shown} UNION ALL {_COUNTED}{are_counted}"
    with connection.cursor() as cursor:
        cursor.execute(engine().as_written(sql), [shown, others])
        rows = [Row(*columns) for columns in cursor.fetchall()]
    found = {row.key: _in_utc(row) for row in rows if row.section}
    return [found[key] for key in keys if key in found], [row for row in rows if not row.section]


def groups_of(rows: Iterable[Row], wikis: Sequence[Wiki], how: Marking) -> list[HitGroup]:
    """The hits by topic, the topic of the first hit first. In: the wikis of the archive."""
    known = {wiki.pk: wiki for wiki in wikis}
    speeches: dict[int, _Speech] = {}
    groups: dict[int, HitGroup] = {}
    for row in rows:
        if row.wiki not in known:  # it came in this moment
            continue
        if row.wiki not in speeches:
            speeches[row.wiki] = _Speech(known[row.wiki], how)
        speech, topic = speeches[row.wiki], row.topic.key
        if topic not in groups:
            groups[topic] = speech.group(row)
        groups[topic].hits.append(speech.hit(row))
    return list(groups.values())


def _in_utc(row: Row) -> Row:
    """As either database gives it: SQLite's times are of UTC, and do not say so."""
    return row._replace(timestamp=row.timestamp.replace(tzinfo=UTC)) if row.timestamp else row
