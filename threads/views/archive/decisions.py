"""Registers of decided topics: of a wiki, of one of its pages, of a collection."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.http import HttpRequest, HttpResponse

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import DecidedTopic
from threads.presentation.addresses.finding import find_page
from threads.presentation.outcomes import places
from threads.presentation.outcomes.places import DecisionPlace
from threads.presentation.outcomes.register import Register, RegisterQuery, register_of

ASKED = ("source", "by", "year", "after", "before")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsContext:
    """What `decisions.html` is given."""

    place: DecisionPlace
    query: RegisterQuery
    register: Register
    utc: tzinfo  # in which days are told
    sources: list[tuple[str, str]]  # what tells of decisions: as addresses have it, and in words


@kept(*ASKED)
def decisions_of_wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """The decided topics of a wiki."""
    return _register(request, places.of_wiki(dbname))


@kept(*ASKED)
def decisions_of_page(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """The decided topics of a talk page."""
    return _register(request, places.of_page(find_page(dbname, name)))


@kept(*ASKED)
def decisions_of_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The decided topics of a collection's pages."""
    return _register(request, places.of_collection(slug))


def _register(request: HttpRequest, place: DecisionPlace) -> HttpResponse:
    given = parameters(request)
    query = RegisterQuery.of(given)
    register = register_of(
        place.topics,
        query,
        order=place.order,
        after=number_in(given.get("after", "")),
        before=number_in(given.get("before", "")),
    )
    context = DecisionsContext(
        place=place,
        query=query,
        register=register,
        utc=UTC,
        sources=[(value, str(label)) for value, label in DecidedTopic.Source.choices],
    )
    return render_with(request, "threads/decisions.html", context)
