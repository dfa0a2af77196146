"""What a talk page holds besides comments: who signed, sections, and text that nobody signed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .items import Item, in_fragment, item_constraints
from .pages import Revision
from .wikis import Wiki


class Author(models.Model):
    """Who signed, closed a discussion or is known to have written a text, on one wiki."""

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        db_index=False,  # author_once_on_their_wiki finds them
        related_name="authors",
        verbose_name=_("wiki"),
        help_text=_("The wiki that the name was used on."),
    )
    name = models.CharField(
        _("user name"), max_length=255, help_text=_("As the signature's link gives it.")
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["wiki", "name"], name="author_once_on_their_wiki"),
            models.CheckConstraint(condition=~Q(name=""), name="author_name_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.wiki.dbname, self.name])


class Section(Item):
    """A heading and what stands under it. Level-2 sections are topics."""

    ident = models.CharField(_("id"), max_length=400, help_text=_("DiscussionTools' heading id."))
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("DiscussionTools' heading name: that of the oldest comment below it."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="children",
        verbose_name=_("section above"),
        help_text=_("The section that it is a part of; none at the top."),
    )
    heading = models.TextField(
        _("heading"),
        blank=True,
        help_text=_("Plain text; empty for what stands before any heading."),
    )
    anchor = models.TextField(
        _("anchor"), blank=True, help_text=_("What follows the # in the wiki's own links to it.")
    )
    heading_level = models.PositiveSmallIntegerField(
        _("heading level"), help_text=_("1 to 6; 0 for what stands before any heading.")
    )
    edit_number = models.PositiveIntegerField(
        _("number in the wiki's edit form"),
        null=True,
        help_text=_("None where the wiki has no edit form for it."),
    )
    comment_count = models.PositiveIntegerField(
        _("comments"), default=0, help_text=_("In it and in the sections below it.")
    )
    closures = models.JSONField(
        _("Closed discussions"),
        default=list,
        blank=True,
        help_text=_(
            "As detected: by whom (“by”) and when, in which words, with which status, and "
            "whether a template or its markup says so (“source”)."
        ),
    )
    boxes = models.JSONField(
        _("boxes"),
        default=list,
        blank=True,
        help_text=_(
            "What templates set apart, from the place of the “first” item to that of the “last”: "
            "whether it is “closed” or “folded”, and its “label”."
        ),
    )

    former_ids = models.JSONField(
        _("former ids"),
        default=list,
        blank=True,
        help_text=_("Ids and anchors that it had before, so that old links still find it."),
    )

    class Meta:
        ordering = ["page_id", "position"]
        constraints = [
            *item_constraints("section"),
            models.UniqueConstraint(fields=["page", "ident"], name="section_id_once_on_its_page"),
            models.CheckConstraint(
                condition=Q(heading_level__lte=6), name="section_level_is_a_heading_level"
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.ident

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}#{in_fragment(self.ident)}"

    @property
    def edit_url_on_wiki(self) -> str:
        if self.edit_number is None:
            return ""
        return self.page.wiki.edit_url_for(self.page.title, self.edit_number)


class UnsignedText(Item):
    """Text that belongs to no signature; stored and shown as such."""

    class KnownBy(models.TextChoices):
        LINK = "link", _("a link in the text")
        TEMPLATE = "template", _("a template in the text")
        HISTORY = "history", _("the page's history")
        EDITOR = "editor", _("an editor of the archive")

    section = models.ForeignKey(
        Section,
        on_delete=models.RESTRICT,
        related_name="unsigned_texts",
        verbose_name=_("section"),
        help_text=_("The section that it stands in."),
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unsigned_texts",
        verbose_name=_("author"),
        help_text=_("Who wrote it, where that is known; they did not sign it with a date."),
    )
    known_by = models.CharField(
        _("author known by"),
        max_length=8,
        choices=KnownBy.choices,
        default="",
        db_default="",
        blank=True,
        help_text=_("What tells who wrote it."),
    )
    first_revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first seen in"),
        help_text=_(
            "The earliest kept revision that had it, on its page or on the one that it was moved "
            "from; none where that is not told."
        ),
    )
    level = models.PositiveIntegerField(_("level"), help_text=_("Counted as for a comment."))
    text = models.TextField(_("plain text"), blank=True, help_text=_("As a reader sees it."))

    class Meta:
        verbose_name = _("unsigned text")
        ordering = ["page_id", "position"]
        constraints = [
            *item_constraints("unsignedtext"),
            models.CheckConstraint(
                condition=Q(author__isnull=True, known_by="")
                | Q(
                    author__isnull=False,
                    known_by__in=["link", "template", "history", "editor"],
                ),
                name="unsignedtext_author_known_by_something",
            ),
        ]
        indexes = [models.Index(fields=["page"], name="unsignedtext_by_page")]

    def __str__(self) -> str:
        return self.text[:80]
