"""What was imported, when, by whom and with what result."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count, IntegerField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from .pages import Revision, TalkPage
from .wikis import Wiki


class State(models.TextChoices):
    """How far an import, or one page of it, has come."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    SKIPPED = "skipped", _("skipped")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class ImportRun(models.Model):
    """One import: one or many pages from one source."""

    source = models.CharField(
        _("source"), max_length=40, help_text=_("Where the text came from: paste, upload, …")
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        related_name="imports",
        verbose_name=_("wiki"),
        help_text=_("The wiki that the pages are of."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
        help_text=_("Who started it; empty for the command line."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.RUNNING,
        help_text=_("Failed: at least one of its pages could not be imported."),
    )
    parameters = models.JSONField(
        _("parameters"),
        default=dict,
        blank=True,
        help_text=_("What makes the same source again: addresses, titles, options."),
    )
    dry = models.BooleanField(
        _("dry run"), default=False, help_text=_("It only says what it would do.")
    )
    cancel_asked = models.BooleanField(
        _("to be cancelled"),
        default=False,
        help_text=_("It stops after the pages that are stored together now."),
    )
    total = models.PositiveBigIntegerField(
        _("of"), null=True, help_text=_("How many pages, or bytes, there are to do, where known.")
    )
    progress = models.PositiveBigIntegerField(
        _("so far"), default=0, help_text=_("How many of them are done.")
    )
    counts = models.JSONField(
        _("counts"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Its pages, and the sums of what they counted, once it has ended."),
    )
    log = models.TextField(
        _("log"), blank=True, help_text=_("What the source as a whole had to say.")
    )
    holder = models.CharField(
        _("held by"),
        max_length=255,
        blank=True,
        help_text=_("The process that works on it, and nobody else: machine, process, key."),
    )
    heartbeat = models.DateTimeField(
        _("last sign of life"),
        null=True,
        blank=True,
        help_text=_("When that process was last heard of."),
    )
    taken_up_after = models.PositiveBigIntegerField(
        _("taken up after"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("How many pages were done when it was last taken up; none if it never was."),
    )
    worked_from = models.DateTimeField(
        _("worked on since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When a process last took it up: how fast it goes is told from then."),
    )
    started_at = models.DateTimeField(
        _("started"), auto_now_add=True, help_text=_("When it began.")
    )
    finished_at = models.DateTimeField(
        _("finished"), null=True, blank=True, help_text=_("When its last page was done.")
    )

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importrun_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportItemQuerySet(models.QuerySet["ImportItem"]):
    """What can be asked of a run's pages."""

    def states(self) -> dict[str, int]:
        """How many are in each state, by its name; what is in none is left out."""
        counted = self.order_by("state").values_list("state").annotate(Count("pk"))
        return dict(counted)

    def totals(self, names: Iterable[str]) -> dict[str, int]:
        """The sums of what the items counted, by name."""
        return self.aggregate(
            **{
                name: Sum(Cast(KeyTextTransform(name, "counts"), IntegerField()), default=0)
                for name in names
            }
        )


class ImportItem(models.Model):
    """One page of an import, with its own counts and log."""

    run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        db_index=False,  # importitem_once_in_its_run finds them
        related_name="items",
        verbose_name=_("import"),
        help_text=_("The import that it is a part of."),
    )
    title = models.CharField(
        _("title"), max_length=512, help_text=_("The title that the source gave.")
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("talk page"),
        help_text=_("The page that it became; none where it failed."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("The revision that was kept; none where it failed."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.RUNNING,
        help_text=_("Failed or skipped: nothing of it was stored; the log says why."),
    )
    counts = models.JSONField(
        _("counts"),
        default=dict,
        help_text=_("New, moved, changed, unchanged, gone and returned comments; problems."),
    )
    problems = models.JSONField(
        _("problems"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What the parser noticed, for a preview; an import's is in its revision."),
    )
    seconds = models.FloatField(
        _("seconds"), default=0, help_text=_("How long parsing and storing took.")
    )
    log = models.TextField(_("log"), blank=True, help_text=_("What the import had to say."))

    objects = ImportItemQuerySet.as_manager()

    class Meta:
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "title"], name="importitem_once_in_its_run"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importitem_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
