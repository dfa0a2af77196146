"""What editors of the archive set right in how a page was read; kept beside the parse."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .pages import TalkPage


class RepairQuerySet(models.QuerySet["Repair"]):
    """What can be asked of repairs."""

    def active(self) -> Self:
        """Those that hold, in the order in which they are applied."""
        return self.filter(undone_at=None).order_by("pk")


class Repair(models.Model):
    """One thing set right; every import and reparse of the page applies it again.

    It is about a comment; or about a text that nobody signed, which has no id and no name: then
    `target` is the id of its section, and `text` tells which one it is.

    `value` says how: {"parent": id or "", "name": its name}, {"author": name}, {"at": first words
    of the second part, "author": name or "", "timestamp": ISO 8601, or "" where no time is known}
    or {"with": id, or "" for unsigned text, "words": the text of that}. Beside that it says what
    was before: "was", an id or a name; of parents, who signed the old and the new one ("was_by",
    "new_by", "" for the topic); of what was split, the new comment's name ("part"). Corrections of
    earlier versions have none of it.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", _("answers another one")
        AUTHOR = "author", _("has another author")
        SPLIT = "split", _("is two")
        JOIN = "join", _("is one with its neighbour")

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="repairs",
        verbose_name=_("talk page"),
        help_text=_("The page on which it was made; it follows its comment to others."),
    )
    kind = models.CharField(
        _("what"), max_length=8, choices=Kind.choices, help_text=_("What the comment really is.")
    )
    target = models.CharField(
        _("id"), max_length=400, help_text=_("The id of the comment that it is about.")
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("The comment's name, by which it is found where its id is another one now."),
    )
    text = models.TextField(
        _("plain text"),
        blank=True,
        help_text=_("The comment's text when the repair was made, to know it on other pages."),
    )
    value = models.JSONField(_("how"), default=dict, help_text=_("Depends on what it is."))
    note = models.TextField(_("note"), blank=True, help_text=_("Why; for other editors."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Who made it."),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True, help_text=_("When."))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
        help_text=_("Who took it back; empty while it holds."),
    )
    undone_at = models.DateTimeField(
        _("undone"), null=True, blank=True, help_text=_("When it was taken back.")
    )

    objects = RepairQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["parent", "author", "split", "join"]),
                name="repair_kind_known",
            ),
            models.CheckConstraint(condition=~Q(target=""), name="repair_target_given"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"
