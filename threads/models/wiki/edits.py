"""What the wiki tells of the edit that made a revision, as columns."""

from dataclasses import fields

from django.db import models
from django.utils.translation import gettext_lazy as _

from threads.edits import Edit

from .names import is_bot


class Edited(models.Model):
    """Who saved a revision, and how."""

    user = models.CharField(
        _("user"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("User name or IP address; empty if unknown."),
    )
    user_hidden = models.BooleanField(
        _("user hidden"),
        default=False,
        db_default=False,
        help_text=_("The wiki has hidden the user name."),
    )
    summary = models.TextField(
        _("edit summary"),
        blank=True,
        default="",
        db_default="",
    )
    summary_hidden = models.BooleanField(
        _("edit summary hidden"),
        default=False,
        db_default=False,
        help_text=_("The wiki has hidden the edit summary."),
    )
    minor = models.BooleanField(
        _("minor edit"),
        default=False,
        db_default=False,
        help_text=_("Marked as minor by the user."),
    )
    parent_number = models.PositiveBigIntegerField(
        _("parent revision ID"),
        null=True,
        blank=True,
        help_text=_("ID of the previous revision, if known; 0 for the first revision."),
    )

    has_learnt = False  # of its edit, since it was loaded

    class Meta:
        abstract = True

    @property
    def edit(self) -> Edit:
        return Edit(**{field.name: getattr(self, field.name) for field in fields(Edit)})

    def learn(self, edit: Edit) -> None:
        """Fill in what was not known of the edit; `has_learnt` tells whether anything was."""
        known = self.edit
        filled = known.filled_from(edit)
        for field in fields(Edit):
            setattr(self, field.name, getattr(filled, field.name))
        self.has_learnt = filled != known

    @property
    def is_by_bot(self) -> bool:
        """Whether the user calls itself a bot."""
        return is_bot(self.user)
