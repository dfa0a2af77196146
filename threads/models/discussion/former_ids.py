"""Former IDs: what comments were called before their headings changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import TalkPage

from .comments import Comment


class FormerId(models.Model):
    """An id that a comment once had, so that old links still find it.

    A comment's id holds its heading's anchor: a renamed heading gives it a new one.
    """

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="former_ids",
        verbose_name=_("talk page"),
    )
    ident = models.CharField(_("ID"), max_length=400, help_text=_("Former comment ID."))
    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        related_name="former_ids",
        verbose_name=_("comment"),
        help_text=_("Current comment for links with this ID."),
    )

    class Meta:
        verbose_name = _("former ID")
        verbose_name_plural = _("former IDs")
        ordering = ["page", "ident"]
        constraints = [
            models.UniqueConstraint(
                fields=["ident", "page", "comment"], name="former_id_once_for_its_comment"
            )
        ]

    def __str__(self) -> str:
        return self.ident
