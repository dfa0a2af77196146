"""Columns in words: what is so or not so of a row, and where it can be read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from threads.models import TalkPage

Words = str | Promise


def told(field: str, yes: Words, no: Words, label: Any) -> Any:
    """A column for a field that is true or false, as a word instead of a tick or a cross: a
    function of the row, which Django takes as a field of lists and forms alike."""

    @admin.display(description=label, ordering=field)
    def column(row: Any) -> Words:
        return yes if getattr(row, field) else no

    column.__name__ = field  # the stylesheet knows the column by it
    return column


def links_to(page: TalkPage, address: str = "", on_wiki: str = "") -> SafeString:
    """Links to where something is read here and on its wiki: by default the page itself."""
    links = [(address or page.get_absolute_url(), _("Read page"))]
    if on_wiki or page.url_on_wiki:
        links.append((on_wiki or page.url_on_wiki, _("View on wiki")))
    joined = format_html_join(" ", '<a href="{}">{}</a>', links)
    return format_html('<span class="links">{}</span>', joined)


class StatusFilter(admin.SimpleListFilter):
    """What is on its page now, or was removed from it."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("current", _("on the page")), ("removed", _("removed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(is_current=self.value() == "current") if self.value() else queryset


ON_THE_PAGE = told("is_current", _("on the page"), _("removed"), _("status"))
INLINE = told(
    "inline", _("in the paragraph of another one"), _("in its own paragraph"), _("paragraph")
)
TIME_ZONE = told("zone_assumed", _("assumed"), _("known"), _("time zone"))
PREVIEW = told("dry", _("preview"), _("import"), _("kind"))
MINOR = told("minor", _("minor edit"), _("edit"), _("kind of edit"))
HIDDEN = told("noindex", _("hidden"), _("shown"), _("search engines"))
USER_HIDDEN = told("user_hidden", _("hidden by the wiki"), _("shown"), _("user name"))
SUMMARY_HIDDEN = told("summary_hidden", _("hidden by the wiki"), _("shown"), _("edit summary"))
EVERYWHERE = told(
    "everywhere", _("in all text"), _("in links, signatures and templates"), _("replaced")
)
