"""What was found, as it stands in its conversation: by topic, with what it answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache

from django.db.models.functions import Left
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from threads.models import Comment, Section, TalkPage, UnsignedText
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


def groups_of(order: Sequence[tuple[str, int]], how: Marking) -> list[HitGroup]:
    """The hits by topic, the topic of the first hit first. Two queries at most.

    In: the results in their order, each ("comment", primary key) or ("unsigned", primary key).
    """
    rows: dict[tuple[str, int], Comment | UnsignedText] = {}
    for kind, load in (("comment", _comments), ("unsigned", _unsigned)):
        keys = [key for each, key in order if each == kind]
        rows |= {(kind, row.pk): row for row in load(keys)}
    zones = cache(zone_of)
    groups: dict[int, HitGroup] = {}
    for row in (rows[each] for each in order if each in rows):
        topic = _topic_of(row.section)
        if topic.pk not in groups:
            groups[topic.pk] = _group(topic, row.page, how)
        zone = zones(row.page.wiki)
        hit = _hit(row, zone, how) if isinstance(row, Comment) else _unsigned_hit(row, how)
        groups[topic.pk].hits.append(hit)
    return list(groups.values())


def _comments(keys: Sequence[int]) -> Iterable[Comment]:
    if not keys:
        return ()
    rows = Comment.objects.filter(pk__in=keys).order_by()
    return (
        rows.select_related("author", "page__wiki", "section__parent", "parent__author")
        .annotate(answered=Left("parent__text", ANSWERED))
        .defer("html", "section__html", "section__boxes", "section__closures", "section__former_ids")
        .defer("section__parent__html", "section__parent__boxes", "section__parent__closures")
        .defer("parent__html", "parent__text", "page__months", "page__wiki__namespaces")
    )


def _unsigned(keys: Sequence[int]) -> Iterable[UnsignedText]:
    if not keys:
        return ()
    rows = UnsignedText.objects.filter(pk__in=keys).order_by()
    return rows.select_related("author", "page__wiki", "section__parent").defer(
        "html", "section__html", "section__parent__html", "page__months"
    )


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


def _hit(comment: Comment, zone: tzinfo, how: Marking) -> Hit:
    parent = comment.parent
    if parent:
        parent.page = comment.page
    return Hit(
        person=Person.named(comment.author.name, comment.page.wiki.dbname),
        when=signed_element(comment, zone),
        address=address_of(comment),
        excerpt=how.excerpt(comment.text),
        answered=parent.author.name if parent else "",
        answered_text=single_spaced(comment.answered or ""),  # type: ignore[attr-defined]
        answered_address=address_of(parent) if parent else "",
    )


def _unsigned_hit(unsigned: UnsignedText, how: Marking) -> Hit:
    page = unsigned.page
    person = Person.named(unsigned.author.name, page.wiki.dbname) if unsigned.author else None
    unsigned.section.page = page
    return Hit(
        person=person,
        when=format_html("{}", _("not dated") if person else _("unsigned")),
        address=unsigned.section.get_absolute_url(),
        excerpt=how.excerpt(unsigned.text),
        answered="",
        answered_text="",
        answered_address="",
    )
