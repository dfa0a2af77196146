"""Who wrote something on a wiki's talk pages."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.wikis import Wiki


class Author(models.Model):
    """Who signed, closed a discussion or is known to have written a text, on one wiki."""

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        db_index=False,  # author_once_on_their_wiki finds them
        related_name="authors",
        verbose_name=_("wiki"),
    )
    name = models.CharField(_("user name"), max_length=255, help_text=_("As in the signature."))

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["wiki", "name"], name="author_once_on_their_wiki"),
            models.CheckConstraint(condition=~Q(name=""), name="author_name_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.wiki.dbname, self.name])
