"""What of an archive is exported."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from threads.models import Author, Collection, Comment, TalkPage, Wiki

from .errors import ExportError


@dataclass(frozen=True, slots=True)
class Selection:
    """Pages and comments that fit all that is given; everything, where nothing is."""

    wiki: str = ""  # database name
    page: str = ""  # title, on whatever wiki
    collection: str = ""  # slug
    author: str = ""  # user name, on whatever wiki

    def pages(self) -> QuerySet[TalkPage]:
        """By wiki and title, in an order that is the same on every database."""
        pages = TalkPage.objects.select_related("wiki").order_by(
            by_bytes("wiki__dbname"), by_bytes("title")
        )
        if self.wiki:
            pages = pages.filter(wiki__dbname=self.wiki)
        if self.page:
            pages = pages.filter(title=self.page.replace("_", " "))
        if self.collection:
            pages = pages.filter(collections__slug=self.collection)
        if self.author:
            pages = pages.filter(Exists(self.comments().order_by().filter(page=OuterRef("pk"))))
        return pages

    def comments(self) -> QuerySet[Comment]:
        """Those that readers see on their pages: what was removed is not among them."""
        comments = Comment.objects.current()
        if self.author:
            theirs = Author.objects.order_by().filter(name=self.author)
            comments = comments.filter(author__in=theirs)
        return comments

    def check(self) -> None:
        """Raises ExportError for what the archive does not have."""
        if self.wiki and not Wiki.objects.filter(dbname=self.wiki).exists():
            raise ExportError(_("There is no wiki named “%s” in this archive.") % self.wiki)
        if self.collection and not Collection.objects.filter(slug=self.collection).exists():
            raise ExportError(_("No such collection in this archive: %s.") % self.collection)
        if not (self.is_everything or self.pages().exists()):
            raise ExportError(_("No pages in this archive match these options."))

    @property
    def is_everything(self) -> bool:
        return self == Selection()


def by_bytes(field: str) -> Collate:
    """Order by a text's characters alone, whatever language the database sorts by."""
    return Collate(field, "C" if connection.vendor == "postgresql" else "BINARY")
