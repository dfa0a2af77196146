"""What of an archive is copied."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from threads.export import Selection
from threads.models import (
    Author,
    Collection,
    Comment,
    DecidedTopic,
    SearchEntry,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.models.collections import CollectionQuerySet
from threads.models.discussion.comments import CommentQuerySet
from threads.presentation.outcomes.shown import shows_decisions


@dataclass(frozen=True, slots=True)
class Scope:
    """Pages of a wiki, a collection or the archive, and all that is told of them.

    Its queries are in an order that is the same whenever a copy is made.
    """

    wiki: str = ""  # database name
    collection: str = ""  # slug
    histories: bool = False  # with what happened to comments
    analyses: bool = False  # with what is told in figures

    @property
    def selection(self) -> Selection:
        return Selection(wiki=self.wiki, collection=self.collection)

    def pages(self) -> QuerySet[TalkPage]:
        return self.selection.pages()

    def wikis(self) -> QuerySet[Wiki]:
        """Those that have pages, with their totals; a collection has no tree of a wiki's pages."""
        wikis = Wiki.objects.with_totals().order_by("dbname")
        if self.collection:
            return wikis.none()
        return wikis.filter(dbname=self.wiki) if self.wiki else wikis

    def wikis_of_pages(self) -> QuerySet[Wiki]:
        """Those that any of the pages is of."""
        pages = TalkPage.objects.order_by().filter(pk__in=self.pages().order_by())
        return Wiki.objects.filter(pk__in=pages.values("wiki")).order_by("dbname")

    def collections(self) -> CollectionQuerySet:
        """Those whose pages are all copied."""
        collections: CollectionQuerySet = Collection.objects.order_by("slug")
        if self.wiki:
            return collections.none()
        return collections.filter(slug=self.collection) if self.collection else collections

    def authors(self) -> QuerySet[Author]:
        """Everybody with a page of their own; in a part of an archive, who wrote there."""
        authors = Author.objects.order_by("wiki_id", "name", "pk")
        if self.wiki:
            return authors.filter(wiki__dbname=self.wiki)
        if self.collection:
            written = Exists(self.comments().filter(author=OuterRef("pk")).order_by())
            texts = Exists(self.unsigned().filter(author=OuterRef("pk")).order_by())
            return authors.filter(written | texts)
        return authors

    def comments(self) -> CommentQuerySet:
        return Comment.objects.current().filter(self.on_pages())

    def unsigned(self) -> QuerySet[UnsignedText]:
        return UnsignedText.objects.current().filter(self.on_pages())

    def entries(self) -> QuerySet[SearchEntry]:
        """What search finds, the newest first."""
        found: QuerySet[SearchEntry] = SearchEntry.objects.order_by("-id")
        if self.wiki:
            return found.filter(wiki__dbname=self.wiki)
        return found.filter(self.on_pages())

    def decided(self) -> QuerySet[DecidedTopic]:
        """The decided topics that readers are shown."""
        shown = [wiki for wiki in Wiki.objects.all() if shows_decisions(wiki)]
        return DecidedTopic.objects.filter(self.on_pages(), wiki__in=shown)

    def on_pages(self) -> Q:
        if self.collection:
            return Q(page__collections__slug=self.collection)
        return Q(page__wiki__dbname=self.wiki) if self.wiki else Q()
