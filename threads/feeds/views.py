"""The address of each feed: a request in, an Atom document out.

The address without a parameter is the subscription document, with the newest entries; `after`
leads to those before, document by document. `prev-archive` of RFC 5005 and `next` of its paged
feeds are the same here.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from threads.http.canonical import root_of, with_query_of, without_blanks
from threads.http.keeping import kept, tagged
from threads.http.parameters import number_in, parameters
from threads.models import TalkPage
from threads.presentation.addresses.finding import find_page
from threads.presentation.outcomes import places as registers
from threads.presentation.outcomes.places import DecisionPlace
from threads.presentation.outcomes.register import RegisterQuery, register_of
from threads.presentation.streams import places
from threads.presentation.streams.parts import UnknownKey
from threads.presentation.streams.places import Stream
from threads.presentation.texts.xml import in_xml
from threads.presentation.watching.comments import watched_by
from threads.presentation.watching.entries import Kind, Watchlist
from threads.search.query.parsing import read_query

from .atom import AtomFeed
from .decisions import decisions_of
from .entries import entries_of, rights

FILTERS = ("source", "by", "year")  # of decided topics


@kept("after")
def feed(request: HttpRequest) -> HttpResponse:
    """All comments of the archive."""
    return _comments(request, places.of_archive())


@kept("after")
def wiki_feed(request: HttpRequest, dbname: str) -> HttpResponse:
    """Those of one wiki."""
    return _comments(request, places.of_wiki(dbname))


@kept("after", "topic")
@without_blanks
def page_feed(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """Those of one page; with `topic`, the id of a section, those below that heading."""
    page = find_page(dbname, name)
    if page.title != name:
        return _moved(request, "page_feed", page)
    topic = parameters(request).get("topic", "")
    stream = places.of_topic(page, topic) if topic else places.of_page(page)
    return _comments(request, stream, topic=topic)


@kept("after")
@without_blanks
def author_feed(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """Those of one author."""
    return _comments(request, places.of_author(dbname, name))


@kept("after")
def collection_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Those on the pages of a collection."""
    return _comments(request, places.of_collection(slug))


@kept("after", "q")
def search_feed(request: HttpRequest) -> HttpResponse:
    """Those that a query finds: `q`, as in the search box."""
    asked = parameters(request).get("q", "")
    return _comments(request, places.of_search(read_query(asked)), q=asked)


@tagged
def watch_feed(request: HttpRequest) -> HttpResponse:
    """Those in what a watchlist's entries are: the address is the list."""
    watchlist = Watchlist.of(parameters(request))
    if not watchlist.entries:
        raise Http404(_("This URL has no entries of a watchlist."))
    asked = {kind: [each.value for each in watchlist if each.kind is kind] for kind in Kind}
    watched = watched_by(watchlist)
    missing = [each.entry.value for each in watched.watched if not each.is_known]
    missing += [entry.value for entry in watchlist.left_out]
    said = _("Not included: %(entries)s") % {"entries": ", ".join(missing)} if missing else ""
    return _comments(request, watched, said, **asked)


@kept("after", *FILTERS)
def wiki_decisions_feed(request: HttpRequest, dbname: str) -> HttpResponse:
    """The decided topics of one wiki."""
    return _decisions(request, registers.of_wiki(dbname))


@kept("after", *FILTERS)
@without_blanks
def page_decisions_feed(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """Those of one page."""
    page = find_page(dbname, name)
    if page.title != name:
        return _moved(request, "page_decisions_feed", page)
    return _decisions(request, registers.of_page(page))


@kept("after", *FILTERS)
def collection_decisions_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of a collection's pages."""
    return _decisions(request, registers.of_collection(slug))


def _comments(
    request: HttpRequest, stream: Stream, said: str = "", **asked: str | Sequence[str]
) -> HttpResponse:
    """One document of a stream's comments; in: what is said of the stream, and the parameters
    that name it."""
    try:
        part = stream.part(parameters(request).get("after", ""))
    except UnknownKey:
        raise _no_part() from None
    entries = entries_of(part, root_of(request), request.get_host())
    return _document(request, stream.title, stream.address, entries, part.following, asked, said)


def _decisions(request: HttpRequest, place: DecisionPlace) -> HttpResponse:
    """One document of a place's decided topics, those that its filters choose."""
    given = parameters(request)
    after = given.get("after", "")
    key = number_in(after)
    if after and not place.topics.filter(pk=key).exists():
        raise _no_part()
    register = register_of(place.topics, RegisterQuery.of(given), order=place.order, after=key)
    title = f"{_('Decided topics')} – {place.title}"
    entries = decisions_of(register.entries, root_of(request), request.get_host())
    asked = {name: given.get(name, "") for name in FILTERS}
    return _document(request, title, place.address, entries, register.listing.after, asked)


def _moved(request: HttpRequest, name: str, page: TalkPage) -> HttpResponsePermanentRedirect:
    """To the address of that name for the title that a page has now."""
    address = reverse(name, args=[page.wiki.dbname, page.title])
    return HttpResponsePermanentRedirect(with_query_of(request, address))


def _no_part() -> Http404:
    return Http404(_("This part of the feed does not exist."))


def _document(
    request: HttpRequest,
    title: str,
    address: str,
    entries: Sequence[dict[str, Any]],
    following: str,
    asked: Mapping[str, str | Sequence[str]],
    said: str = "",
) -> HttpResponse:
    """One document of a feed.

    In: the feed's title, and the path of the page that shows the same; the document's entries,
    and the key after which others follow, or ""; the parameters that name the feed; what is said
    of it.
    """
    after = parameters(request).get("after", "")
    root = root_of(request)
    named = {name: value for name, value in asked.items() if value}
    path = root + escape_uri_path(request.path)
    whole = path + (f"?{urlencode(named, doseq=True)}" if named else "")

    def part(key: str) -> str:
        return f"{path}?{urlencode(named | {'after': key}, doseq=True)}"

    links = [("first", whole), ("current", whole)]
    if following:
        links += [(rel, part(following)) for rel in ("next", "prev-archive")]
    document = AtomFeed(
        title=in_xml(title),
        link=root + address,
        description="",
        subtitle=in_xml(said) or None,
        language=get_language(),
        feed_url=part(after) if after else whole,
        feed_guid=whole,
        feed_copyright=rights(),
        links=links,
        is_archive=bool(after),
        is_complete=not after and not following,
    )
    for entry in entries:
        document.add_item(**entry)
    return HttpResponse(document.writeString("utf-8"), content_type=document.content_type)
