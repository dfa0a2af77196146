"""What was found in what people wrote; and where that leads which somebody pasted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import parameters
from threads.models import SearchState, Wiki
from threads.presentation.search.bounds import counted, said_of_bounds
from threads.presentation.search.controls import (
    SHOWN,
    Control,
    Option,
    controls_of,
    query_asked,
    with_choices,
)
from threads.presentation.search.facets import Facet, Narrower, facets_of, narrowed_by
from threads.presentation.search.hits import HitGroup
from threads.presentation.search.leads import Lead, lead_of
from threads.presentation.search.links import address_of_query
from threads.presentation.search.offers import (
    Offer,
    offer_of_page,
    offer_of_person,
    offer_of_topic,
    offers_of,
)
from threads.presentation.search.pasted import read_pasted
from threads.presentation.search.renamed import with_names_of_today, with_renamings
from threads.presentation.search.results import results_of
from threads.presentation.search.sentences import Sentence, sentences_of
from threads.search.finding import BEST, NEWEST, OLDEST, find
from threads.search.query.notes import Note, Said
from threads.search.query.parsing import Query

MOST_OFFERS = 5
ORDERS = {NEWEST: _("Newest first"), OLDEST: _("Oldest first"), BEST: _("Best match")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext:
    """What `search.html` is given."""

    query: Query  # what is looked for
    text: str  # as it stands in the box
    shown: str  # the same as the controls show it: without fields that were ignored
    asked: bool  # there is something to look for
    controls: Sequence[Control]  # the fields, as they can be chosen
    orders: Sequence[Option]  # what comes first
    sentences: Sequence[Sentence]  # what was not understood, and what was done instead
    offers: Sequence[Offer] = ()  # people, pages and topics that have the words as their names
    narrowed: Sequence[Narrower] = ()  # the fields, to be taken off
    counted: str = ""  # how many comments there are
    said_of_bounds: str = ""  # what was told of some of them only, or ""
    facets: Sequence[Facet] = ()  # by what they can be narrowed
    groups: Sequence[HitGroup] = ()  # the comments of this page of results, by topic
    first: str = ""  # the address of the first page of results, unless it is this one
    previous: str = ""  # of the page before this one, or ""
    following: str = ""  # and of the next one, or ""


@kept("q", "order", "after_key")
def search(request: HttpRequest) -> HttpResponse:
    """`q` is what is looked for, `order` what comes first, `after_key` the last result of the
    page before; fields of the query may stand beside `q`. What names one thing leads there.

    Eight queries or fewer, whatever the archive has, but for several fields with values that are
    not there; on PostgreSQL a few more for what is common, but not among the latest comments.
    """
    given = parameters(request)
    asked, is_alone = query_asked(given)
    is_filling = Exists(SearchState.objects.all())
    there = Wiki.objects.with_pages().annotate(is_filling=is_filling)
    wikis = list(with_renamings(with_choices(there)))
    has_renamings = any(wiki.has_renamings for wiki in wikis)  # type: ignore[attr-defined]
    query = with_names_of_today(asked) if has_renamings else asked
    order = given.get("order", "")
    order = order if order in ORDERS else NEWEST
    if query != asked or not is_alone or SHOWN in given:
        return redirect(address_of_query(query, order=_unless_newest(order)))
    typed = given.get("q", "")
    pasted = None if query.narrowings else read_pasted(typed, wikis)
    lead = lead_of(pasted, typed.strip(), wikis) if pasted else Lead()
    if lead.address:
        return redirect(lead.address)
    context = _results(given, query, order, wikis, lead)
    return render_with(request, "threads/search.html", context)


def _results(
    given: QueryDict, query: Query, order: str, wikis: Sequence[Wiki], lead: Lead
) -> SearchContext:
    after = _key(given.get("after_key", ""))
    found = find(query, wikis, order=order, after=after)
    searched = found.query
    applied = query.applied(found.meaning.notes)
    results = results_of(found, searched, wikis)
    shown = _unless_newest(order)
    # Where a page was pasted with something that is not on it, that is all there is to say.
    leads_alone = bool(lead.pages or lead.sections) and not found.total
    notes = [] if leads_alone else found.meaning.notes
    if lead.note:  # of what it says that nothing is there, words say so once more
        notes = [lead.note, *(each for each in notes if each.value != lead.note.value)]
    if given.get("q", "").strip() and not query:
        notes.append(Note(Said.NO_WORD))
    if applied.only_excludes:
        notes.append(Note(Said.ONLY_EXCLUDED, applied.text))
    if any(wiki.is_filling for wiki in wikis):  # type: ignore[attr-defined]
        notes.append(Note(Said.INCOMPLETE))
    looks_for_names = after is None and not query.narrowings
    offers = offers_of(query.words_alone, limit=MOST_OFFERS) if looks_for_names else []
    offers = [*map(offer_of_topic, lead.sections), *map(offer_of_page, lead.pages), *offers]
    offers = [*map(offer_of_person, lead.people), *offers]
    return SearchContext(
        query=query,
        text=query.text,
        shown=applied.text,
        asked=found.meaning.asked is not None and not leads_alone,
        controls=controls_of(applied, wikis),
        orders=[Option(each, str(label), each == order) for each, label in ORDERS.items()],
        sentences=sentences_of(notes, query),
        offers=list(dict.fromkeys(offers)),
        narrowed=narrowed_by(applied, shown),
        counted=counted(found),
        said_of_bounds=said_of_bounds(found, order),
        facets=facets_of(results.facts, searched.applied(found.meaning.notes), wikis, shown),
        groups=results.groups,
        first=address_of_query(searched, order=shown) if after else "",
        previous=address_of_query(searched, order=shown, after_key=found.before) if after else "",
        following=_further(searched, shown, found.following),
    )


def _further(query: Query, order: str, key: int | None) -> str:
    return address_of_query(query, order=order, after_key=key) if key is not None else ""


def _key(text: str) -> int | None:
    """A key of the index, which databases keep in 64 bits; None for what is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) < 20
    return int(text) if is_number and int(text) < 1 << 63 else None


def _unless_newest(order: str) -> str:
    return "" if order == NEWEST else order
