"""A talk page with its threads."""

from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import quote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.vary import vary_on_headers

from threads.http.canonical import with_query_of, without_blanks
from threads.http.contexts import variables_of
from threads.http.keeping import kept
from threads.http.limits import PAST, WHOLE, limited
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage
from threads.presentation.comment.permalinks import places_of
from threads.presentation.page.branch import branch_of
from threads.presentation.page.context import PageContext, fill, page_context
from threads.presentation.page.finding import find_page
from threads.presentation.page.items import items_asked_for, moment_of, version_asked_for
from threads.presentation.page.query import KEYS, PageQuery
from threads.templatetags.quick import GAP, rows_in_pieces

# What addresses of pages may ask for besides what `PageQuery` reads.
ASKED = ("as_of", "branch", "comment", "place", "topic", "whole")
# A page of more rows than this is sent while it is made.
SENT_AT_ONCE = 200


@vary_on_headers("HX-Request")
@kept(*ASKED, *KEYS)
@limited([("as_of", PAST), ("whole", WHOLE)])
@without_blanks
def page(request: HttpRequest, dbname: str, name: str) -> HttpResponseBase:
    """A page; with `?branch=<id>` or `?comment=<id>`, that branch or comment is sure to be on it.

    HTMX gets the branch alone. With `?as_of=<date>` the page as it stood then, at the address of
    that version, with `?topic=<id>` one section alone, with `?whole` all of it at once.
    `?place=<number>` leads to the comment at that place.
    """
    talk_page = find_page(dbname, name)
    if talk_page.title != name:
        address = with_query_of(request, talk_page.get_absolute_url())
        return HttpResponsePermanentRedirect(address)
    given = parameters(request)
    ident = given.get("branch") or given.get("comment") or ""
    is_fragment = bool(request.headers.get("HX-Request"))
    if is_fragment and "branch" in given:
        rows = rows_in_pieces(variables_of(branch_of(talk_page, ident)) | {"request": request})
        return HttpResponse("".join(rows))
    version, not_had = version_asked_for(talk_page, given.get("as_of", ""))
    if version and (moment := moment_of(version)) != given["as_of"]:
        return redirect(_with(talk_page, given, as_of=moment))
    query = PageQuery.of(given)
    items, said = items_asked_for(talk_page, version, given.get("topic", ""), texts=query.chooses)
    if "place" in given:
        return redirect(_address_of_place(talk_page, given, items.comments))
    wanted = next((comment for comment in items.comments if comment.ident == ident), None)
    if ident and wanted is None and places_of(ident):
        return redirect("comment", ident)
    context = page_context(
        talk_page,
        items,
        query,
        wanted=wanted,
        missing="" if wanted else ident,
        said=not_had or said,
    )
    if is_fragment and (query.start or query.whole):
        response: HttpResponseBase = HttpResponse("".join(_rows(request, context)))
    else:
        response = _page(request, context)
    if context.said or context.missing or (query.start and not context.part.start):
        # What asks for nothing that there is, in whatever words, does not fill the cache.
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, context: PageContext) -> HttpResponseBase:
    """The page; a long one is sent from its head on while its rows are made."""
    shell = render_to_string("threads/page.html", variables_of(context), request)
    before, _gap, after = shell.partition(GAP)
    pieces = chain([before], _rows(request, context), [after])
    if len(context.rows) <= SENT_AT_ONCE:
        return HttpResponse("".join(pieces))
    return StreamingHttpResponse(pieces)


def _rows(request: HttpRequest, context: PageContext) -> Iterator[str]:
    """The rows alone, some at a time."""
    fill(context)
    yield from rows_in_pieces(variables_of(context) | {"request": request})


def _address_of_place(page: TalkPage, given: QueryDict, comments: Iterable[Comment]) -> str:
    """The same page, as the reader wants it, with the comment at the place that is asked for."""
    query = given.copy()
    place = query.pop("place")[-1]
    found = next((each for each in comments if str(each.position) == place), None)
    if found is None:
        return _with(page, query)
    query.pop("start", None)
    return f"{_with(page, query, comment=found.ident)}#{quote(found.ident)}"


def _with(page: TalkPage, given: QueryDict, **other: str) -> str:
    """The address of a page with what was given, and with something else."""
    query = given.copy()
    for name, value in other.items():
        query[name] = value
    return f"{page.get_absolute_url()}?{query.urlencode()}"
