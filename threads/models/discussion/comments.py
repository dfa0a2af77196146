"""Comments: what somebody signed."""

from collections.abc import Collection, Iterable
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from threads.models.wiki.pages import Revision, TalkPage
from threads.models.wiki.wikis import Wiki

from .arrivals import before_arrivals
from .authors import Author
from .comment_ids import spellings_of, times_in
from .dating import in_words, latest_date
from .items import Item, ItemQuerySet, in_fragment, item_constraints
from .sections import Section

# What makes two rows the same comment on two pages, for the database.
_SAME = ("wiki", "timestamp", "name", "text")


def comment_identity(name: str, text: str) -> tuple[str, str]:
    """See Comment.identity."""
    return name, single_spaced(text)


def single_spaced(text: str) -> str:
    """The text with one blank for each stretch of white space, and none around it."""
    return " ".join(text.split())


class CommentQuerySet(ItemQuerySet["Comment"]):
    """What can be asked of comments."""

    def with_context(self) -> Self:
        """With what a page shows beside a comment, in the same query."""
        return self.select_related("author__wiki", "page__wiki", "section", "parent__author")

    def with_byline(self) -> Self:
        """With who said it where, in the same query; without its HTML."""
        return self.select_related("author__wiki", "page__wiki").defer("html", "page__months")

    def with_answered(self) -> Self:
        """With what a page of its author's comments shows beside it, in the same query."""
        return self.select_related("page__wiki", "section", "parent__author").defer(
            "text", "parent__html", "parent__text"
        )

    def replies(self) -> Self:
        return self.filter(parent__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-timestamp", "-pk")

    def dated_by_now(self) -> Self:
        """Without those whose date lies in the future: they are no news until then."""
        return self.filter(timestamp__lte=latest_date())

    def arrived_after(self, key: int) -> Self:
        """Those that came into the archive after the one with this primary key, by which rows are
        numbered as they come; without what only went from one page of its wiki to another."""
        same = {name: OuterRef(name) for name in _SAME}
        earlier = Comment.objects.order_by().filter(**same, pk__lt=OuterRef("pk"))
        return self.filter(~Exists(earlier), pk__gt=key)

    def with_arrivals(self, page: TalkPage) -> Self:
        """With `came`, for comments of one page: the primary key under which each came to its wiki,
        on whatever page that was. What came with the page's first revision is new there to nobody,
        and is not looked for."""
        same = {name: OuterRef(name) for name in _SAME}
        first = Comment.objects.order_by("pk").filter(**same).values("pk")[:1]
        begin = Revision.objects.filter(page=page).order_by("pk").values("pk")[:1]
        later = When(first_revision__gt=Subquery(begin), then=Subquery(first))
        return self.annotate(came=Case(later, default=F("pk")))

    def latest_keys(self) -> models.QuerySet["Comment", int]:
        """The primary key of the last that came before all on their way, for a subquery."""
        return self.order_by("-pk").values_list(before_arrivals(F("pk")), flat=True)[:1]

    def latest_key(self) -> int:
        """0 for none. One query."""
        return next(iter(self.latest_keys()), 0)

    def known_as(self, ident: str) -> Self:
        """Those that have, or had, this id, or have this name; its times in either form. One query,
        for their keys."""
        # Each part has its own index; with them in one condition, PostgreSQL uses none. As a part
        # of another query, it takes PostgreSQL ten times as long to plan that as to answer it.
        spellings = spellings_of(ident)
        near = Comment.objects.order_by().signed_at_times_in([ident])
        keys = near.filter(Q(ident__in=spellings) | Q(name__in=spellings)).values_list("pk")
        former = Comment.objects.order_by().filter(former_ids__ident__in=spellings)
        return self.filter(pk__in=[key for (key,) in keys.union(former.values_list("pk"))])

    def with_ids(self, idents: Collection[str]) -> Self:
        """Those that have one of these ids, wherever they stand."""
        return self.signed_at_times_in(idents).filter(ident__in=idents)

    def with_names(self, names: Collection[str]) -> Self:
        """Those that have one of these names."""
        return self.signed_at_times_in(names).filter(name__in=names)

    def signed_at_times_in(self, idents: Iterable[str]) -> Self:
        """Those that were signed at a time which one of these ids or names holds."""
        # By time, all that have the ids or names are found at once. Indexes by id and by name
        # would be the dearest ones to write: both are long, and come in no order.
        return self.filter(timestamp__in={time for ident in idents for time in times_in(ident)})

    def named_like(self, comments: Iterable["Comment"]) -> Self:
        """What stands, or stood, on the same wikis under the names of these comments."""
        known = list(comments)
        wikis = {comment.page.wiki_id for comment in known}
        return self.with_names({each.name for each in known}).filter(page__wiki__in=wikis)


class Comment(Item):
    """One signed contribution."""

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MINUTE = "minute", _("minute")
        SECOND = "second", _("second")

    ident = models.CharField(
        _("ID"), max_length=400, help_text=_("DiscussionTools comment ID, unique on its page.")
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        help_text=_(
            "DiscussionTools comment name; the same on every page that contains the comment."
        ),
    )
    section = models.ForeignKey(
        Section, on_delete=models.RESTRICT, related_name="comments", verbose_name=_("section")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="replies",
        verbose_name=_("parent comment"),
        help_text=_("Empty for top-level comments."),
    )
    author = models.ForeignKey(
        Author,
        on_delete=models.PROTECT,
        db_index=False,  # comment_by_author finds them
        related_name="comments",
        verbose_name=_("author"),
    )
    timestamp = models.DateTimeField(
        _("timestamp"), db_index=True, help_text=_("Timestamp of the signature, in UTC.")
    )
    precision = models.CharField(
        _("precision"),
        max_length=6,
        choices=Precision.choices,
        default=Precision.MINUTE,
        db_default=Precision.MINUTE,
        help_text=_(
            "Precision of the timestamp. If only the day is known, the time is the start of "
            "that day in UTC."
        ),
    )
    zone_assumed = models.BooleanField(
        _("time zone assumed"),
        default=False,
        db_default=False,
        help_text=_("The signature has no time zone; the wiki's time zone was used."),
    )
    impossible_date = models.BooleanField(
        _("impossible date"),
        default=False,
        db_default=False,
        help_text=_("The signature has a date or time that does not exist, or is before 2001."),
    )
    level = models.PositiveIntegerField(
        _("level"), help_text=_("Indentation level + 1, as in DiscussionTools.")
    )
    wiki = models.ForeignKey(
        Wiki,
        on_delete=models.PROTECT,
        null=True,  # SQLite adds no other column with a reference in place
        db_index=False,  # comment_by_wiki finds those that stand on a page
        related_name="+",
        verbose_name=_("wiki"),
        help_text=_("The wiki of the comment's page."),
    )
    first_revision = models.ForeignKey(
        Revision,
        on_delete=models.RESTRICT,
        related_name="+",
        verbose_name=_("first revision"),
        help_text=_("Earliest imported revision that contains it."),
    )
    inline = models.BooleanField(
        _("inline reply"), default=False, help_text=_("In the same paragraph as another comment.")
    )
    cosigners = models.JSONField(
        _("co-signers"),
        default=list,
        help_text=_("Additional signatures under the same comment (author and timestamp)."),
    )
    stance = models.JSONField(
        pgettext_lazy("what a comment is for or against", "position"),
        null=True,
        blank=True,
        help_text=_("As detected: “stance”, “word”, “status” (why not counted), “source”."),
    )
    descendants = models.PositiveIntegerField(
        _("replies"),
        default=0,
        help_text=_("Number of replies on all levels."),
    )
    text = models.TextField(_("plain text"), blank=True)

    objects = CommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["page_id", "position"]
        constraints = [
            *item_constraints("comment"),
            models.UniqueConstraint(fields=["page", "ident"], name="comment_id_once_on_its_page"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="comment_answers_another_one",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=["day", "minute", "second"]),
                name="comment_precision_known",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-timestamp"], name="comment_by_author"),
            models.Index(
                fields=["wiki", "timestamp"], condition=Q(is_current=True), name="comment_by_wiki"
            ),
            models.Index(
                fields=["wiki", "id"], condition=Q(is_current=True), name="comment_by_arrival"
            ),
        ]

    def __str__(self) -> str:
        # The name keeps its own direction, by Unicode's isolates.
        when = in_words(self.timestamp, is_day_alone=self.is_day_alone)
        return f"\u2068{self.author}\u2069, {when}"

    def get_absolute_url(self) -> str:
        return f"{self.page.get_absolute_url()}#{in_fragment(self.ident)}"

    @property
    def is_day_alone(self) -> bool:
        """Whether only the day is known on which it was signed, and not the time of day."""
        return self.precision == self.Precision.DAY

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two rows of a wiki places of one comment: its name, and its words."""
        return comment_identity(self.name, self.text)


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
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
