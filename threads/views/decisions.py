"""Registers of decided topics: of a wiki, of one of its pages, of a collection."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from threads.http.contexts import render_with
from threads.http.keeping import kept
from threads.http.parameters import number_in, parameters
from threads.models import Collection, DecidedTopic, TalkPage, Wiki
from threads.presentation.outcomes.register import Register, RegisterQuery, register_of
from threads.presentation.outcomes.shown import shows_decisions

ASKED = ("source", "by", "year", "after", "before")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsContext:
    """What `decisions.html` is given."""

    wiki: Wiki | None  # whose topics they are, or whose page's …
    talk_page: TalkPage | None
    collection: Collection | None  # … or else the collection's
    is_shown: bool  # False where the archive's editors switched decisions off
    query: RegisterQuery
    register: Register
    utc: tzinfo  # in which days are told
    sources: list[tuple[str, str]]  # what tells of decisions: as addresses have it, and in words


@kept(*ASKED)
def decisions_of_wiki(request: HttpRequest, dbname: str) -> HttpResponse:
    """The decided topics of a wiki."""
    return _register(request, wiki=_wiki(dbname))


@kept(*ASKED)
def decisions_of_page(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """The decided topics of a talk page."""
    wiki = _wiki(dbname)
    page = wiki.pages.filter(title=name).first()
    if page is None:
        raise Http404(
            _("“%(title)s” of %(wiki)s is not in the archive.") % {"title": name, "wiki": dbname}
        )
    page.wiki = wiki
    return _register(request, wiki=wiki, page=page)


@kept(*ASKED)
def decisions_of_collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The decided topics of a collection's pages."""
    collection = Collection.objects.filter(slug=slug).first()
    if collection is None:
        raise Http404
    return _register(request, collection=collection)


def _wiki(dbname: str) -> Wiki:
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    return wiki


def _register(
    request: HttpRequest,
    *,
    wiki: Wiki | None = None,
    page: TalkPage | None = None,
    collection: Collection | None = None,
) -> HttpResponse:
    given = parameters(request)
    is_shown = wiki is None or shows_decisions(wiki)
    topics = DecidedTopic.objects.all()
    if page:
        topics = topics.filter(page=page)
    elif wiki:
        topics = topics.filter(wiki=wiki)
    else:
        shown = [each for each in Wiki.objects.all() if shows_decisions(each)]
        topics = topics.filter(page__collections=collection, wiki__in=shown)
    query = RegisterQuery.of({name: given.get(name, "") for name in ASKED})
    register = register_of(
        topics if is_shown else topics.none(),
        query,
        after=number_in(given.get("after", "")),
        before=number_in(given.get("before", "")),
    )
    context = DecisionsContext(
        wiki=wiki,
        talk_page=page,
        collection=collection,
        is_shown=is_shown,
        query=query,
        register=register,
        utc=UTC,
        sources=[(value, str(label)) for value, label in DecidedTopic.Source.choices],
    )
    return render_with(request, "threads/decisions.html", context)
