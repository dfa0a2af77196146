"""Topics that were decided, as a register of them asks for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .discussion import Author, Section
from .pages import TalkPage
from .wikis import Wiki


class DecidedTopic(models.Model):
    """A section that stands on its page and is decided; made from `Section.decision`.

    The wiki and the page are the section's: so that a register comes in order by one index.
    """

    class Source(models.TextChoices):
        HEADING = "heading", _("a mark in the heading")
        SENTENCE = "sentence", _("a sentence that closes the topic")
        BOX = "box", _("a box around the topic")
        TEMPLATE = "template", _("a template")
        COMMENT = "comment", _("a comment that begins with the outcome")

    section = models.OneToOneField(
        Section,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="decided",
        verbose_name=_("section"),
        help_text=_("The section that was decided."),
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.CASCADE,
        db_index=False,  # decided_by_wiki finds them
        related_name="decided_topics",
        verbose_name=_("wiki"),
        help_text=_("The wiki of its page."),
    )
    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="decided_topics",
        verbose_name=_("talk page"),
        help_text=_("The page that it stands on."),
    )
    source = models.CharField(
        _("detected by"),
        max_length=8,
        choices=Source.choices,
        help_text=_("The first of the marks by which the decision was detected."),
    )
    by = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        null=True,
        related_name="decided_topics",
        verbose_name=_("decided by"),
        help_text=_("Only where the page says so."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, help_text=_("Of the decision, only where the page says so.")
    )
    last_at = models.DateTimeField(
        _("latest comment"), help_text=_("Of the topic: by this time the register is sorted.")
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
