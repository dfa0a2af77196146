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

from .pages import Revision, TalkPage

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
        help_text=_("The talk page that it stands on."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("The last imported revision that had it."),
    )
    is_current = models.BooleanField(
        _("stands on the page"), default=True, help_text=_("No: it left the page since.")
    )
    position = models.PositiveIntegerField(
        _("place in reading order"),
        help_text=_("One numbering for everything on the page, from 0."),
    )
    last_position = models.PositiveIntegerField(
        _("place of the last item below it"),
        help_text=_("Its own place where nothing stands below it."),
    )
    depth = models.PositiveIntegerField(
        _("depth"),
        help_text=_(
            "A section's: how many sections it stands under. Anything else's: how many "
            "comments it stands under, so 0 right below the heading."
        ),
    )
    start = models.PositiveIntegerField(
        _("start in the wikitext"), help_text=_("In characters of the revision's wikitext.")
    )
    end = models.PositiveIntegerField(
        _("end in the wikitext"), help_text=_("The first character after it.")
    )
    html = models.TextField(
        _("safe HTML"), blank=True, help_text=_("What readers see, made at import.")
    )

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
