"""What was said on a wiki, or on one of its pages, since a day."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from threads.http.parameters import parameters
from threads.models import Comment, Wiki
from threads.presentation.calendar import begin_of, day_in
from threads.presentation.dates import zone_of
from threads.presentation.links import lead_links
from threads.presentation.people import Person

COMMENTS_A_PAGE = 50


def since(request: HttpRequest, dbname: str) -> HttpResponse:
    """`day` is the first day wanted, `title` the page; the oldest comment comes first."""
    wiki = Wiki.objects.filter(dbname=dbname).first()
    if wiki is None:
        raise Http404(_("No page of a wiki named “%s” is in the archive.") % dbname)
    asked = parameters(request)
    title = asked.get("title", "").replace("_", " ")
    page = wiki.pages.filter(title=title).first() if title else None
    given = asked.get("day", "").strip()
    day = day_in(given)
    comments = _comments(wiki, day)
    listing = Paginator(comments.filter(page=page) if page else comments, COMMENTS_A_PAGE)
    shown = listing.get_page(asked.get("page"))
    lead_links(wiki, shown.object_list)
    context = {
        "wiki": wiki,
        "zone": zone_of(wiki),
        "talk_page": page,
        "day": day,
        "not_a_day": given if given and day is None else "",
        "listing": shown,
        "said": [
            (comment, Person.named(comment.author.name, dbname)) for comment in shown.object_list
        ],
    }
    return render(request, "threads/since.html", context)


def _comments(wiki: Wiki, day: date | None) -> QuerySet[Comment]:
    comments = Comment.objects.current().with_context().order_by("timestamp", "pk")
    if day is None:
        return comments.none()
    return comments.filter(page__wiki=wiki, timestamp__gte=begin_of(day, zone_of(wiki)))
