"""What search engines are told to read: every talk page once, and what leads to them."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from threads.presentation.archive.indexing import hidden_pages

from .models import Collection, Revision, TalkPage, Wiki


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """Talk pages that are not hidden, with the time of the import that last changed them. One
    query a part, and one more where namespaces are hidden."""

    limit = 2_000  # in one part, which then takes half a second to make

    def items(self) -> QuerySet[TalkPage]:
        shown = ("title", "created_at", "wiki__dbname", "current_revision__imported_at")
        pages = TalkPage.objects.select_related("wiki", "current_revision").only(*shown)
        is_told = "page" in settings.INDEXED
        return pages.exclude(hidden_pages()).order_by("pk") if is_told else pages.none()

    def lastmod(self, page: TalkPage) -> datetime:
        return page.current_revision.imported_at if page.current_revision else page.created_at

    def get_latest_lastmod(self) -> datetime | None:
        """From the newest revision alone, where Django would ask all pages."""
        return Revision.objects.order_by("-pk").values_list("imported_at", flat=True).first()


class WikiSitemap(Sitemap):  # type: ignore[type-arg]
    """The wikis that have pages, but for those that are hidden."""

    def items(self) -> QuerySet[Wiki]:
        pages = TalkPage.objects.filter(wiki=OuterRef("pk"))
        wikis = Wiki.objects.filter(Exists(pages), noindex=False).order_by("dbname")
        return wikis if "wiki" in settings.INDEXED else wikis.none()

    def location(self, wiki: Wiki) -> str:
        return reverse("wiki", args=[wiki.dbname])


class CollectionSitemap(Sitemap):  # type: ignore[type-arg]
    """The collections that are put together in the admin."""

    def items(self) -> QuerySet[Collection]:
        collections = Collection.objects.order_by("pk")
        return collections if "collection" in settings.INDEXED else collections.none()


SITEMAPS = {"pages": PageSitemap, "wikis": WikiSitemap, "collections": CollectionSitemap}
