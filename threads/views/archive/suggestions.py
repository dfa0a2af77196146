"""Pages, people and topics, while somebody types their name into a search box."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.vary import vary_on_headers

from threads.http.contexts import render_with
from threads.http.parameters import parameters
from threads.presentation.search.links import address_of_query
from threads.presentation.search.offers import Offer, offers_of
from threads.search.query.parsing import read_query

MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsContext:
    """What `_suggestions.html` is given."""

    offers: Sequence[Offer]  # the likeliest first


@vary_on_headers("HX-Request")
def suggestions(request: HttpRequest) -> HttpResponse:
    """`q` is what has been typed. HTMX gets a list; whoever else asks, the search."""
    query = read_query(parameters(request).get("q", ""))
    if not request.headers.get("HX-Request"):
        return redirect(address_of_query(query))
    offers = offers_of(query.words_alone, limit=MOST)
    return render_with(request, "threads/_suggestions.html", SuggestionsContext(offers=offers))
