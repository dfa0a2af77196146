"""What was imported, when, by whom and with what result."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .pages import Revision, TalkPage, Wiki


class State(models.TextChoices):
    """How far an import, or one page of it, has come."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class ImportRun(models.Model):
    """One import: one or many pages from one source."""

    source = models.CharField(
        _("source"), max_length=40, help_text=_("Where the text came from: paste, upload, …")
    )
    wiki = models.ForeignKey(Wiki, on_delete=models.PROTECT, related_name="imports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who started it; empty for the command line."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importrun_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportItem(models.Model):
    """One page of an import, with its own counts and log."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(_("title"), max_length=512)
    page = models.ForeignKey(
        TalkPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_items"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    counts = models.JSONField(
        _("counts"), default=dict, help_text=_("New, changed, unchanged and gone comments.")
    )
    seconds = models.FloatField(_("seconds"), default=0)
    log = models.TextField(_("log"), blank=True)

    class Meta:
        ordering = ["run", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importitem_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.title
