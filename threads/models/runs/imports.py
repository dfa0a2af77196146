"""What was imported, when, by whom and with what result."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import Revision, TalkPage
from threads.models.wiki.wikis import Wiki

from .run import Run, RunQuerySet, State

# In a run's parameters: the settings of its wiki, where that was new.
WIKI_SETTINGS = "wiki"
# The same: the preview that it imports, by its key.
PREVIEW = "preview"


class ImportRunQuerySet(RunQuerySet["ImportRun"]):
    """What can be asked of imports."""

    def binding(self) -> Self:
        """Those by which their wiki's settings are decided: that are done, or to be done."""
        return self.filter(models.Q(finished_at=None) | models.Q(state=State.DONE), dry=False)

    def of_preview(self, preview: "ImportRun") -> Self:
        """The import of what a preview has shown."""
        return self.filter(parameters__preview=preview.pk)

    def failed_unseen(self) -> Self:
        """Imports that failed, and that whoever runs the archive has not marked as seen."""
        return self.filter(state=State.FAILED, dry=False, cancel_asked=False)

    def with_settings(self) -> Self:
        """Those that have their wiki's settings with them."""
        return self.filter(parameters__has_key=WIKI_SETTINGS)


class ImportRun(Run):
    """One import: one or many pages from one source."""

    source = models.CharField(
        _("source"), max_length=40, help_text=_("Paste, upload, dump or live wiki.")
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        related_name="imports",
        verbose_name=_("wiki"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
        help_text=_("Empty for imports from the command line."),
    )
    state = models.CharField(
        _("status"),
        max_length=10,
        choices=State.choices,
        default=State.RUNNING,
        help_text=_("Failed if at least one page could not be imported."),
    )
    parameters = models.JSONField(
        _("parameters"),
        default=dict,
        blank=True,
        help_text=_("Settings used by this import."),
    )
    dry = models.BooleanField(_("preview only"), default=False, help_text=_("Nothing is saved."))
    # Of an import that failed: it is to be left as it is, and was marked as seen.
    cancel_asked = models.BooleanField(
        _("cancel requested"),
        default=False,
        help_text=_("Stops after the current pages are saved."),
    )
    total = models.PositiveBigIntegerField(
        _("total"), null=True, help_text=_("Number of pages or bytes, if known.")
    )
    progress = models.PositiveBigIntegerField(
        _("completed"), default=0, help_text=_("Number of pages or bytes processed.")
    )
    counts = models.JSONField(
        _("counts"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Pages and comments, set when the import ends."),
    )
    # Whether its source was read to the end, by this process: nothing is left to resume then but
    # the pages that failed.
    read_to_end = False
    # Whether comments may be lost with what was left out, as this process read the source.
    loses = False
    # The titles that this process met and that are taken down, wholly or in part.
    taken_down: frozenset[str] = frozenset()
    taken_up_after = models.PositiveBigIntegerField(
        _("resumed after"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "Number of pages that were completed when it was last resumed; empty if it was not "
            "resumed."
        ),
    )
    worked_from = models.DateTimeField(
        _("processed since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When it was last resumed; the time left is estimated from it."),
    )

    objects = ImportRunQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Run.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    @property
    def is_failed_unseen(self) -> bool:
        """Whether it is one of `failed_unseen`."""
        return self.state == State.FAILED and not (self.dry or self.cancel_asked)

    def __str__(self) -> str:
        return f"{self.source}, {date_format(self.started_at, 'DATETIME_FORMAT')}"


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

    def in_reading_order(self) -> Self:
        """With page and revision, but without its text: what failed, then the source's order."""
        failed_first = Case(When(state=State.FAILED, then=Value(0)), default=Value(1))
        with_pages = self.select_related("page__wiki", "revision").defer("revision__compressed")
        return with_pages.order_by(failed_first, "pk")

    def with_problems(self) -> Self:
        """Those on which the parser noticed something, notes included."""
        return self.filter(Q(counts__problems__gt=0) | Q(counts__notes__gt=0))


class ImportItem(models.Model):
    """One page of an import, with its own counts and log."""

    run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        db_index=False,  # importitem_once_in_its_run finds them
        related_name="items",
        verbose_name=_("import"),
    )
    title = models.CharField(_("title"), max_length=512, help_text=_("Title in the source."))
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("talk page"),
        help_text=_("Resulting page; empty if the import failed."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("Stored revision; empty if the import failed."),
    )
    state = models.CharField(
        _("status"),
        max_length=10,
        choices=State.choices,
        default=State.RUNNING,
        help_text=_("If failed or skipped, nothing was saved; see the log."),
    )
    counts = models.JSONField(
        _("counts"),
        default=dict,
        help_text=_("New, moved, edited, unchanged, removed and restored comments; warnings."),
    )
    problems = models.JSONField(
        _("warnings"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("What the parser noticed, for a preview; an import's is in its revision."),
    )
    seconds = models.FloatField(
        _("seconds"), default=0, help_text=_("Time for parsing and saving.")
    )
    log = models.TextField(_("log"), blank=True)

    objects = ImportItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "title"], name="importitem_once_in_its_run"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importitem_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
