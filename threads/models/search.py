"""What search knows of each text: where it stands, in an order of time. The store writes it.

The words are beside it, in a form that each database has its own of: see threads/search/.
"""

from django.db import models
from django.db.models import Q

from .comments import Comment
from .discussion import Author, Section, UnsignedText
from .pages import TalkPage
from .wikis import Wiki


def _fact(to: type[models.Model]) -> "models.ForeignKey[models.Model]":
    """Not asked for by itself, and gone with the text: neither indexed nor checked."""
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class SearchEntry(models.Model):
    """A comment or an unsigned text that stands on its page, as search sees it."""

    # By time: see threads/search/entries.py. Nothing is found by it but what was written last.
    id = models.BigIntegerField(primary_key=True)
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, db_index=False, related_name="+"
    )
    unsigned = models.ForeignKey(
        UnsignedText, on_delete=models.CASCADE, null=True, db_index=False, related_name="+"
    )
    wiki = _fact(Wiki)
    page = _fact(TalkPage)
    section = _fact(Section)
    author = models.ForeignKey(
        Author,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    digest = (
        models.BigIntegerField()
    )  # of all that the index has of it: the same, or to be rewritten

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(comment__isnull=False),
                name="searchentry_once_for_its_comment",
            ),
            models.UniqueConstraint(
                fields=["unsigned"],
                condition=Q(unsigned__isnull=False),
                name="searchentry_once_for_its_text",
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=True) ^ Q(unsigned__isnull=True),
                name="searchentry_of_one_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
