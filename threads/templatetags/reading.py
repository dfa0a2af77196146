"""What templates need to write times, counts and names."""

from datetime import datetime, tzinfo
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, ngettext

from threads.models import Author, TalkPage
from threads.presentation.archive.indexing import is_hidden
from threads.presentation.archive.title_paths import way_and_name
from threads.presentation.assets import address_of_asset
from threads.presentation.people.speakers import hue
from threads.presentation.times import calendar, dates
from threads.presentation.watching.adding import entry_of
from threads.wikitext.site.languages import direction

register = template.Library()

DECISION_FILTERS = ["source", "by", "year"]
# The feed of each page that has one, by names of addresses; and the parameters that both have.
FEEDS = {
    "home": ("feed", []),
    "wiki": ("wiki_feed", []),
    "page": ("page_feed", ["topic"]),
    "author": ("author_feed", []),
    "collection": ("collection_feed", []),
    "search": ("search_feed", ["q"]),
    "watch": ("watch_feed", ["page", "topic", "author", "person"]),
    "wiki-decisions": ("wiki_decisions_feed", DECISION_FILTERS),
    "page-decisions": ("page_decisions_feed", DECISION_FILTERS),
    "collection-decisions": ("collection_decisions_feed", DECISION_FILTERS),
}
ONLY_OF_A_QUERY = {"search", "watch"}


@register.simple_tag(takes_context=True)
def feed_address(context: Context) -> str:
    """The path of the feed of what the page shows, or ""."""
    request = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or match.url_name not in FEEDS:
        return ""
    name, shared = FEEDS[match.url_name]
    query = {each: request.GET.getlist(each) for each in shared if request.GET.get(each)}
    if match.url_name in ONLY_OF_A_QUERY and not query:
        return ""
    return reverse(name, kwargs=match.kwargs) + (
        f"?{urlencode(query, doseq=True)}" if query else ""
    )


@register.simple_tag
def watch_address(thing: TalkPage | Author | str, ident: str = "") -> str:
    """Where a talk page, one of its sections, an author or, by name, a person is watched."""
    return f"{reverse('watch')}?{entry_of(thing, ident).query}"


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[tuple[str, str]]:
    """The archive's languages, by their codes and own names; none where a page has no address by
    which they could be asked for."""
    return settings.LANGUAGES if context.get("request") else []


@register.simple_tag
def has_admin() -> bool:
    """Whether this server has an administration to log in to."""
    return not settings.READ_ONLY


@register.simple_tag
def moment(when: datetime, zone: tzinfo) -> SafeString:
    """A moment, as signatures on the wiki have it."""
    return dates.time_element(when, zone)


@register.simple_tag
def day(moment: datetime, zone: tzinfo) -> SafeString:
    """The day of a moment."""
    return dates.time_element(moment, zone, dates.DAY)


@register.simple_tag
def days(first: datetime, last: datetime, zone: tzinfo) -> str:
    """From which day to which."""
    return dates.span(first, last, zone)


@register.simple_tag
def months(first: datetime, last: datetime, zone: tzinfo) -> str:
    """From which month to which."""
    return dates.span(first, last, zone, dates.MONTH)


register.simple_tag(dates.signed_element, name="signed")
register.filter("signed_at", dates.signed_at)
register.filter("hue", hue)
register.filter("is_hidden", is_hidden)
register.filter("direction", direction)
register.simple_tag(address_of_asset, name="asset")


@register.filter
def comments(count: int) -> SafeString:
    """ "3 comments"."""
    return _counted(ngettext("%(count)s comment", "%(count)s comments", count), count)


@register.filter
def talk_pages(count: int) -> SafeString:
    """ "3 talk pages"."""
    return _counted(ngettext("%(count)s talk page", "%(count)s talk pages", count), count)


def pages(count: int) -> SafeString:
    """ "3 pages"."""
    return _counted(ngettext("%(count)s page", "%(count)s pages", count), count)


def subpages(count: int) -> SafeString:
    """ "3 subpages"."""
    return _counted(ngettext("%(count)s subpage", "%(count)s subpages", count), count)


@register.filter
def people(count: int) -> SafeString:
    """ "3 participants"."""
    words = ngettext("%(count)s participant", "%(count)s participants", count)
    return _counted(words, count)


def _counted(words: str, count: int) -> SafeString:
    return mark_safe(words % {"count": localize(count)})  # noqa: S308 (words of ours)


@register.filter
def as_path(title: str) -> SafeString:
    """A title with the way to it apart: "Talk:Strategy/", and then what the page is called."""
    return format_html('<span class="way">{}</span>{}', *way_and_name(title))


@register.filter
def as_name(title: str) -> str:
    """What a page with this title is called, without the way to it."""
    return way_and_name(title)[1]


@register.filter
def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """A moment by the clocks of a zone; without it, or `date` would turn to UTC's again."""
    return calendar.in_zone(moment, zone).replace(tzinfo=None)


@register.filter
def language_name(code: str) -> str:
    """What a language calls itself; its code where that is not known."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
