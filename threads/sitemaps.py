"""What search engines are told to read: every talk page once, and what leads to them."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from .models import Collection, Revision, TalkPage, Wiki


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """Talk pages, with the time of the import that last changed them. One query a part."""

    limit = 2_000  # in one part, which then takes half a second to make

    def items(self) -> QuerySet[TalkPage]:
        shown = ("title", "created_at", "wiki__dbname", "current_revision__imported_at")
        pages = TalkPage.objects.select_related("wiki", "current_revision").only(*shown)
        return pages.order_by("pk")

    def lastmod(self, page: TalkPage) -> datetime:
        return page.current_revision.imported_at if page.current_revision else page.created_at

    def get_latest_lastmod(self) -> datetime | None:
        """From the newest revision alone, where Django would ask all pages."""
        return Revision.objects.order_by("-pk").values_list("imported_at", flat=True).first()


class WikiSitemap(Sitemap):  # type: ignore[type-arg]
    """The wikis that have pages."""

    def items(self) -> QuerySet[Wiki]:
        pages = TalkPage.objects.filter(wiki=OuterRef("pk"))
        return Wiki.objects.filter(Exists(pages)).order_by("dbname")

    def location(self, wiki: Wiki) -> str:
        return reverse("wiki", args=[wiki.dbname])


class CollectionSitemap(Sitemap):  # type: ignore[type-arg]
    """The collections that are put together in the admin."""

    def items(self) -> QuerySet[Collection]:
        return Collection.objects.order_by("pk")


SITEMAPS = {"pages": PageSitemap, "wikis": WikiSitemap, "collections": CollectionSitemap}
