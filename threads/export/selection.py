"""What of an archive is exported."""

from dataclasses import dataclass, fields
from functools import cached_property

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from threads.models import Author, Collection, Comment, Section, TalkPage, UnsignedText, Wiki

from .errors import ExportError
from .hits import Hits, hits_of, listed
from .topics import headings_of, sections_under


@dataclass(frozen=True)
class Selection:
    """Pages and comments that fit all that is given; everything, where nothing is."""

    wiki: str = ""  # database name
    page: str = ""  # title, on whatever wiki
    collection: str = ""  # slug
    topic: str = ""  # ID or anchor of a heading, or an address with one
    author: str = ""  # user name, on whatever wiki
    search: str = ""  # what somebody types into the search box

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
        if self.topic:
            pages = pages.filter(Exists(headings_of(self.topic).filter(page=OuterRef("pk"))))
        if self.is_of_comments:
            pages = pages.filter(Exists(self.comments().order_by().filter(page=OuterRef("pk"))))
        return pages

    def comments(self, page: TalkPage | None = None) -> QuerySet[Comment]:
        """Those that readers see on their pages, or on one page: what was removed is not among
        them."""
        return self.among(Comment.objects.current(), page)

    def among(self, comments: QuerySet[Comment], page: TalkPage | None) -> QuerySet[Comment]:
        """Those of some comments that are selected: of one page, where it is given."""
        if page:
            comments = comments.filter(page=page)
        if self.author:
            theirs = Author.objects.order_by().filter(name=self.author)
            comments = comments.filter(author__in=theirs)
        if self.topic:
            comments = comments.filter(section__in=sections_under(self.topic))
        if self.search:
            comments = comments.filter(pk__in=listed(self._hits.on(page)))
        return comments

    def sections(self, page: TalkPage) -> QuerySet[Section]:
        """The headings of what is selected on a page."""
        sections = sections_under(self.topic) if self.topic else Section.objects.current()
        if self.is_of_comments:
            said = self.comments(page).order_by().filter(section=OuterRef("pk"))
            sections = sections.filter(Exists(said))
        return sections.filter(page=page)

    def unsigned(self, page: TalkPage | None = None) -> QuerySet[UnsignedText]:
        """Texts without a signature, on a page or all; none, where comments are chosen one by
        one."""
        texts = UnsignedText.objects.current()
        if self.is_of_comments:
            return texts.none()
        if self.topic:
            texts = texts.filter(section__in=sections_under(self.topic))
        return texts.filter(page=page) if page else texts

    def check(self) -> None:
        """Raises ExportError for what the archive does not have."""
        if self.wiki and not Wiki.objects.settled().filter(dbname=self.wiki).exists():
            raise ExportError(_("There is no wiki named “%s” in this archive.") % self.wiki)
        if self.collection and not Collection.objects.filter(slug=self.collection).exists():
            raise ExportError(_("No such collection in this archive: %s.") % self.collection)
        if self.topic and not headings_of(self.topic).exists():
            raise ExportError(_("No such topic in this archive: %s.") % self.topic)
        if not (self.is_everything or self.pages().exists()):
            raise ExportError(_("No pages in this archive match these options."))

    @property
    def given(self) -> dict[str, str]:
        """By name, what something is said of."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    @property
    def is_everything(self) -> bool:
        return not self.given

    @property
    def is_of_comments(self) -> bool:
        """Whether comments are chosen one by one, and not with all that stands around them."""
        return bool(self.author or self.search)

    @cached_property
    def _hits(self) -> Hits:
        return hits_of(self.search)


def by_bytes(field: str) -> Collate:
    """Order by a text's characters alone, whatever language the database sorts by."""
    return Collate(field, "C" if connection.vendor == "postgresql" else "BINARY")
