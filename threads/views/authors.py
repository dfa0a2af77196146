"""What one author wrote, where, when, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, F, Max, Min, QuerySet, Value, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from threads.http.canonical import without_blanks
from threads.http.parameters import parameters
from threads.models import Author, Comment, TalkPage
from threads.presentation.charts import chart_of, count_by_month
from threads.presentation.dates import zone_of
from threads.presentation.links import lead_links
from threads.presentation.people import Person, hue

COMMENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """What an author wrote on one page."""

    page: TalkPage
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Partners:
    """With whom an author talked, and how often; who did most often stands first."""

    answered: Sequence[tuple[Person, int]]  # to whom they replied
    answering: Sequence[tuple[Person, int]]  # who replied to them


@without_blanks
def author(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """An author's comments, by page or with `?order=time` by time alone, newest first.

    Eight queries at most.
    """
    found = Author.objects.select_related("wiki").filter(wiki__dbname=dbname, name=name).first()
    if found is None:
        raise Http404(
            _("No comment by “%(name)s” of %(wiki)s is in the archive.")
            % {"name": name, "wiki": dbname}
        )
    written = Comment.objects.current().filter(author=found)
    parts = parts_of(found, written)
    asked = parameters(request)
    by_time = asked.get("order") == "time"
    paginator = Paginator(_in_order(written, by_time), COMMENTS_A_PAGE)
    paginator.count = sum(part.count for part in parts)
    listing = paginator.get_page(asked.get("page"))
    lead_links(found.wiki, listing.object_list)
    context = {
        "author": found,
        "hue": hue(found.name),
        "wiki": found.wiki,
        "zone": zone_of(found.wiki),
        "url_on_wiki": found.wiki.url_for(f"User:{found.name}"),
        "by_time": by_time,
        "listing": listing,
        "parts": parts,
        "first": min((part.first for part in parts), default=None),
        "last": max((part.last for part in parts), default=None),
        "chart": chart_of(count_by_month(written)) if parts else None,
        "partners": partners_of(found),
    }
    return render(request, "threads/author.html", context)


def parts_of(author: Author, written: QuerySet[Comment]) -> list[Part]:
    """The pages that an author wrote on, the one of their latest comment first. One query."""
    rows = (
        written.order_by()
        .values_list("page", "page__title")
        .annotate(count=Count("pk"), first=Min("timestamp"), last=Max("timestamp"))
        .order_by("-last", "page")
    )
    return [
        Part(TalkPage(pk=key, wiki=author.wiki, title=title), count, first, last)
        for key, title, count, first, last in rows
    ]


def partners_of(author: Author) -> Partners:
    """Whom an author replied to, and who replied to them; nobody counts as both. One query."""
    current = Comment.objects.current().order_by()
    answered = (
        current.filter(author=author)
        .exclude(parent__author=author)
        .filter(parent__isnull=False)
        .values_list(Value(True, BooleanField()), "parent__author__name")
        .annotate(count=Count("pk"))
    )
    answering = (
        current.filter(parent__author=author)
        .exclude(author=author)
        .values_list(Value(False, BooleanField()), "author__name")
        .annotate(count=Count("pk"))
    )
    rows = sorted(answered.union(answering), key=lambda row: (-row[2], row[1]))
    dbname = author.wiki.dbname
    people = [(is_answered, Person.named(name, dbname), n) for is_answered, name, n in rows]
    return Partners(
        [(person, count) for is_answered, person, count in people if is_answered],
        [(person, count) for is_answered, person, count in people if not is_answered],
    )


def _in_order(written: QuerySet[Comment], by_time: bool) -> QuerySet[Comment]:
    comments = written.select_related("page__wiki", "section", "parent__author").defer(
        "text", "parent__html", "parent__text"
    )
    if by_time:
        return comments.order_by("-timestamp", "-pk")
    latest_there = Window(Max("timestamp"), partition_by=F("page"))
    return comments.annotate(latest_there=latest_there).order_by(
        "-latest_there", "page", "-timestamp", "-pk"
    )
