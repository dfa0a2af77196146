"""How comments changed on their pages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import Revision

from .comments import Comment


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
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="changes",
        verbose_name=_("revision"),
        help_text=_("First revision with this change."),
    )
    kind = models.CharField(_("event"), max_length=8, choices=Kind.choices)
    text = models.TextField(
        _("previous text"),
        blank=True,
        help_text=_("Plain text before the edit."),
    )
    html = models.TextField(
        _("previous HTML"), blank=True, help_text=_("Sanitized HTML before the edit.")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
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
