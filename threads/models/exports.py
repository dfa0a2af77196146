"""Exports that were begun in the admin: of what, and how far each has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .imports import State


class ExportRun(models.Model):
    """One file for other programs, written in the background."""

    format = models.CharField(_("format"), max_length=20)
    selection = models.JSONField(
        _("selection"),
        default=dict,
        blank=True,
        help_text=_("What is exported, by option; empty for everything."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    cancel_asked = models.BooleanField(_("cancel requested"), default=False)
    progress = models.PositiveBigIntegerField(
        _("size"), default=0, help_text=_("Number of bytes written.")
    )
    file = models.CharField(
        _("file"),
        max_length=64,
        blank=True,
        help_text=_("Name in the data folder; empty until the export is complete."),
    )
    log = models.TextField(_("log"), blank=True)
    holder = models.CharField(
        _("worker"),
        max_length=255,
        blank=True,
        help_text=_("Machine, process and key of the worker."),
    )
    heartbeat = models.DateTimeField(_("last heartbeat"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="exportrun_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(file="") | models.Q(state=State.DONE),
                name="exportrun_file_when_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format}, {self.started_at:%Y-%m-%d %H:%M}"
