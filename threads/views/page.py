"""A talk page with its threads."""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from threads.http.canonical import with_query_of, without_blanks
from threads.http.contexts import render_with, variables_of
from threads.http.keeping import kept
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage, Wiki
from threads.presentation.comment.permalinks import places_of
from threads.presentation.page.branch import branch_of
from threads.presentation.page.context import RowsContext, page_context
from threads.presentation.page.items import items_asked_for
from threads.presentation.page.query import PageQuery
from threads.templatetags.quick import rows_of
from threads.wikitext.site.titles import wikis_title


@vary_on_headers("HX-Request")
@kept
@without_blanks
def page(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """A page; with `?branch=<id>` or `?comment=<id>`, that branch or comment is sure to be on it.

    HTMX gets the branch alone. With `?as_of=<date>` the page as it stood then, with
    `?topic=<id>` one section alone, with `?whole` all of it at once. `?place=<number>` leads to
    the comment at that place.
    """
    talk_page = find_page(dbname, name)
    if talk_page.title != name:
        address = with_query_of(request, talk_page.get_absolute_url())
        return HttpResponsePermanentRedirect(address)
    given = parameters(request)
    ident = given.get("branch") or given.get("comment") or ""
    is_fragment = bool(request.headers.get("HX-Request"))
    if is_fragment and "branch" in given:
        return _rows(request, branch_of(talk_page, ident))
    query = PageQuery.of(given)
    items, said = items_asked_for(
        talk_page, given.get("as_of", ""), given.get("topic", ""), texts=query.chooses
    )
    if "place" in given:
        return redirect(_address_of_place(talk_page, given, items.comments))
    wanted = next((comment for comment in items.comments if comment.ident == ident), None)
    if ident and wanted is None and places_of(ident):
        return redirect("comment", ident)
    context = page_context(
        talk_page, items, query, wanted=wanted, missing="" if wanted else ident, said=said
    )
    if is_fragment and (query.start or query.whole):
        return _rows(request, context)
    return render_with(request, "threads/page.html", context)


def _rows(request: HttpRequest, context: RowsContext) -> HttpResponse:
    """The rows alone, for HTMX."""
    return HttpResponse(rows_of(variables_of(context) | {"request": request}))


def find_page(dbname: str, title: str) -> TalkPage:
    """The talk page that has that title, or else had it last before it was moved.

    Its namespace may be called by any name that the wiki knows. Raises Http404 with a
    sentence for the reader.
    """
    pages = TalkPage.objects.as_shown().filter(wiki__dbname=dbname)
    if found := pages.filter(title=title).first():
        return found
    key = _key_of(dbname, title)
    if key and (found := pages.filter(pk=key).first()):
        return found
    raise Http404(
        _("“%(title)s” of %(wiki)s is not in the archive.") % {"title": title, "wiki": dbname}
    )


def _key_of(dbname: str, title: str) -> int | None:
    """The page that the wiki would show for that title: one that has it goes before one that
    had it. Two queries."""
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki is None:
        return None
    names = {title, wikis_title(title, wiki)}
    return wiki.pages.called(names).values_list("pk", flat=True).first()


def _address_of_place(page: TalkPage, given: QueryDict, comments: Iterable[Comment]) -> str:
    """The same page, as the reader wants it, with the comment at the place that is asked for."""
    query = given.copy()
    place = query.pop("place")[-1]
    found = next((each for each in comments if str(each.position) == place), None)
    if found is None:
        return f"{page.get_absolute_url()}?{query.urlencode()}"
    query.pop("start", None)
    query["comment"] = found.ident
    return f"{page.get_absolute_url()}?{query.urlencode()}#{quote(found.ident)}"
