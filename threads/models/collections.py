"""Pages that belong together, whatever wiki and language they are of."""

from typing import Self

from django.db import models
from django.db.models import Max, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .wiki.pages import TalkPage
from .wiki.wikis import Wiki


class CollectionQuerySet(models.QuerySet["Collection"]):
    """What can be asked of collections."""

    def with_totals(self) -> Self:
        """With their counts and time span, from their shares: `page_total`, `comment_total`,
        `first_at`, `last_at`."""
        return self.annotate(
            page_total=Sum("shares__pages", default=0),
            comment_total=Sum("shares__comments", default=0),
            first_at=Min("shares__first_at"),
            last_at=Max("shares__last_at"),
        )


class Collection(models.Model):
    """Pages under one title, as an editor of the archive puts them together."""

    slug = models.SlugField(
        _("URL slug"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the URL, for example “strategy-2018-20”."),
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Name shown to readers."))
    introduction = models.TextField(
        _("description"),
        blank=True,
        help_text=_("Plain text. Separate paragraphs with a blank line."),
    )
    pages = models.ManyToManyField(
        TalkPage, through="CollectionPage", related_name="collections", verbose_name=_("pages")
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
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
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="entries",
        verbose_name=_("talk page"),
    )
    position = models.PositiveIntegerField(
        _("place"), default=0, help_text=_("Lower numbers come first.")
    )
    last_at = models.DateTimeField(
        _("latest comment"), null=True, editable=False, help_text=_("Of the page. Kept by imports.")
    )

    class Meta:
        verbose_name = _("collection page")
        verbose_name_plural = _("collection pages")
        ordering = ["position", "page__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "page"], name="page_once_in_its_collection"
            )
        ]
        indexes = [
            models.Index(fields=["collection", "position", "id"], name="entry_by_position"),
            models.Index(fields=["collection", "-last_at"], name="entry_by_latest_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.page}"

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Where it stands in the collection's list: by wiki, there in the editor's order."""
        wiki = self.page.wiki
        return wiki.language, wiki.pk, self.position, self.page.title


class CollectionShare(models.Model):
    """What of one wiki is in a collection; kept by the store."""

    pk = models.CompositePrimaryKey("collection", "wiki")
    collection = models.ForeignKey(
        Collection,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="shares",
        verbose_name=_("collection"),
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("wiki"),
    )
    pages = models.IntegerField(_("pages"))
    comments = models.IntegerField(_("comments"))
    first_at = models.DateTimeField(_("first comment"), null=True)
    last_at = models.DateTimeField(_("latest comment"), null=True)

    def __str__(self) -> str:
        return f"{self.collection}, {self.wiki}"
