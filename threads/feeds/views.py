"""The address of each feed: a request in, an Atom document out.

The address without a parameter is the subscription document, with the newest comments; `after`
leads to those before, document by document. `prev-archive` of RFC 5005 and `next` of its paged
feeds are the same here.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from threads.http.canonical import with_query_of, without_blanks
from threads.http.keeping import kept
from threads.http.parameters import parameters
from threads.presentation.page.finding import find_page
from threads.presentation.streams import places
from threads.presentation.streams.parts import UnknownKey
from threads.presentation.streams.places import Stream
from threads.search.query.parsing import read_query

from .atom import AtomFeed, in_xml
from .entries import entries_of, rights


@kept("after")
def feed(request: HttpRequest) -> HttpResponse:
    """All comments of the archive."""
    return _document(request, places.of_archive())


@kept("after")
def wiki_feed(request: HttpRequest, dbname: str) -> HttpResponse:
    """Those of one wiki."""
    return _document(request, places.of_wiki(dbname))


@kept("after", "topic")
@without_blanks
def page_feed(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """Those of one page; with `topic`, the id of a section, those below that heading."""
    page = find_page(dbname, name)
    if page.title != name:
        address = reverse("page_feed", args=[dbname, page.title])
        return HttpResponsePermanentRedirect(with_query_of(request, address))
    topic = parameters(request).get("topic", "")
    stream = places.of_topic(page, topic) if topic else places.of_page(page)
    return _document(request, stream, topic=topic)


@kept("after")
@without_blanks
def author_feed(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """Those of one author."""
    return _document(request, places.of_author(dbname, name))


@kept("after")
def collection_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Those on the pages of a collection."""
    return _document(request, places.of_collection(slug))


@kept("after", "q")
def search_feed(request: HttpRequest) -> HttpResponse:
    """Those that a query finds: `q`, as in the search box."""
    asked = parameters(request).get("q", "")
    return _document(request, places.of_search(read_query(asked)), q=asked)


def _document(request: HttpRequest, stream: Stream, **asked: str) -> HttpResponse:
    """One document of a stream's feed; in: the parameters that name the stream."""
    after = parameters(request).get("after", "")
    try:
        part = stream.part(after)
    except UnknownKey:
        raise Http404(_("This part of the feed does not exist.")) from None
    root = f"{request.scheme}://{request.get_host()}"
    named = {name: value for name, value in asked.items() if value}
    path = root + escape_uri_path(request.path)
    whole = path + (f"?{urlencode(named)}" if named else "")

    def address(key: str) -> str:
        return f"{path}?{urlencode(named | {'after': key})}"

    links = [("first", whole), ("current", whole)]
    if part.following:
        links += [(rel, address(part.following)) for rel in ("next", "prev-archive")]
    document = AtomFeed(
        title=in_xml(stream.title),
        link=root + stream.address,
        description="",
        language=get_language(),
        feed_url=address(after) if after else whole,
        feed_guid=whole,
        feed_copyright=rights(),
        links=links,
        is_archive=bool(after),
        is_complete=not after and not part.following,
    )
    for entry in entries_of(part, root, request.get_host()):
        document.add_item(**entry)
    return HttpResponse(document.writeString("utf-8"), content_type=document.content_type)
