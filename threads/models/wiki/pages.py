"""Talk pages, their earlier titles, and each imported state of their wikitext."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Case, Count, Min, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .edits import Edited
from .packing import unpack
from .wikis import Wiki, title_on_wiki


class TalkPageQuerySet(models.QuerySet["TalkPage"]):
    """What can be asked of talk pages."""

    def as_listed(self) -> Self:
        """With what a line about them says, in the same query."""
        return self.select_related("wiki").defer("months")

    def called(self, titles: Collection[str]) -> Self:
        """Those that have one of these titles, and after them those that had one."""
        has_it = Case(When(title__in=titles, then=0), default=1)
        known = Q(title__in=titles) | Q(former_titles__title__in=titles)
        return self.filter(known).order_by(has_it)

    def as_shown(self) -> Self:
        """With what stands beside the threads: the latest comment, the current revision, and,
        counted, `version_count` and `first_version_at`. No texts."""
        pages = self.select_related(
            "wiki", "latest_comment__author", "latest_comment__section", "current_revision"
        ).defer("current_revision__compressed", "latest_comment__html", "latest_comment__text")
        return pages.annotate(
            version_count=Count("revisions"),
            first_version_at=Min(Coalesce("revisions__timestamp", "revisions__imported_at")),
        )


class TalkPage(models.Model):
    """A page that holds discussions, whatever its namespace."""

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        db_index=False,  # page_once_on_its_wiki finds them
        related_name="pages",
        verbose_name=_("wiki"),
    )
    title = models.CharField(
        _("title"),
        max_length=512,
        help_text=_("Full title with namespace, for example “Talk:Strategy/Partnerships”."),
    )
    number = models.PositiveBigIntegerField(
        _("page ID"),
        null=True,
        blank=True,
        help_text=_("Page ID on the wiki, if known; stays the same when the page is moved."),
    )
    current_revision = models.ForeignKey(
        "Revision",
        on_delete=models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("current revision"),
        help_text=_("The revision shown to readers."),
    )
    comment_count = models.PositiveIntegerField(
        _("comments"), default=0, help_text=_("Signed comments on the page.")
    )
    topic_count = models.PositiveIntegerField(
        _("topics"), default=0, help_text=_("Level-2 sections on the page.")
    )
    months = models.JSONField(
        _("comments by month"),
        default=dict,
        blank=True,
        help_text=_("Number of comments per month, in UTC: {“2019-04”: 12}."),
    )
    first_comment_at = models.DateTimeField(_("first comment"), null=True)
    last_comment_at = models.DateTimeField(_("latest comment"), null=True)
    latest_comment = models.ForeignKey(
        "Comment",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("latest comment"),
    )
    noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        db_default=False,
        help_text=_("Search engines are asked not to show the page; readers see it as before."),
    )
    created_at = models.DateTimeField(_("first imported"), auto_now_add=True)

    objects = TalkPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk page")
        verbose_name_plural = _("talk pages")
        ordering = ["wiki", "title"]
        constraints = [
            models.UniqueConstraint(fields=["wiki", "title"], name="page_once_on_its_wiki"),
            models.UniqueConstraint(
                fields=["wiki", "number"],
                condition=Q(number__isnull=False),
                name="page_number_once_on_its_wiki",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="page_title_given"),
        ]
        indexes = [
            models.Index(fields=["wiki", "first_comment_at"], name="page_by_first_comment"),
            models.Index(fields=["wiki", "last_comment_at", "id"], name="page_by_last_comment"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.wiki.dbname, self.title])

    @property
    def title_on_wiki(self) -> str:
        return title_on_wiki(self.title)

    @property
    def url_on_wiki(self) -> str:
        return self.wiki.url_for(self.title)


class FormerTitle(models.Model):
    """A title that a page had before it was moved, so that old links still find it."""

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        related_name="former_titles",
        verbose_name=_("wiki"),
    )
    title = models.CharField(_("title"), max_length=512, help_text=_("Former full title."))
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="former_titles",
        verbose_name=_("talk page"),
        help_text=_("Current page for links with this title."),
    )

    class Meta:
        verbose_name = _("former title")
        verbose_name_plural = _("former titles")
        ordering = ["wiki", "title"]
        constraints = [
            models.UniqueConstraint(fields=["wiki", "title"], name="former_title_once_on_its_wiki")
        ]

    def __str__(self) -> str:
        return self.title


class RevisionQuerySet(models.QuerySet["Revision"]):
    """What can be asked of kept revisions."""

    def without_text(self) -> Self:
        """Leave the wikitext in the database."""
        return self.defer("compressed")

    def shown(self) -> Self:
        """Those that were not taken down."""
        return self.filter(withheld_by=None)

    def later_than(self, number: int | None, timestamp: datetime | None) -> Self:
        """Those known to have been saved later, by time or else by number."""
        higher = Q(number__gt=number) if number else Q(pk__in=[])
        if timestamp is None:
            return self.filter(higher)
        untold = Q(timestamp=timestamp) | Q(timestamp__isnull=True)
        return self.filter(Q(timestamp__gt=timestamp) | untold & higher)


class Revision(Edited):
    """One imported state of a page's wikitext; kept whole, for ever."""

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="revisions",
        verbose_name=_("talk page"),
    )
    number = models.PositiveBigIntegerField(
        _("revision ID"), null=True, blank=True, help_text=_("Revision ID on the wiki, if known.")
    )
    timestamp = models.DateTimeField(
        _("revision date"),
        null=True,
        blank=True,
        help_text=_("When it was saved on the wiki, if known."),
    )
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    sha256 = models.CharField(
        _("SHA-256 of the text"),
        max_length=64,
        help_text=_("SHA-256 of the UTF-8 text, in hexadecimal."),
    )
    size = models.PositiveIntegerField(_("size"), help_text=_("Size in bytes (uncompressed)."))
    compressed = models.BinaryField(_("wikitext, compressed"))
    parser_version = models.CharField(
        _("parser version"),
        max_length=32,
        blank=True,
        help_text=_("Version of the parser that was last used."),
    )
    problems = models.JSONField(
        _("warnings"), default=list, blank=True, help_text=_("Warnings from the parser.")
    )
    withheld_by = models.ForeignKey(
        "PrivacyRule",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="revisions",
        verbose_name=_("taken down by"),
        help_text=_("The rule that withholds its text."),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["page", "-imported_at"]
        indexes = [  # two may show the same text, where privacy rules hold
            models.Index(
                fields=["page", "sha256"],
                condition=Q(number__isnull=True),
                name="revision_by_text",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"],
                condition=Q(number__isnull=False),
                name="revision_number_once_on_its_page",
            ),
            models.CheckConstraint(
                condition=(Q(user_hidden=False) | Q(user=""))
                & (Q(summary_hidden=False) | Q(summary="")),
                name="revision_keeps_nothing_hidden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.number or self.sha256[:10]})"

    @property
    def saved_at(self) -> datetime:
        """When it was saved on the wiki; where that is not known, when it was imported."""
        return self.timestamp or self.imported_at

    @property
    def text(self) -> str:
        """The page's whole wikitext."""
        return unpack(self.compressed).decode()
