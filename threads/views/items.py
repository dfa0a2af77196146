"""Everything that a page shows: as it stands now, or as it stood once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _

from threads.models import Comment, Revision, Section, TalkPage, UnsignedText
from threads.store.past import past_rows, revision_at

from .dates import zone_of
from .moments import moment_of


@dataclass(frozen=True, slots=True)
class Items:
    """A page's items by kind, each in reading order, with what a page shows beside them."""

    sections: list[Section]
    comments: list[Comment]
    unsigned: list[UnsignedText]
    past: Revision | None = None  # the earlier state that this is; None for that of today
    alone: bool = False  # one topic of the page, without the others

    @classmethod
    def of(cls, page: TalkPage) -> Self:
        """As the page stands now. Three queries."""
        sections = list(Section.objects.current().filter(page=page).in_order())
        for section in sections:
            section.page = page
        comments = Comment.objects.current().filter(page=page).select_related("author")
        unsigned = UnsignedText.objects.current().filter(page=page)
        return cls(sections, list(comments.in_order()), list(unsigned.in_order()))

    @classmethod
    def as_of(cls, page: TalkPage, moment: datetime) -> Self | None:
        """As the page stood then, read from the kept wikitext; None where there is none."""
        revision = revision_at(page, moment)
        if revision is None:
            return None
        rows = past_rows(page, revision)
        for section in rows.sections:
            section.edit_number = None  # the wiki would open today's section of that number
        return cls(*rows, past=revision)

    def topic(self, page: TalkPage, ident: str) -> Self | None:
        """One section alone, by the id that it has, or has today; None where it is not there."""
        today = Section.objects.current().filter(page=page, ident=ident).first()
        found = next((each for each in self.sections if each.ident == ident), None)
        if found is None and today is not None:
            found = next((each for each in self.sections if _is_same(each, today)), None)
        if found is None:
            return None
        inside = range(found.position, found.last_position + 1)
        return type(self)(
            [item for item in self.sections if item.position in inside],
            [item for item in self.comments if item.position in inside],
            [item for item in self.unsigned if item.position in inside],
            self.past,
            alone=True,
        )


def _is_same(one: Section, other: Section) -> bool:
    """Whether both begin with the same comment, or else are called the same."""
    return one.anchor == other.anchor or (one.name == other.name and one.name != "h-")


def asked_items(page: TalkPage, as_of: str, ident: str) -> tuple[Items, str]:
    """What a reader asks for, and a sentence where it cannot be had, or ""."""
    if not as_of:
        items, said = Items.of(page), ""
    else:
        items, said = _as_of(page, as_of)
    if not ident:
        return items, said
    topic = items.topic(page, ident.replace("\x00", ""))
    if topic is None:
        return items, said or _("This topic was not on the page.")
    return topic, said


def _as_of(page: TalkPage, as_of: str) -> tuple[Items, str]:
    moment = moment_of(as_of, zone_of(page.wiki))
    if moment is None:
        return Items.of(page), _(
            "“%s” is no date: write it as in 2019-05-01. This is the page as it stands now."
        ) % as_of
    items = Items.as_of(page, moment)
    if items is None:
        return Items.of(page), _(
            "The archive has no version of this page that old. This is how it stands now."
        )
    return items, ""
