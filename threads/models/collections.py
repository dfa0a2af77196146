"""Pages that belong together, whatever wiki and language they are of."""

from typing import Self

from django.db import models
from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .pages import TalkPage


class CollectionQuerySet(models.QuerySet["Collection"]):
    """What can be asked of collections."""

    def with_totals(self) -> Self:
        """With their counts and time span: `page_total`, `wiki_total`, `comment_total`,
        `first_at`, `last_at`."""
        return self.annotate(
            page_total=Count("pages"),
            wiki_total=Count("pages__wiki", distinct=True),
            comment_total=Sum("pages__comment_count", default=0),
            first_at=Min("pages__first_comment_at"),
            last_at=Max("pages__latest_comment__timestamp"),
        )


class Collection(models.Model):
    """Pages under one title, as an editor of the archive puts them together."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of its address: “strategy-2018-20”."),
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What readers call it, as on a book.")
    )
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("What it is about; plain text, a blank line begins a new paragraph."),
    )
    pages = models.ManyToManyField(
        TalkPage, through="CollectionPage", related_name="collections", verbose_name=_("pages")
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="collection_has_a_title")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])


class CollectionPage(models.Model):
    """A page's place in a collection."""

    collection = models.ForeignKey(
        Collection,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("collection"),
        help_text=_("The collection that has it."),
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("talk page"),
        help_text=_("The page; any wiki's."),
    )
    position = models.PositiveIntegerField(
        _("place"), default=0, help_text=_("Smaller ones come first; equal ones by title.")
    )

    class Meta:
        verbose_name = _("page of a collection")
        verbose_name_plural = _("pages of collections")
        ordering = ["position", "page__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "page"], name="page_once_in_its_collection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page}"
