"""How comments changed on their pages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .comments import Comment
from .pages import Revision


class Change(models.Model):
    """What happened to a comment on its page after it had first been seen there."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Edited")
        LEFT = "left", _("Removed")
        RETURNED = "returned", _("Restored")

    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        related_name="changes",
        verbose_name=_("comment"),
        help_text=_("The comment that it happened to."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="changes",
        verbose_name=_("revision"),
        help_text=_("The earliest kept revision in which it had happened."),
    )
    kind = models.CharField(
        _("what happened"), max_length=8, choices=Kind.choices, help_text=_("To the comment.")
    )
    text = models.TextField(
        _("earlier text"),
        blank=True,
        help_text=_("Where it changed: the plain text that it had before."),
    )
    html = models.TextField(_("earlier HTML"), blank=True, help_text=_("The same as safe HTML."))

    class Meta:
        ordering = ["comment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "revision", "kind"], name="change_once_in_its_revision"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["changed", "left", "returned"]), name="change_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.comment}"
