"""The beginning of a comment, for whoever wants to know what another one answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers

from threads.http.keeping import kept
from threads.http.parameters import page_asked_for
from threads.presentation.comment.permalinks import find_comment
from threads.presentation.people.speakers import Person, hues_of
from threads.presentation.times.dates import zone_of


@vary_on_headers("HX-Request")
@kept("page")
def preview(request: HttpRequest, dbname: str, ident: str) -> HttpResponse:
    """A few lines for HTMX; anybody else is led to the comment itself. Three queries."""
    if not request.headers.get("HX-Request"):
        return redirect("comment", ident)
    found = find_comment(dbname, ident, page_asked_for(request))
    context = {
        "comment": found,
        "wiki": found.page.wiki,
        "zone": zone_of(found.page.wiki),
        "person": Person.named(found.author.name, dbname, hues_of(found.page)),
    }
    return render(request, "threads/_preview.html", context)
