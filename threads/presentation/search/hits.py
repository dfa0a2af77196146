"""What was found, as it stands in its conversation: by topic, with what it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from typing import Any

from django.db.models.functions import Left
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from threads.models import SearchEntry, Section, TalkPage
from threads.models.comments import single_spaced
from threads.presentation.comment.permalinks import address_of
from threads.presentation.dates import signed_element, zone_of
from threads.presentation.people import Person
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


def groups_of(keys: Sequence[int], how: Marking) -> list[HitGroup]:
    """The hits by topic, the topic of the first hit first. One query.

    In: keys of the index, in the order of the results.
    """
    rows = _rows(keys)
    zones = cache(zone_of)
    groups: dict[int, HitGroup] = {}
    for row in (rows[key] for key in keys if key in rows):
        topic = _topic_of(row.section)
        if topic.pk not in groups:
            groups[topic.pk] = _group(topic, row.page, how)
        hit = _hit(row, zones(row.page.wiki), how) if row.comment else _unsigned_hit(row, how)
        groups[topic.pk].hits.append(hit)
    return list(groups.values())


def _rows(keys: Sequence[int]) -> dict[int, Any]:
    """The entries with all that is shown of them, and no more; whatever stands on a page."""
    if not keys:
        return {}
    section = ("heading", "heading_level", "ident", "parent")
    shown = [
        *("comment__ident", "comment__text", "comment__timestamp", "comment__precision"),
        *("comment__parent__ident", "comment__parent__author__name"),
        *("unsigned__text", "author__name", "page__title"),
        *("page__wiki__dbname", "page__wiki__name", "page__wiki__language"),
        "page__wiki__timezone",
        *(f"section__{name}" for name in section),
        *("section__parent__heading", "section__parent__ident"),
    ]
    rows = SearchEntry.objects.select_related(
        "comment__parent__author", "unsigned", "author", "page__wiki", "section__parent"
    )
    rows = rows.annotate(answered=Left("comment__parent__text", ANSWERED)).only(*shown)
    return rows.filter(section__isnull=False, page__isnull=False).in_bulk(keys)


def _topic_of(section: Section) -> Section:
    return section.parent if section.heading_level > 2 and section.parent else section


def _group(topic: Section, page: TalkPage, how: Marking) -> HitGroup:
    topic.page = page
    wiki = page.wiki
    return HitGroup(
        heading=how.whole(topic.heading),
        address=topic.get_absolute_url(),
        title=how.whole(page.title),
        page_address=page.get_absolute_url(),
        wiki=str(wiki),
        language=wiki.language,
        direction=direction(wiki.language),
    )


def _hit(row: Any, zone: tzinfo, how: Marking) -> Hit:
    comment = row.comment
    comment.page = row.page
    parent = comment.parent
    if parent:
        parent.page = row.page
    return Hit(
        person=Person.named(row.author.name, row.page.wiki.dbname),
        when=signed_element(comment, zone),
        address=address_of(comment),
        excerpt=how.excerpt(comment.text),
        answered=parent.author.name if parent else "",
        answered_text=single_spaced(row.answered or ""),
        answered_address=address_of(parent) if parent else "",
    )


def _unsigned_hit(row: Any, how: Marking) -> Hit:
    person = Person.named(row.author.name, row.page.wiki.dbname) if row.author else None
    row.section.page = row.page
    return Hit(
        person=person,
        when=format_html("{}", _("not dated") if person else _("unsigned")),
        address=row.section.get_absolute_url(),
        excerpt=how.excerpt(row.unsigned.text),
        answered="",
        answered_text="",
        answered_address="",
    )
