"""What a talk page holds besides comments: sections, and text that nobody signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from threads.models.wiki.pages import Revision

from .authors import Author
from .items import Item, in_fragment, item_constraints

NO_HEADING = _("(no heading)")  # what stands for the text of a heading that has none


class Section(Item):
    """A heading and what stands under it. Level-2 sections are topics."""

    ident = models.CharField(_("ID"), max_length=400, help_text=_("DiscussionTools heading ID."))
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_("DiscussionTools heading name (from the oldest comment in the section)."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="children",
        verbose_name=_("parent section"),
        help_text=_("Empty for top-level sections."),
    )
    TOPIC_LEVEL = 2  # of headings: sections of that level are topics

    heading = models.TextField(
        _("heading"),
        blank=True,
        help_text=_("Plain text; empty before the first heading."),
    )
    anchor = models.TextField(
        _("anchor"), blank=True, help_text=_("The wiki's own anchor (the part after #).")
    )
    heading_level = models.PositiveSmallIntegerField(
        _("heading level"), help_text=_("1–6; 0 before the first heading.")
    )
    edit_number = models.PositiveIntegerField(
        _("section number"),
        null=True,
        help_text=_(
            "Number in the wiki's edit links (“&section=”). Empty if the section cannot be "
            "edited on its own."
        ),
    )
    comment_count = models.PositiveIntegerField(
        _("comments"), default=0, help_text=_("Including subsections.")
    )
    closures = models.JSONField(
        _("closures"),
        default=list,
        blank=True,
        help_text=_("Detected closing templates: author (“by”), time, result, status and source."),
    )
    decision = models.JSONField(
        _("decision"),
        null=True,
        blank=True,
        help_text=_("Detected: outcome, author (“by”), time, comment ID and sources."),
    )
    boxes = models.JSONField(
        _("template boxes"),
        default=list,
        blank=True,
        help_text=_(
            "Closed or collapsed ranges: positions of the first and last items, kind and label."
        ),
    )

    former_ids = models.JSONField(
        _("former IDs"),
        default=list,
        blank=True,
        help_text=_("Former IDs and anchors, so that old links keep working."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
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

    @property
    def title(self) -> str:
        """The heading as links show it, which need a text: words in the reader's language where it
        has none; "" before the first heading."""
        return self.heading or (str(NO_HEADING) if self.heading_level else "")

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}#{in_fragment(self.ident)}"

    @property
    def is_topic(self) -> bool:
        return self.heading_level == self.TOPIC_LEVEL

    @property
    def edit_url_on_wiki(self) -> str:
        if self.edit_number is None:
            return ""
        return self.page.wiki.edit_url_for(self.page.title, self.edit_number)


class UnsignedText(Item):
    """Text that belongs to no signature; stored and shown as such."""

    class KnownBy(models.TextChoices):
        LINK = "link", _("link in the text")
        TEMPLATE = "template", _("template in the text")
        NAME = "name", _("name in the text")
        HISTORY = "history", _("page history")
        EDITOR = "editor", _("editor of this archive")

    section = models.ForeignKey(
        Section,
        on_delete=models.RESTRICT,
        related_name="unsigned_texts",
        verbose_name=_("section"),
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unsigned_texts",
        verbose_name=_("author"),
        help_text=_("Author of the unsigned text, if known."),
    )
    known_by = models.CharField(
        _("source of the author"),
        max_length=8,
        choices=KnownBy.choices,
        default="",
        db_default="",
        blank=True,
        help_text=_("How the author is known."),
    )
    plain_name = models.CharField(
        _("plain name"),
        max_length=255,
        default="",
        db_default="",
        blank=True,
        help_text=_("Name in the text, without an account."),
    )
    first_revision = models.ForeignKey(
        Revision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first revision"),
        help_text=_(
            "Earliest imported revision that contains it, on this page or on the page it was "
            "moved from. Empty if unknown."
        ),
    )
    level = models.PositiveIntegerField(_("level"))
    text = models.TextField(_("plain text"), blank=True)

    class Meta:
        verbose_name = _("unsigned text")
        verbose_name_plural = _("unsigned texts")
        ordering = ["page_id", "position"]
        constraints = [
            *item_constraints("unsignedtext"),
            models.CheckConstraint(
                condition=(
                    Q(author__isnull=True, known_by="name") & ~Q(plain_name="")
                    | Q(author__isnull=True, known_by="", plain_name="")
                    | Q(
                        author__isnull=False,
                        known_by__in=["link", "template", "history", "editor"],
                        plain_name="",
                    )
                ),
                name="unsignedtext_author_known_by_something",
            ),
        ]
        indexes = [models.Index(fields=["page"], name="unsignedtext_by_page")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def named(self) -> str:
        """That of an account, or the plain name in the text; "" where nobody is named."""
        return self.author.name if self.author else self.plain_name
