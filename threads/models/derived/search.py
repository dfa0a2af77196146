"""What search knows of each text: where it stands, in an order of time. The store writes it.

The words are beside it, in a form that each database has its own of: see threads/search/.
"""

from django.db import models
from django.db.models import Q

from threads.models.discussion.authors import Author
from threads.models.discussion.comments import Comment
from threads.models.discussion.sections import Section, UnsignedText
from threads.models.wiki.pages import TalkPage
from threads.models.wiki.wikis import Wiki


def _text(to: type[models.Model]) -> "models.ForeignKey[models.Model | None]":
    """What an entry is of, and goes with; few rows have one of each, so a part is indexed."""
    return models.ForeignKey(
        to,
        on_delete=models.CASCADE,
        null=True,
        db_constraint=False,  # PostgreSQL would lock and write each text's row for its check
        db_index=False,
        related_name="+",
    )


def _once(model: str, field: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[field],
        condition=Q(**{f"{field}__isnull": False}),
        name=f"{model}_once_for_its_{field}",
    )


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

    # By time: see threads/search/index/entries.py. Nothing is found by it but the newest.
    id = models.BigIntegerField(primary_key=True)
    comment = _text(Comment)
    unsigned = _text(UnsignedText)
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
            _once("searchentry", "comment"),
            _once("searchentry", "unsigned"),
            models.CheckConstraint(
                condition=Q(comment__isnull=True) ^ Q(unsigned__isnull=True),
                name="searchentry_of_one_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SearchName(models.Model):
    """The name of a page, a topic or somebody, as search sees it."""

    class Kind(models.IntegerChoices):
        PAGE = 1
        TOPIC = 2
        PERSON = 3

    # By how much was said there: see threads/search/index/names.py.
    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    page = _text(TalkPage)
    section = _text(Section)
    author = _text(Author)
    digest = models.BigIntegerField()  # as above

    class Meta:
        verbose_name_plural = "search names"
        constraints = [
            _once("searchname", "page"),
            _once("searchname", "section"),
            _once("searchname", "author"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SearchState(models.Model):
    """How far the index has been filled anew; the only row is there while that is not done."""

    done_to = models.BigIntegerField(default=0)  # primary keys of pages

    class Meta:
        verbose_name_plural = "search states"

    def __str__(self) -> str:
        return f"{self.done_to}"
