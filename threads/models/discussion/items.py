"""What the pieces of a talk page have in common: a place in reading order, and a span.

Sections, comments and unsigned text of a page share one numbering: `position` is the
place in reading order, and everything below an item lies between its own position and
its `last_position`. So a page, a topic or a branch is one ordered range query.
"""

from typing import Self, TypeVar
from urllib.parse import quote

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import Revision, TalkPage

AnyItem = TypeVar("AnyItem", bound="Item")


class ItemQuerySet(models.QuerySet[AnyItem]):
    """What can be asked of sections, comments and unsigned text alike."""

    def current(self) -> Self:
        """Those that stand on the page as it was imported last."""
        return self.filter(is_current=True)

    def in_order(self) -> Self:
        """In reading order."""
        return self.order_by("page_id", "position")

    def below(self, item: "Item") -> Self:
        """Everything under an item of the same page, the item itself left out."""
        return self.filter(
            page=item.page_id, position__gt=item.position, position__lte=item.last_position
        )


class Item(models.Model):
    """A piece of a page: has a place in reading order and a span of the wikitext."""

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        db_index=False,  # each kind has an index that begins with it
        related_name="%(class)ss",
        verbose_name=_("talk page"),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("Last revision that contains it."),
    )
    is_current = models.BooleanField(
        _("on current page"),
        default=True,
        help_text=_("Whether it is on the page now, or was removed."),
    )
    position = models.PositiveIntegerField(
        _("position"),
        help_text=_("Position on the page, from 0."),
    )
    last_position = models.PositiveIntegerField(
        _("last position"),
        help_text=_("Position of the last item in it."),
    )
    depth = models.PositiveIntegerField(
        _("depth"),
        help_text=_("Nesting level: parent sections of a section, parent comments of a comment."),
    )
    start = models.PositiveIntegerField(
        _("start offset"), help_text=_("Character offset in the wikitext.")
    )
    end = models.PositiveIntegerField(
        _("end offset (exclusive)"), help_text=_("Character offset in the wikitext.")
    )
    html = models.TextField(_("sanitized HTML"), blank=True, help_text=_("Generated at import."))

    objects = ItemQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Its own wikitext."""
        return self.revision.text[self.start : self.end]


def in_fragment(ident: str) -> str:
    """An item's id as an address has it after its #.

    What a browser would leave as it is stays so, but for “%” and “#”.
    """
    return quote(ident, safe="!$&'()*+,/:;=?@[\\]^_{|}~")


def item_constraints(model: str) -> list[models.BaseConstraint]:
    """What is true of every kind of item, named for one of them."""
    return [
        models.UniqueConstraint(
            fields=["page", "position"],
            condition=Q(is_current=True),
            name=f"{model}_place_once_on_its_page",
        ),
        models.CheckConstraint(
            condition=Q(last_position__gte=F("position")), name=f"{model}_ends_after_its_start"
        ),
        models.CheckConstraint(condition=Q(end__gte=F("start")), name=f"{model}_span_forward"),
    ]
