"""Sums that the store keeps, so that reading counts nothing."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .discussion import Author
from .pages import TalkPage
from .wikis import Wiki

NEVER = datetime.min.replace(tzinfo=UTC)  # sorts before every comment, on either database
SORTED_BY = 100  # characters of a title's part


class WikiTotals(models.Model):
    """What a wiki has in the archive. Whoever changes sums of a wiki locks this row first."""

    wiki = models.OneToOneField(
        Wiki,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="totals",
        verbose_name=_("wiki"),
        help_text=_("The wiki whose sums these are."),
    )
    pages = models.IntegerField(_("pages"), default=0, help_text=_("Talk pages, all of them."))
    comments = models.IntegerField(
        _("comments"), default=0, help_text=_("Those that stand on its pages.")
    )
    people = models.IntegerField(
        _("people"), default=0, help_text=_("Authors of comments that stand on its pages.")
    )

    def __str__(self) -> str:
        return str(self.wiki)


class WikiMonth(models.Model):
    """How many of a wiki's comments were signed in a month."""

    pk = models.CompositePrimaryKey("wiki", "month")
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="months",
        verbose_name=_("wiki"),
        help_text=_("The wiki whose comments they are."),
    )
    month = models.CharField(_("month"), max_length=7, help_text=_("In UTC, as in “2019-04”."))
    comments = models.IntegerField(_("comments"), help_text=_("Those that stand on a page."))

    def __str__(self) -> str:
        return f"{self.wiki}, {self.month}"


class AuthorMonth(models.Model):
    """How many of an author's comments were signed in a month."""

    pk = models.CompositePrimaryKey("author", "month")
    author = models.ForeignKey(
        Author,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="months",
        verbose_name=_("author"),
        help_text=_("Who signed them."),
    )
    month = models.CharField(_("month"), max_length=7, help_text=_("In UTC, as in “2019-04”."))
    comments = models.IntegerField(_("comments"), help_text=_("Those that stand on a page."))

    def __str__(self) -> str:
        return f"{self.author}, {self.month}"


class Contribution(models.Model):
    """What an author wrote on a page; of a page, these are what its sums were made from."""

    pk = models.CompositePrimaryKey("page", "author")
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="contributions",
        verbose_name=_("talk page"),
        help_text=_("The page that it stands on."),
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.CASCADE,
        db_index=False,  # contribution_by_author finds them
        related_name="contributions",
        verbose_name=_("author"),
        help_text=_("Who signed it."),
    )
    first_at = models.DateTimeField(_("first"), help_text=_("When their oldest comment is from."))
    last_at = models.DateTimeField(_("last"), help_text=_("When their newest comment is from."))
    comments = models.JSONField(
        _("comments"),
        help_text=_(
            "The keys of their comments that stand there, by month, the newest first: "
            "{“2019-04”: [7, 3]}."
        ),
    )

    class Meta:
        indexes = [
            models.Index(fields=["author", "-last_at", "page"], name="contribution_by_author")
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.page}"

    @property
    def keys(self) -> list[int]:
        """The primary keys of the comments, the newest first."""
        return [
            key for month in sorted(self.comments, reverse=True) for key in self.comments[month]
        ]


class TitleBranch(models.Model):
    """A title, or the beginning of titles up to a slash, with all that stands below it.

    A wiki's titles are a tree so; `above` has the branches of one level together, in each of the
    orders that readers can ask for.
    """

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        db_index=False,  # branch_once_on_its_wiki finds them
        related_name="branches",
        verbose_name=_("wiki"),
        help_text=_("The wiki whose titles these are."),
    )
    path = models.CharField(
        _("path"), max_length=512, help_text=_("The title up to here: “Talk:Strategy/2018-20”.")
    )
    above = models.CharField(
        _("path above"), max_length=512, help_text=_("Empty for the top of the tree.")
    )
    sort_key = models.CharField(
        _("sorted by"), max_length=SORTED_BY, help_text=_("Its last part, whatever the case.")
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("talk page"),
        help_text=_("The page that has this title; none where only others begin with it."),
    )
    fork = models.CharField(
        _("leads to"),
        max_length=512,
        help_text=_("Down from here, the first path that is a page or has several branches."),
    )
    is_page = models.BooleanField(_("is a page"), help_text=_("What it leads to is one."))
    branches = models.IntegerField(_("branches"), default=0, help_text=_("Right below it."))
    pages = models.IntegerField(_("pages"), default=0, help_text=_("On it and below it."))
    comments = models.IntegerField(_("comments"), default=0, help_text=_("On it and below it."))
    first_at = models.DateTimeField(
        _("first comment"), null=True, help_text=_("On it and below it.")
    )
    last_at = models.DateTimeField(
        _("last comment"),
        default=NEVER,
        help_text=_("On it and below it; where there is none, the beginning of the calendar."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wiki", "path"], name="branch_once_on_its_wiki")
        ]
        indexes = [
            models.Index(fields=["wiki", "above", "sort_key", "id"], name="branch_by_title"),
            models.Index(
                fields=["wiki", "above", "-last_at", "sort_key", "id"], name="branch_by_activity"
            ),
            models.Index(
                fields=["wiki", "above", "-comments", "sort_key", "id"], name="branch_by_size"
            ),
        ]

    def __str__(self) -> str:
        return self.path
