"""What editors of the archive set right in how a page was read; kept beside the parse."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import TalkPage

from .amendment import Amendment, AmendmentQuerySet

WORDS = 60  # characters of a comment by which people know it


class RepairQuerySet(AmendmentQuerySet["Repair"]):
    """What can be asked of corrections."""

    def with_failures(self, pages: Iterable[int]) -> Self:
        """Each once for every one of these pages on which it could not be applied, with the key of
        that (`failed_on`), why and since when (`failed_why`, `failed_since`); once, with None for
        all of these, where it is on none."""
        on_them = FilteredRelation("failures", condition=Q(failures__page__in=list(pages)))
        return self.annotate(failing=on_them).annotate(
            failed_on=F("failing__page"),
            failed_why=F("failing__why"),
            failed_since=F("failing__since"),
        )


class Repair(Amendment):
    """One thing set right; every import and reparse of the page applies it again.

    It is about a comment; or about a text that nobody signed, which has no id and no name: then
    `target` is the id of its section, and `text` tells which one it is.

    `value` says how: {"parent": id or "", "name": its name}, {"author": name}, {"at": first words
    of the second part, "author": name or "", "timestamp": ISO 8601, or "" where no time is known}
    or {"with": id, or "" for unsigned text, "words": the text of that} or {"stance": what a comment
    wants, or "" where it takes no position, "word": that as it is written}; a decision of the
    comment's topic is removed by {}. Beside that it says what was before: "was", an id, a name or a
    word; of positions, what the comment wanted by that ("was_stance"); of parents, who signed the
    old and the new one ("was_by", "new_by", "" for the topic); of what was split, the new comment's
    name ("part"). Corrections of earlier versions have none of it.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", _("Parent changed")
        AUTHOR = "author", _("Author changed")
        SPLIT = "split", _("Split")
        JOIN = "join", _("Merged")
        POSITION = "position", _("Position changed")
        DECISION = "decision", _("Decision removed")

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="repairs",
        verbose_name=_("talk page"),
        help_text=_("Page where the correction was made."),
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    target = models.CharField(_("ID"), max_length=400, help_text=_("ID of the corrected comment."))
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("Name of the comment; used if the ID has changed."),
    )
    text = models.TextField(
        _("plain text"),
        blank=True,
        help_text=_("Comment text at that time; used to find it on other pages."),
    )
    value = models.JSONField(_("details"), default=dict, help_text=_("Depends on the type."))
    note = models.TextField(_("reason"), blank=True, help_text=_("Shown to other editors."))

    # Of one page, where asked for: see `with_failures`.
    failed_on: int | None
    failed_why: str | None
    failed_since: datetime | None

    objects = RepairQuerySet.as_manager()

    class Meta(Amendment.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["parent", "author", "split", "join", "position", "decision"]),
                name="repair_kind_known",
            ),
            models.CheckConstraint(condition=~Q(target=""), name="repair_target_given"),
        ]

    def __str__(self) -> str:
        words = Truncator(" ".join(self.text.split())).chars(WORDS)
        return f"{self.get_kind_display()}: {words or self.target}"
