"""Which corrections are not in effect on which pages: what they are about is not there any more."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import TalkPage

from .repairs import Repair


class RepairFailure(models.Model):
    """A correction that could not be applied to the text that readers see of a page.

    Whatever makes rows of a page's text writes it, and removes it where the correction applies
    again. Where the comment itself has left the page, its row stays as it was read last: what is
    kept then is how it was corrected at that time.
    """

    class Why(models.TextChoices):
        """Why not, as a clause."""

        COMMENT = "comment", _("the comment is no longer on the page")
        COMMENTS = "comments", _("the page has several comments with the same name")
        TEXT = "text", _("the text is no longer on the page, or was split from a comment")
        TEXTS = "texts", _("the text occurs more than once on the page")
        PARENT = "parent", _("the comment that it replies to is no longer on the page")
        ORDER = "order", _("a comment can only reply to an earlier one")
        WORDS = "words", _("the words to split at were not found, or occur more than once")
        SIGNATURE = "signature", _("the words to split at are part of the signature")
        NEIGHBOR = "neighbor", _("the comment to merge with is no longer next to it")
        DECISION = "decision", _("no decision is detected for its topic")
        UNREAD = "unread", _("the page has not been parsed again since the correction was made")

    LEFT = (Why.COMMENT, Why.TEXT)  # what it is about is not on the page

    repair = models.ForeignKey(
        Repair,
        on_delete=models.CASCADE,
        db_index=False,  # repairfailure_once_on_a_page finds them
        related_name="failures",
        verbose_name=_("correction"),
    )
    page = models.ForeignKey(
        TalkPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("talk page")
    )
    since = models.DateTimeField(
        _("since"), help_text=_("Time of the revision from which it could not be applied.")
    )
    why = models.CharField(_("reason"), max_length=9, choices=Why.choices)

    class Meta:
        verbose_name = _("correction that is not applied")
        verbose_name_plural = _("corrections that are not applied")
        ordering = ["repair_id", "page_id"]
        constraints = [
            models.UniqueConstraint(fields=["repair", "page"], name="repairfailure_once_on_a_page"),
            models.CheckConstraint(
                condition=Q(
                    why__in=[
                        *("comment", "comments", "text", "texts", "parent", "order", "words"),
                        *("signature", "neighbor", "decision", "unread"),
                    ]
                ),
                name="repairfailure_why_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repair}: {self.get_why_display()}"
