"""A talk page with its threads."""

from collections.abc import Iterable, Iterator, Sequence
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
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.vary import vary_on_headers

from threads.http.canonical import with_query_of, without_blanks
from threads.http.contexts import variables_of
from threads.http.keeping import kept
from threads.http.limits import PAST, WHOLE, limited
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage
from threads.presentation.addresses.finding import find_page
from threads.presentation.addresses.renamed import query_now
from threads.presentation.comment.permalinks import places_of
from threads.presentation.page.branch import branch_of
from threads.presentation.page.context import PageContext, ReadingPlace, fill, page_context
from threads.presentation.page.items import items_asked_for, moment_of, version_asked_for
from threads.presentation.page.query import KEYS, PageQuery
from threads.templatetags.quick import GAP, rows_in_pieces

# What addresses of pages may ask for besides what `PageQuery` reads.
ASKED = ("as_of", "at", "branch", "comment", "place", "topic", "whole")
# Of these, and of what is read by `PageQuery`, what says where on the page to begin.
PLACES = {"at", "branch", "comment", "place", "start", "until", "whole"}
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
    `?place=<number>` leads to the comment at that place; with `?at=<id or name>` the part has
    that comment, which is where a reader was.
    """
    talk_page = find_page(dbname, name)
    if talk_page.title != name:
        address = with_query_of(request, talk_page.get_absolute_url())
        return HttpResponsePermanentRedirect(address)
    given = parameters(request)
    is_fragment = bool(request.headers.get("HX-Request"))
    if is_fragment and "branch" in given:
        rows = rows_in_pieces(
            variables_of(branch_of(talk_page, given.get("branch") or "")) | {"request": request}
        )
        return HttpResponse("".join(rows))
    version, not_had = version_asked_for(talk_page, given.get("as_of", ""))
    if version and (moment := moment_of(version)) != given["as_of"]:
        return redirect(_with(talk_page, given, as_of=moment))
    query = PageQuery.of(given)
    items, said = items_asked_for(talk_page, version, given.get("topic", ""), texts=query.chooses)
    if (now := query_now(given, talk_page, [*items.sections, *items.comments])) != given:
        return HttpResponsePermanentRedirect(_with(talk_page, now))
    if "place" in given:
        return redirect(_address_of_place(talk_page, given, items.comments))
    place = _place_asked_for(given, items.comments, is_fragment=is_fragment)
    if place.missing and places_of(place.missing):
        return redirect("comment", place.missing)
    if query.person and not is_fragment and not given.keys() & PLACES:
        theirs = [each for each in items.comments if each.author.name == query.person]
        if theirs:
            return redirect(_at(talk_page, given, theirs[0]))
    context = page_context(talk_page, items, query, place, said=not_had or said)
    response = _answer(request, context) if is_fragment else _page(request, context)
    if context.said or context.missing or (query.start and not context.part.start):
        # What asks for nothing that there is, in whatever words, does not fill the cache.
        response.headers["Cache-Control"] = "no-store"
    return response


def _place_asked_for(
    given: QueryDict, comments: Sequence[Comment], *, is_fragment: bool
) -> ReadingPlace:
    ident = given.get("branch") or given.get("comment") or ""
    wanted = next((comment for comment in comments if comment.ident == ident), None)
    return ReadingPlace(
        wanted=wanted,
        at=_named(given.get("at") or "", comments),
        follows=is_fragment and "until" not in given,
        missing="" if wanted else ident,
    )


def _answer(request: HttpRequest, context: PageContext) -> HttpResponseBase:
    """What HTMX and our scripts ask for: a part of the rows, or the bar that follows a person."""
    query = context.query
    if query.start or query.until or query.whole:
        return HttpResponse("".join(_rows(request, context)))
    if context.followed:
        return render(request, "threads/_following.html", {"followed": context.followed})
    return _page(request, context)


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


def _named(name: str, comments: Iterable[Comment]) -> Comment | None:
    """The comment with an id, or else the first with that name."""
    called = [each for each in comments if name and name in (each.ident, each.name)]
    return next((each for each in called if each.ident == name), called[0] if called else None)


def _address_of_place(page: TalkPage, given: QueryDict, comments: Iterable[Comment]) -> str:
    """The same page, as the reader wants it, with the comment at the place that is asked for."""
    query = given.copy()
    place = query.pop("place")[-1]
    found = next((each for each in comments if str(each.position) == place), None)
    if found is None:
        return _with(page, query)
    query.pop("start", None)
    return f"{_with(page, query, comment=found.ident)}#{quote(found.ident)}"


def _at(page: TalkPage, given: QueryDict, comment: Comment) -> str:
    """The same page where that comment is."""
    return f"{_with(page, given, at=comment.ident)}#{quote(comment.ident)}"


def _with(page: TalkPage, given: QueryDict, **other: str) -> str:
    """The address of a page with what was given, and with something else."""
    query = given.copy()
    for name, value in other.items():
        query[name] = value
    return f"{page.get_absolute_url()}?{query.urlencode()}"
