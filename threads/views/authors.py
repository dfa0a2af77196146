"""What one author wrote."""

from django.core.paginator import Paginator
from django.db.models import F, Max, Min, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from threads.models import Author, Comment

from .canonical import without_blanks
from .dates import zone_of
from .links import lead_links
from .people import hue

COMMENTS_A_PAGE = 50


@require_safe
@without_blanks
def author(request: HttpRequest, dbname: str, name: str) -> HttpResponse:
    """An author's comments, by page, newest first."""
    found = Author.objects.select_related("wiki").filter(wiki__dbname=dbname, name=name).first()
    if found is None:
        raise Http404(
            _("No comment by “%(name)s” of %(wiki)s is in the archive.")
            % {"name": name, "wiki": dbname}
        )
    written = Comment.objects.current().filter(author=found)
    latest_there = Window(Max("timestamp"), partition_by=F("page"))
    ordered = (
        written.select_related("page__wiki", "section")
        .defer("text")
        .annotate(latest_there=latest_there)
        .order_by("-latest_there", "page", "-timestamp", "-pk")
    )
    listing = Paginator(ordered, COMMENTS_A_PAGE).get_page(request.GET.get("page"))
    lead_links(found.wiki, listing.object_list)
    context = {
        "author": found,
        "hue": hue(found.name),
        "wiki": found.wiki,
        "zone": zone_of(found.wiki),
        "url_on_wiki": found.wiki.url_for(f"User:{found.name}"),
        "listing": listing,
        "span": written.aggregate(first=Min("timestamp"), last=Max("timestamp")),
    }
    return render(request, "threads/author.html", context)
