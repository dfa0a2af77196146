"""What is not to be shown of a wiki, and what the archive showed before; of that, only undoing
a rule reads anything."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.packing import unpack
from threads.models.wiki.pages import TalkPage
from threads.models.wiki.wikis import Wiki

from .amendment import Amendment, AmendmentQuerySet


class PrivacyRule(Amendment):
    """One name, comment, version or page that readers are not to see, or all IP addresses.

    `known` has what the rule is to be recognized by, besides its subject: of a name, the longer
    names that have it in them ("spared"); of a comment, its names, its lines, all of these with
    the short ones and as plain text, and its times as they are written ("names", "lines", "pieces",
    "times"); of a page, its number ("number").
    """

    class Kind(models.TextChoices):
        RENAME = "rename", _("Rename author")
        ALIAS = "alias", _("Alias for author")
        MASK = "mask", _("Mask IP addresses")
        COMMENT = "comment", _("Take down comment")
        REVISION = "revision", _("Take down revision")
        PAGE = "page", _("Take down page")

    class State(models.TextChoices):
        WAITING = "waiting", _("Queued")
        APPLIED = "applied", _("Completed")
        FAILED = "failed", _("Failed")

    wiki = models.ForeignKey(
        Wiki, on_delete=models.CASCADE, related_name="privacy_rules", verbose_name=_("wiki")
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    subject = models.CharField(
        _("subject"),
        max_length=512,
        blank=True,
        help_text=_("User name, comment name, revision ID or title; empty for IP addresses."),
    )
    new_name = models.CharField(
        _("new name"),
        max_length=255,
        blank=True,
        help_text=_("For a comment: shown as its author. Leave empty to keep the author."),
    )
    everywhere = models.BooleanField(
        _("in all text"),
        default=True,
        help_text=_(
            "If not, only in links, signatures and templates. For names that are ordinary words."
        ),
    )
    reason = models.CharField(_("reason"), max_length=200, help_text=_("Shown to readers."))
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to staff only."))
    known = models.JSONField(_("details"), default=dict, editable=False)
    state = models.CharField(
        _("status"), max_length=8, choices=State.choices, default=State.WAITING
    )
    done_to = models.BigIntegerField(
        _("completed to"), default=0, editable=False, help_text=_("Primary key of the last page.")
    )
    heartbeat = models.DateTimeField(_("last heartbeat"), null=True, blank=True, editable=False)
    log = models.TextField(_("log"), blank=True, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta(Amendment.Meta):
        verbose_name = _("privacy rule")
        verbose_name_plural = _("privacy rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["rename", "alias", "mask", "comment", "revision", "page"]),
                name="privacyrule_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "applied", "failed"]),
                name="privacyrule_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="mask", subject="") | (~Q(kind="mask") & ~Q(subject="")),
                name="privacyrule_subject_given",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["rename", "alias"]) | ~Q(new_name=""),
                name="privacyrule_new_name_given",
            ),
            models.UniqueConstraint(
                fields=["wiki", "kind", "subject"],
                condition=Q(undone_at=None),
                name="privacyrule_once_for_its_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_of_name(self) -> bool:
        """Whether it gives an author another name."""
        return self.kind in (self.Kind.RENAME, self.Kind.ALIAS)


class Withheld(models.Model):
    """What a column of a row held before any rule changed it."""

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        null=True,
        related_name="withheld",
        verbose_name=_("talk page"),
        help_text=_("The page that the row belongs to; with it, the original goes as well."),
    )
    table = models.CharField(_("table"), max_length=32)
    row = models.BigIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=32)
    original = models.BinaryField(_("original, compressed"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "column"], name="withheld_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}, {self.column}"

    @property
    def held(self) -> Any:
        """What the column held."""
        return json.loads(unpack(self.original))


class WithheldPage(models.Model):
    """All rows of a page that is taken down."""

    rule = models.OneToOneField(
        PrivacyRule,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="withheld_page",
        verbose_name=_("privacy rule"),
    )
    rows = models.BinaryField(_("rows, compressed"))

    def __str__(self) -> str:
        return str(self.rule)
