"""What imports and exports have in common: how far each has come, and which process is at it."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

AnyRun = TypeVar("AnyRun", bound="Run")


class State(models.TextChoices):
    """How far a run, or one page of an import, has come."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Completed")
    SKIPPED = "skipped", _("Skipped")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Canceled")


OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})


class RunQuerySet(models.QuerySet[AnyRun]):
    """What can be asked of imports and exports alike."""

    def waiting(self) -> Self:
        """Those that no process has begun."""
        return self.filter(state=State.QUEUED)

    def running(self) -> Self:
        """Those that a process has begun, whether or not it still runs."""
        return self.filter(state=State.RUNNING)

    def held(self, run: "Run") -> Self:
        """The run's row, if it still belongs to the process that `run` was taken by."""
        return self.filter(pk=run.pk, holder=run.holder)


class Run(models.Model):
    """Work that a process does in the background: it holds the run, and nobody else does."""

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

    objects = RunQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="%(class)s_state_known"
            )
        ]

    @property
    def is_over(self) -> bool:
        """Whether it has ended, however that was."""
        return self.state in OVER
