"""Sums that the store keeps, so that reading counts nothing."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from threads.models.discussion.authors import Author
from threads.models.discussion.dating import NEVER
from threads.models.wiki.pages import TalkPage
from threads.models.wiki.wikis import Wiki

SORTED_BY = 100  # characters of a title's part


class WikiTotals(models.Model):
    """What a wiki has in the archive. Whoever changes sums of a wiki locks this row first."""

    wiki = models.OneToOneField(
        Wiki,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="totals",
        verbose_name=_("wiki"),
    )
    pages = models.IntegerField(_("pages"), default=0)
    comments = models.IntegerField(_("comments"), default=0)
    people = models.IntegerField(_("participants"), default=0)

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
    )
    month = models.CharField(
        _("month"), max_length=7, help_text=_("In UTC, for example “2019-04”.")
    )
    comments = models.IntegerField(_("comments"))

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
    )
    month = models.CharField(
        _("month"), max_length=7, help_text=_("In UTC, for example “2019-04”.")
    )
    comments = models.IntegerField(_("comments"))

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
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.CASCADE,
        db_index=False,  # contribution_by_author finds them
        related_name="contributions",
        verbose_name=_("author"),
    )
    first_at = models.DateTimeField(_("first comment"))
    last_at = models.DateTimeField(_("latest comment"))  # NEVER where all lie in the future
    comments = models.JSONField(
        _("comments"),
        help_text=_("Keys of the comments by month, newest first: {“2019-04”: [7, 3]}."),
    )

    class Meta:
        indexes = [
            models.Index(fields=["author", "-last_at", "page"], name="contribution_by_author")
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.page}"

    @property
    def keys(self) -> list[int]:
        """The primary keys of the comments, the newest first; those of months to come last."""
        latest = self.last_at.isoformat()[:7]
        months = sorted(self.comments, key=lambda month: (month <= latest, month), reverse=True)
        return [key for month in months for key in self.comments[month]]

    @property
    def until(self) -> datetime:
        """When the latest comment was signed that does not lie in the future; the first, where all
        do."""
        return max(self.first_at, self.last_at)


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
    )
    path = models.CharField(
        _("path"),
        max_length=512,
        help_text=_("Beginning of a title, for example “Talk:Strategy/2018-20”."),
    )
    above = models.CharField(
        _("parent path"), max_length=512, help_text=_("Empty at the top level.")
    )
    sort_key = models.CharField(
        _("sort key"),
        max_length=SORTED_BY,
        help_text=_("The last part of the path, without regard to case."),
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("talk page"),
        help_text=_("The page with this title. Empty if there are only pages below it."),
    )
    fork = models.CharField(
        _("first fork"),
        max_length=512,
        help_text=_("The first path from here that is a page or has several branches."),
    )
    is_page = models.BooleanField(_("is a page"), help_text=_("Whether the first fork is a page."))
    branches = models.IntegerField(_("branches"), default=0, help_text=_("Directly below it."))
    pages = models.IntegerField(
        _("pages"), default=0, help_text=_("Including everything below it.")
    )
    comments = models.IntegerField(
        _("comments"), default=0, help_text=_("Including everything below it.")
    )
    first_at = models.DateTimeField(
        _("first comment"), null=True, help_text=_("Including everything below it.")
    )
    last_at = models.DateTimeField(
        _("latest comment"),
        default=NEVER,
        help_text=_("Including everything below it; the earliest possible date if there is none."),
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
