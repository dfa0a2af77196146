"""A talk page, a topic, an author or a collection in figures: drawn, as tables, and as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import parameters
from threads.presentation.addresses.finding import (
    find_author,
    find_collection,
    find_page,
    find_section,
)
from threads.presentation.analysis.context import AnalysisContext
from threads.presentation.analysis.figures import Figure, figures_of
from threads.presentation.analysis.subjects import (
    Subject,
    author_subject,
    collection_subject,
    page_subject,
)
from threads.presentation.outcomes.shown import shows_decisions


@kept("topic", "format", "table")
def analysis_of_page(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """A talk page, or one `topic` of it. At most eight queries."""
    page = find_page(dbname, name)
    ident = parameters(request).get("topic", "")
    topic = find_section(page, ident) if ident else None
    subject = page_subject(page, topic)
    return _shown(request, subject, wiki=page.wiki, talk_page=page, topic=topic)


@kept("format", "table")
def analysis_of_author(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """An author on one wiki. At most eight queries."""
    found = find_author(dbname, name)
    subject = author_subject(found, shows_decisions=shows_decisions(found.wiki))
    return _shown(request, subject, wiki=found.wiki, author=found)


@kept("format", "table")
def analysis_of_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The first pages of a collection. At most five queries."""
    collection = find_collection(slug)
    return _shown(request, collection_subject(collection), collection=collection)


def _shown(request: HttpRequest, subject: Subject, **what: object) -> HttpResponse:
    """The page of figures; with `?format=csv&table=NAME`, one table. In: as `AnalysisContext`."""
    figures = figures_of(subject)
    given = parameters(request)
    if given.get("format") == "csv":
        return _table(figures, given.get("table", ""))
    context = AnalysisContext.of(subject, figures, **what)
    return render_with(request, "threads/analysis.html", context)


def _table(figures: list[Figure], name: str) -> HttpResponse:
    for figure in figures:
        if figure.name == name:
            return HttpResponse(figure.csv(), content_type="text/csv; charset=utf-8")
    raise Http404(_("There is no table with this name."))
