"""Topics that were decided, as a register of them asks for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from threads.models.collections import Collection
from threads.models.discussion.authors import Author
from threads.models.discussion.sections import Section
from threads.models.wiki.pages import TalkPage
from threads.models.wiki.wikis import Wiki


class DecidedTopic(models.Model):
    """A section that stands on its page and is decided; made from `Section.decision`.

    The wiki and the page are the section's: so that a register comes in order by one index.
    """

    class Source(models.TextChoices):
        HEADING = "heading", _("heading")
        SENTENCE = "sentence", _("closing sentence")
        BOX = "box", _("closing box")
        TEMPLATE = "template", _("template")
        COMMENT = "comment", _("closing comment")

    section = models.OneToOneField(
        Section,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="decided",
        verbose_name=_("section"),
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        db_index=False,  # decided_by_wiki finds them
        related_name="decided_topics",
        verbose_name=_("wiki"),
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="decided_topics",
        verbose_name=_("talk page"),
    )
    source = models.CharField(
        _("detected by"),
        max_length=8,
        choices=Source.choices,
        help_text=_("What the decision was detected from."),
    )
    by = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        null=True,
        related_name="decided_topics",
        verbose_name=_("decided by"),
        help_text=_("Empty if the page does not say so."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, help_text=_("Of the decision. Empty if the page does not say so.")
    )
    last_at = models.DateTimeField(
        _("latest comment"), help_text=_("Of the topic. Registers are sorted by this time.")
    )

    class Meta:
        ordering = ["-last_at", "-section_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    source__in=["heading", "sentence", "box", "template", "comment"]
                ),
                name="decided_topic_source_known",
            )
        ]
        indexes = [
            models.Index(fields=["wiki", "-last_at", "-section"], name="decided_by_wiki"),
        ]

    def __str__(self) -> str:
        return str(self.section)


class CollectionTopic(models.Model):
    """A decided topic on a page of a collection; kept by the store, as `CollectionShare` is.

    So the register of a collection comes in order by one index, as that of a wiki does.
    """

    pk = models.CompositePrimaryKey("collection", "topic")
    collection = models.ForeignKey(
        Collection,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name=_("collection"),
    )
    topic = models.ForeignKey(
        DecidedTopic,
        on_delete=models.CASCADE,
        related_name="collected",
        verbose_name=_("topic"),
    )
    last_at = models.DateTimeField(_("latest comment"))

    class Meta:
        indexes = [
            models.Index(fields=["collection", "-last_at", "-topic"], name="topic_by_collection")
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.topic}"
