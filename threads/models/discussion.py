"""What a talk page holds: authors, sections, comments, and text that nobody signed.

Sections, comments and unsigned text of a page share one numbering: `position` is the
place in reading order, and everything below an item lies between its own position and
its `last_position`. So a page, a topic or a branch is one ordered range query.
"""

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .pages import Revision, TalkPage, Wiki


class Author(models.Model):
    """Who signed, on one wiki."""

    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
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
        return reverse("author", args=[self.wiki.dbname, self.name.replace(" ", "_")])


AnyItem = TypeVar("AnyItem", bound="Item")


class ItemQuerySet(models.QuerySet[AnyItem]):
    """What can be asked of sections, comments and unsigned text alike."""

    def current(self) -> Self:
        """Those that stand on the page as it was imported last."""
        return self.filter(is_current=True)

    def in_order(self) -> Self:
        """In reading order."""
        return self.order_by("page_id", "position")

    def below(self, item: "Item") -> Self:
        """Everything under an item of the same page, the item itself left out."""
        return self.filter(
            page=item.page_id, position__gt=item.position, position__lte=item.last_position
        )


class Item(models.Model):
    """A piece of a page: has a place in reading order and a span of the wikitext."""

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        verbose_name=_("talk page"),
        help_text=_("The talk page that it stands on."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="+",
        verbose_name=_("revision"),
        help_text=_("The last imported revision that had it."),
    )
    is_current = models.BooleanField(
        _("stands on the page"), default=True, help_text=_("No: it left the page since.")
    )
    position = models.PositiveIntegerField(
        _("place in reading order"),
        help_text=_("One numbering for everything on the page, from 0."),
    )
    last_position = models.PositiveIntegerField(
        _("place of the last item below it"),
        help_text=_("Its own place where nothing stands below it."),
    )
    depth = models.PositiveIntegerField(
        _("depth"),
        help_text=_(
            "A section's: how many sections it stands under. Anything else's: how many "
            "comments it stands under, so 0 right below the heading."
        ),
    )
    start = models.PositiveIntegerField(
        _("start in the wikitext"), help_text=_("In characters of the revision's wikitext.")
    )
    end = models.PositiveIntegerField(
        _("end in the wikitext"), help_text=_("The first character after it.")
    )
    html = models.TextField(
        _("safe HTML"), blank=True, help_text=_("What readers see, made at import.")
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def source(self) -> str:
        """Its own wikitext."""
        return self.revision.text[self.start : self.end]


def item_constraints(model: str) -> list[models.BaseConstraint]:
    """What is true of every kind of item, named for one of them."""
    return [
        models.UniqueConstraint(
            fields=["page", "position"],
            condition=Q(is_current=True),
            name=f"{model}_place_once_on_its_page",
        ),
        models.CheckConstraint(
            condition=Q(last_position__gte=F("position")), name=f"{model}_ends_after_its_start"
        ),
        models.CheckConstraint(condition=Q(end__gte=F("start")), name=f"{model}_span_forward"),
    ]


class Section(Item):
    """A heading and what stands under it. Level-2 sections are topics."""

    ident = models.CharField(_("id"), max_length=400, help_text=_("DiscussionTools' heading id."))
    name = models.CharField(
        _("name"),
        max_length=255,
        db_index=True,
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
        _("closed discussions"),
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
            models.UniqueConstraint(fields=["ident", "page"], name="section_id_once_on_its_page"),
            models.CheckConstraint(
                condition=Q(heading_level__lte=6), name="section_level_is_a_heading_level"
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.ident

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}#{self.ident}"

    @property
    def edit_url_on_wiki(self) -> str:
        if self.edit_number is None:
            return ""
        return self.page.wiki.edit_url_for(self.page.title, self.edit_number)


class CommentQuerySet(ItemQuerySet["Comment"]):
    """What can be asked of comments."""

    def with_context(self) -> Self:
        """With what a page shows beside a comment, in the same query."""
        return self.select_related("author__wiki", "page__wiki", "section", "parent__author")

    def replies(self) -> Self:
        return self.filter(parent__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-timestamp", "-pk")

    def known_as(self, ident: str) -> Self:
        """Those that have, or had, this id, or have this name."""
        if "\x00" in ident:
            return self.none()
        # Each part has its own index; with them in one condition, PostgreSQL uses none.
        bare = Comment.objects.order_by()
        keys = bare.filter(Q(ident=ident) | Q(name=ident)).values("pk")
        former = FormerId.objects.order_by().filter(ident=ident).values("comment")
        return self.filter(pk__in=keys.union(former))

    def named_like(self, comments: Iterable["Comment"]) -> Self:
        """What stands, or stood, on the same wikis under the names of these comments."""
        known = list(comments)
        return self.filter(
            name__in={comment.name for comment in known},
            page__wiki__in={comment.page.wiki_id for comment in known},
        )


class Comment(Item):
    """One signed contribution."""

    ident = models.CharField(
        _("id"), max_length=400, help_text=_("DiscussionTools' comment id, unique on its page.")
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        db_index=True,
        help_text=_("DiscussionTools' comment name, the same on every page that carries it."),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.RESTRICT,
        related_name="comments",
        verbose_name=_("section"),
        help_text=_("The section that it stands in."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="replies",
        verbose_name=_("answers"),
        help_text=_("The comment that it answers; none where it answers the section itself."),
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("author"),
        help_text=_("Who signed it."),
    )
    timestamp = models.DateTimeField(
        _("signed"), db_index=True, help_text=_("The signature's time, in UTC.")
    )
    level = models.PositiveIntegerField(
        _("level"), help_text=_("DiscussionTools' level: 1 plus the number of indentations.")
    )
    first_revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="+",
        verbose_name=_("first seen in"),
        help_text=_("The earliest kept revision that had it."),
    )
    inline = models.BooleanField(
        _("inline"), default=False, help_text=_("Signed in the same paragraph as another comment.")
    )
    cosigners = models.JSONField(
        _("co-signers"),
        default=list,
        help_text=_("Further signatures under the same text: author and timestamp of each."),
    )
    descendants = models.PositiveIntegerField(
        _("replies below"),
        default=0,
        help_text=_("How many comments stand below it, at any depth."),
    )
    text = models.TextField(
        _("plain text"), blank=True, help_text=_("As a reader sees it, without the signature.")
    )

    objects = CommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["page_id", "position"]
        constraints = [
            *item_constraints("comment"),
            # The id first: its index also finds a comment where no page is named.
            models.UniqueConstraint(fields=["ident", "page"], name="comment_id_once_on_its_page"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="comment_answers_another_one",
            ),
        ]
        indexes = [models.Index(fields=["author", "-timestamp"], name="comment_by_author")]

    def __str__(self) -> str:
        return f"{self.author}, {self.timestamp:%H:%M, %d %B %Y}"

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}#{self.ident}"

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two rows of a wiki places of one comment: its name, and its words."""
        return self.name, " ".join(self.text.split())


class ReplyManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    """Comments that answer another one."""

    def get_queryset(self) -> CommentQuerySet:
        queryset: CommentQuerySet = super().get_queryset()
        return queryset.replies()


class Reply(Comment):
    """A comment that answers another one: the same table, seen through its parent."""

    objects = ReplyManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name_plural = "replies"


class Change(models.Model):
    """What happened to a comment on its page after it had first been seen there."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("changed")
        LEFT = "left", _("left the page")
        RETURNED = "returned", _("came back")

    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        related_name="changes",
        verbose_name=_("comment"),
        help_text=_("The comment that it happened to."),
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="changes",
        verbose_name=_("revision"),
        help_text=_("The earliest kept revision in which it had happened."),
    )
    kind = models.CharField(
        _("what happened"), max_length=8, choices=Kind.choices, help_text=_("To the comment.")
    )
    text = models.TextField(
        _("earlier text"),
        blank=True,
        help_text=_("Where it changed: the plain text that it had before."),
    )
    html = models.TextField(_("earlier HTML"), blank=True, help_text=_("The same as safe HTML."))

    class Meta:
        ordering = ["comment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "revision", "kind"], name="change_once_in_its_revision"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["changed", "left", "returned"]), name="change_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.comment}"


class UnsignedText(Item):
    """Text that belongs to no signature; stored and shown as such."""

    section = models.ForeignKey(
        Section,
        on_delete=models.RESTRICT,
        related_name="unsigned_texts",
        verbose_name=_("section"),
        help_text=_("The section that it stands in."),
    )
    level = models.PositiveIntegerField(_("level"), help_text=_("Counted as for a comment."))
    text = models.TextField(_("plain text"), blank=True, help_text=_("As a reader sees it."))

    class Meta:
        verbose_name = _("unsigned text")
        ordering = ["page_id", "position"]
        constraints = item_constraints("unsignedtext")

    def __str__(self) -> str:
        return self.text[:80]


class FormerId(models.Model):
    """An id that a comment once had, so that old links still find it.

    A comment's id holds its heading's anchor: a renamed heading gives it a new one.
    """

    page = models.ForeignKey(
        TalkPage,
        on_delete=models.CASCADE,
        related_name="former_ids",
        verbose_name=_("talk page"),
        help_text=_("The talk page that it was unique on."),
    )
    ident = models.CharField(
        _("id"), max_length=400, help_text=_("The id that the comment had then.")
    )
    comment = models.ForeignKey(
        Comment,
        on_delete=models.CASCADE,
        related_name="former_ids",
        verbose_name=_("comment"),
        help_text=_("The comment that old links with this id lead to."),
    )

    class Meta:
        ordering = ["page", "ident"]
        constraints = [
            models.UniqueConstraint(
                fields=["ident", "page", "comment"], name="former_id_once_for_its_comment"
            )
        ]

    def __str__(self) -> str:
        return self.ident
