"""What corrections and privacy rules have in common: somebody made each, and may undo it."""

from datetime import datetime
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

AnyAmendment = TypeVar("AnyAmendment", bound="Amendment")


class AmendmentQuerySet(models.QuerySet[AnyAmendment]):
    """What can be asked of corrections and privacy rules alike."""

    def active(self) -> Self:
        """Those that hold, in the order in which they were made and are applied."""
        return self.filter(undone_at=None).order_by("pk")


class Amendment(models.Model):
    """Something that was changed after an import; it is undone, never deleted."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    made_at = models.DateTimeField(_("created"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(
        _("undone"), null=True, blank=True, help_text=_("Empty while it is active.")
    )

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def held_at(self, moment: datetime) -> bool:
        """Whether it had been made by then, and not been undone."""
        return self.made_at <= moment and (self.undone_at is None or self.undone_at > moment)
