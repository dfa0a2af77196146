"""Exports that were begun in the admin: of what, and how far each has come."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .run import Run, State


class ExportRun(Run):
    """One file for other programs, written in the background."""

    format = models.CharField(_("format"), max_length=20)
    selection = models.JSONField(
        _("selection"),
        default=dict,
        blank=True,
        help_text=_("What is exported, by option; empty for everything."),
    )
    progress = models.PositiveBigIntegerField(
        _("size"), default=0, help_text=_("Number of bytes written.")
    )
    file = models.CharField(
        _("file"),
        max_length=64,
        blank=True,
        help_text=_("Name in the data folder; empty until the export is complete."),
    )

    class Meta(Run.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            *Run.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(file="") | models.Q(state=State.DONE),
                name="exportrun_file_when_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format}, {date_format(self.started_at, 'DATETIME_FORMAT')}"
