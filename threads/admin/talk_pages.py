"""Wikis, which are the admin's; talk pages, which are imported; and their revisions."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.accounts.record import Deed, note
from threads.admin.tables.wikis import WikiFilter
from threads.edits import Edit
from threads.forms import WikiForm
from threads.models import Revision, TalkPage, Wiki
from threads.store import delete_pages, reparse

from .collections import PageActionForm, put_into_collection
from .engines import hide_from_engines, show_to_engines
from .imports.page import import_view
from .privacy.rules import link_to_making
from .tables.asking import ask_first
from .tables.problems import problem_list
from .tables.readonly import ArchiveAdmin, ReadOnlyAdmin
from .tables.words import HIDDEN, MINOR, SUMMARY_HIDDEN, USER_HIDDEN, links_to

EDIT_IN_WORDS = {each.__name__: each for each in (MINOR, USER_HIDDEN, SUMMARY_HIDDEN)}
# A wiki's fields that decide how pages are read: where it is tells whether it is Wikimedia's.
READING = {"language", "timezone", "profile", "server"}


@admin.register(Wiki)
class WikiAdmin(ArchiveAdmin):
    form = WikiForm
    list_display = ["dbname", "name", "language", "timezone", "server", "page_count"]
    search_fields = ["dbname", "name", "server"]
    fieldsets = [
        (None, {"fields": ["dbname", "name"]}),
        (
            gettext_lazy("Parsing"),
            {"fields": ["language", "timezone", "profile"]},
        ),
        (
            gettext_lazy("Detected from the wikitext"),
            {"fields": ["positions_shown", "decisions_shown"]},
        ),
        (
            gettext_lazy("Links"),
            {"fields": ["server", "article_path", "script_path"]},
        ),
        (gettext_lazy("Search engines"), {"fields": ["noindex"]}),
        (gettext_lazy("Privacy"), {"fields": ["privacy"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Wiki | None = None) -> list[str]:
        # Its database name is a part of addresses that have to stay.
        return ["dbname", "privacy"] if obj else ["privacy"]

    @admin.display(description=gettext_lazy("privacy"))
    def privacy(self, wiki: Wiki) -> str:
        return link_to_making("wiki", wiki, _("Mask IP addresses")) if wiki.pk else "-"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wiki]:
        return Wiki.objects.settled().annotate(page_count=Count("pages"))

    @admin.display(description=gettext_lazy("talk pages"), ordering="page_count")
    def page_count(self, wiki: Any) -> int:
        return int(wiki.page_count)

    def save_model(self, request: HttpRequest, obj: Wiki, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and READING & set(form.changed_data) and obj.pages.exists():
            self.message_user(
                request,
                _(
                    "Existing pages were parsed with the old settings. Select them under “Talk "
                    "pages” "
                    "and run “Parse selected pages again”."
                ),
                messages.WARNING,
            )


@admin.register(TalkPage)
class TalkPageAdmin(ArchiveAdmin):
    list_display = ["title", "wiki", "topic_count", "comment_count", "latest", "links"]
    list_filter = [("wiki", WikiFilter), "noindex"]
    list_select_related = ["wiki", "latest_comment__author"]
    search_fields = ["title"]
    date_hierarchy = "latest_comment__timestamp"
    actions = ["read_again", put_into_collection, hide_from_engines, show_to_engines]
    action_form = PageActionForm
    readonly_fields = ["problems", "more", "links", "privacy", HIDDEN]
    fieldsets = [
        (None, {"fields": ["wiki", "title", "links", "created_at", "privacy"]}),
        (
            gettext_lazy("Discussion"),
            {"fields": ["topic_count", "comment_count", "first_comment_at", "latest_comment"]},
        ),
        (gettext_lazy("Search engines"), {"fields": [HIDDEN]}),
        (gettext_lazy("Source"), {"fields": ["current_revision", "problems", "more"]}),
    ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A talk page comes in by an import, in no other way."""
        return import_view(self, request)

    def has_change_permission(self, request: HttpRequest, obj: TalkPage | None = None) -> bool:
        return False

    def has_collect_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("threads.change_collection")

    def has_hide_permission(self, request: HttpRequest) -> bool:
        """Who brings pages in, or takes them out."""
        return self.has_add_permission(request) or self.has_delete_permission(request)

    def delete_model(self, request: HttpRequest, obj: TalkPage) -> None:
        delete_pages([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TalkPage]) -> None:
        delete_pages(queryset.select_related("wiki"))

    def get_deleted_objects(
        self, objs: Iterable[TalkPage], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """A page takes all of its own with it; thousands of rows are told as numbers."""
        pages = list(objs)
        counts = {
            str(TalkPage._meta.verbose_name_plural): len(pages),
            str(Revision._meta.verbose_name_plural): sum(p.revisions.count() for p in pages),
            _("comments"): sum(page.comments.count() for page in pages),
        }
        return [str(page) for page in pages], counts, set(), []

    @admin.display(description=gettext_lazy("links"))
    def links(self, page: TalkPage) -> str:
        return links_to(page)

    @admin.display(description=gettext_lazy("latest comment"), ordering="latest_comment__timestamp")
    def latest(self, page: TalkPage) -> str:
        return str(page.latest_comment) if page.latest_comment else "-"

    @admin.display(description=gettext_lazy("warnings"))
    def problems(self, page: TalkPage) -> str:
        revision = page.current_revision
        return problem_list(revision.problems, page) if revision else "-"

    @admin.display(description=gettext_lazy("related"))
    def more(self, page: TalkPage) -> str:
        links = [
            (reverse(f"admin:threads_{name}_changelist"), page.pk, label)
            for name, label in [
                ("revision", _("Revisions")),
                ("section", _("Sections")),
                ("comment", _("Comments")),
                ("unsignedtext", _("Unsigned text")),
            ]
        ]
        return format_html_join(" · ", '<a href="{}?page__id__exact={}">{}</a>', links)

    @admin.display(description=gettext_lazy("privacy"))
    def privacy(self, page: TalkPage) -> str:
        return link_to_making("page", page, _("Take down"))

    @admin.action(description=gettext_lazy("Parse selected pages again"), permissions=["add"])
    def read_again(self, request: HttpRequest, pages: QuerySet[TalkPage]) -> HttpResponse | None:
        does = _(
            "The current revisions of these pages are parsed again. Comments that readers see can "
            "change."
        )
        if asking := ask_first(self, request, pages, does):
            return asking
        changed = 0
        chosen = pages.exclude(current_revision=None).select_related("wiki")
        for page in chosen:
            changed += reparse(page).counts.differ
            note(request, Deed.READ_AGAIN, page)
        said = ngettext(
            "Parsed %(count)s page again. Comments changed on %(changed)s of them.",
            "Parsed %(count)s pages again. Comments changed on %(changed)s of them.",
            len(chosen),
        )
        self.message_user(request, said % {"count": len(chosen), "changed": changed})
        return None


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["page", "number", "timestamp", "user", "said", "imported_at", "size"]
    list_filter = [("page__wiki", WikiFilter), "parser_version"]
    list_select_related = ["page__wiki"]
    search_fields = ["page__title", "=number", "=sha256", "=user"]
    date_hierarchy = "imported_at"
    readonly_fields = ["shown_problems", "wikitext", "privacy", *EDIT_IN_WORDS.values()]
    fieldsets = [
        (None, {"fields": ["page", "number", "timestamp", "imported_at", "privacy"]}),
        (
            gettext_lazy("Edit"),
            {"fields": [EDIT_IN_WORDS.get(f.name, f.name) for f in fields(Edit)]},
        ),
        (gettext_lazy("Text"), {"fields": ["size", "sha256", "wikitext"]}),
        (gettext_lazy("Parsing"), {"fields": ["parser_version", "shown_problems"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("compressed")

    @admin.display(description=gettext_lazy("privacy"))
    def privacy(self, revision: Revision) -> str:
        if revision.withheld_by:
            return _("Taken down: %(reason)s") % {"reason": revision.withheld_by.reason}
        return link_to_making("revision", revision, _("Take down"))

    @admin.display(description=gettext_lazy("edit summary"))
    def said(self, revision: Revision) -> str:
        return Truncator(revision.summary).chars(80)

    @admin.display(description=gettext_lazy("wikitext"))
    def wikitext(self, revision: Revision) -> str:
        return format_html('<pre class="wikitext" dir="auto">{}</pre>', revision.text)

    @admin.display(description=gettext_lazy("warnings"))
    def shown_problems(self, revision: Revision) -> str:
        page = revision.page
        is_shown = page.current_revision_id == revision.pk
        return problem_list(revision.problems, page if is_shown else None)
