"""Authors, sections, comments and unsigned text: made from wikitext, so only to be read."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from threads.admin.tables.wikis import WikiFilter
from threads.corrections.correcting import address_of_correcting
from threads.models import Author, Change, Comment, FormerId, Section, UnsignedText
from threads.models.discussion.items import Item, in_fragment

from .privacy.rules import link_to_making
from .tables.readonly import ReadOnlyAdmin, ReadOnlyInline
from .tables.words import INLINE, ON_THE_PAGE, TIME_ZONE, StatusFilter, links_to

PLACE = ("position", "last_position", "depth", "start", "end")


class ItemAdmin(ReadOnlyAdmin):
    """What comments and unsigned texts have in common."""

    readonly_fields = ["wikitext", "correction", ON_THE_PAGE, INLINE, TIME_ZONE]

    @admin.display(description=_("correction"))
    def correction(self, item: Comment | UnsignedText) -> str:
        words = _("Correct this comment") if isinstance(item, Comment) else _("Correct this text")
        links = [format_html('<a href="{}">{}</a>', address_of_correcting(item), words)]
        if isinstance(item, Comment):
            links.append(link_to_making("comment", item, _("Take down")))
        return format_html_join(" · ", "{}", ((link,) for link in links))

    @admin.display(description=_("links"))
    def links(self, item: Comment | UnsignedText) -> str:
        fragment = f"#{in_fragment(item.ident)}" if isinstance(item, Comment) else ""
        on_wiki = item.page.url_on_wiki
        here = f"{item.page.get_absolute_url()}{fragment}"
        return links_to(item.page, here, f"{on_wiki}{fragment}" if on_wiki else "")

    @admin.display(description=_("text"))
    def first_words(self, item: Comment | UnsignedText) -> str:
        return Truncator(item.text).chars(120)

    @admin.display(description=_("wikitext"))
    def wikitext(self, item: Item) -> str:
        return format_html('<pre class="wikitext" dir="auto">{}</pre>', item.source)


@admin.register(Author)
class AuthorAdmin(ReadOnlyAdmin):
    list_display = ["name", "wiki", "comment_count"]
    list_filter = [("wiki", WikiFilter)]
    list_select_related = ["wiki"]
    search_fields = ["name"]
    fields = ["name", "wiki", "privacy"]
    readonly_fields = ["privacy"]

    @admin.display(description=_("privacy"))
    def privacy(self, author: Author) -> str:
        return link_to_making("author", author, _("Rename or alias author"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        authors: QuerySet[Author] = super().get_queryset(request)
        return authors.annotate(comment_count=Count("comments"))

    @admin.display(description=_("comments"), ordering="comment_count")
    def comment_count(self, author: Any) -> int:
        return int(author.comment_count)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "page", "heading_level", "comment_count", ON_THE_PAGE, "links"]
    list_filter = [StatusFilter, "heading_level", ("page__wiki", WikiFilter)]
    readonly_fields = [ON_THE_PAGE]
    list_select_related = ["page__wiki"]
    search_fields = ["heading", "=ident"]
    fieldsets = [
        (None, {"fields": ["page", "heading", "heading_level", "parent", "comment_count"]}),
        (_("Identity"), {"fields": ["ident", "name", "anchor", "edit_number"]}),
        (_("Place"), {"fields": [ON_THE_PAGE, "revision", *PLACE]}),
    ]

    @admin.display(description=_("links"))
    def links(self, section: Section) -> str:
        return links_to(section.page, section.get_absolute_url())


class ChangeInline(ReadOnlyInline):
    model = Change
    fields = ["kind", "revision", "text"]


class FormerIdInline(ReadOnlyInline):
    model = FormerId
    fields = ["ident"]


@admin.register(Comment)
class CommentAdmin(ItemAdmin):
    list_display = ["first_words", "author", "timestamp", "page", ON_THE_PAGE, "links"]
    list_filter = [StatusFilter, "zone_assumed", ("page__wiki", WikiFilter)]
    list_select_related = ["author", "page__wiki"]
    search_fields = ["text", "author__name", "=ident", "=name"]
    date_hierarchy = "timestamp"
    inlines = [FormerIdInline, ChangeInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "page",
                    "section",
                    "parent",
                    "author",
                    "timestamp",
                    "precision",
                    TIME_ZONE,
                    "text",
                    "wikitext",
                ]
            },
        ),
        (_("Identity"), {"fields": ["ident", "name", INLINE, "cosigners", "correction"]}),
        (
            _("Place"),
            {
                "fields": [
                    ON_THE_PAGE,
                    "revision",
                    "first_revision",
                    "level",
                    "descendants",
                    *PLACE,
                ]
            },
        ),
    ]


@admin.register(UnsignedText)
class UnsignedTextAdmin(ItemAdmin):
    list_display = ["first_words", "author", "plain_name", "known_by", "page", ON_THE_PAGE, "links"]
    list_filter = [StatusFilter, "known_by", ("page__wiki", WikiFilter)]
    list_select_related = ["author", "page__wiki", "section"]
    search_fields = ["text", "author__name"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("page", "section", "author", "plain_name", "known_by", "text", "wikitext")
                ]
            },
        ),
        (_("Identity"), {"fields": ["correction"]}),
        (_("Place"), {"fields": [ON_THE_PAGE, "revision", "first_revision", "level", *PLACE]}),
    ]


@admin.register(FormerId)
class FormerIdAdmin(ReadOnlyAdmin):
    list_display = ["ident", "comment", "page"]
    list_filter = [("page__wiki", WikiFilter)]
    list_select_related = ["comment__author", "page__wiki"]
    search_fields = ["=ident"]
