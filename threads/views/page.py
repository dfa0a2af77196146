"""A talk page with its threads."""

from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import Case, Count, Min, Q, When
from django.db.models.functions import Coalesce
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from threads.http.canonical import with_query_of, without_blanks
from threads.http.parameters import parameters
from threads.models import Comment, TalkPage, Wiki
from threads.presentation.comment_times import times_of
from threads.presentation.contents import contents_of
from threads.presentation.dates import zone_of
from threads.presentation.layout import Layout
from threads.presentation.links import lead_links
from threads.presentation.page_content import Items, asked_items, load_texts
from threads.presentation.page_query import Asked
from threads.presentation.people import Person
from threads.presentation.rows import BranchRow, CommentRow, MoreRow, Row, SectionRow, UnsignedRow
from threads.presentation.title_paths import path_of
from threads.wikitext.site.titles import subject_title, wikis_title

from .comments import places_of
from .replies import branch


@vary_on_headers("HX-Request")
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
    if request.headers.get("HX-Request") and "branch" in given:
        return branch(request, talk_page, ident)
    asked = Asked.of(given)
    items, said = asked_items(
        talk_page, given.get("as_of", ""), given.get("topic", ""), texts=asked.chooses
    )
    if "place" in given:
        return redirect(_address_of_place(talk_page, given, items.comments))
    wanted = next((comment for comment in items.comments if comment.ident == ident), None)
    if ident and wanted is None and places_of(ident):
        return redirect("comment", ident)
    context = page_context(talk_page, items, wanted, asked)
    if request.headers.get("HX-Request") and (asked.start or asked.whole):
        return render(request, "threads/_rows.html", context)
    return render(
        request,
        "threads/page.html",
        context | {"missing": ident if not wanted else "", "said": said},
    )


def find_page(dbname: str, title: str) -> TalkPage:
    """The talk page that has that title, or else had it last before it was moved.

    Its namespace may be called by any name that the wiki knows. Raises Http404 with a
    sentence for the reader.
    """
    pages = TalkPage.objects.select_related(
        "wiki", "latest_comment__author", "latest_comment__section", "current_revision"
    ).defer("current_revision__compressed", "latest_comment__html", "latest_comment__text")
    pages = pages.filter(wiki__dbname=dbname).annotate(
        version_count=Count("revisions"),
        first_version_at=Min(Coalesce("revisions__timestamp", "revisions__imported_at")),
    )
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
    called = Q(title__in=names) | Q(former_titles__title__in=names)
    has_it = Case(When(title__in=names, then=0), default=1)
    pages = wiki.pages.filter(called).order_by(has_it).values_list("pk", flat=True)
    return pages.first()


def page_context(
    talk_page: TalkPage, items: Items, wanted: Comment | None, asked: Asked
) -> dict[str, object]:
    """All that the page's template shows. Four queries at most, whatever the page's size."""
    wiki = talk_page.wiki
    shown, trail = items.chosen(asked, zone_of(wiki))
    layout = Layout(
        talk_page,
        shown.comments,
        unsigned=shown.unsigned,
        sections=shown.sections,
        wanted=wanted,
        whole=asked.whole or bool(items.past),  # what is fetched later is of today
        asked=asked,
        trail=trail,
    )
    rows = list(layout.by_time() if asked.by_time else layout.rows())
    fill(talk_page, rows)
    latest = talk_page.latest_comment
    if items.past:
        latest = max(items.comments, key=lambda each: (each.timestamp, each.position), default=None)
    topic = layout.topic_of(latest.section) if latest else None
    discussed = subject_title(talk_page.title, wiki)
    return {
        "page": talk_page,
        "wiki": wiki,
        "zone": layout.zone,
        "path": path_of(talk_page),
        "rows": rows,
        "asked": asked,
        "part": layout.part,
        "counts": {"all": len(items.comments), "shown": len(shown.comments) - len(trail)},
        "is_whole": not layout.part.start and not any(is_elsewhere(row) for row in rows),
        "times": times_of(
            item for item in layout.items if isinstance(item, Comment) and item.pk not in trail
        ),
        "contents": contents_of(shown.sections, layout.is_shown),
        "latest": latest,
        "latest_person": Person.named(latest.author.name, wiki.dbname) if latest else None,
        "latest_topic": topic,
        "latest_is_shown": any(
            isinstance(row, CommentRow) and row.comment == latest for row in rows
        ),
        "topic_is_shown": topic is not None and layout.is_shown(topic),
        "past": items.past,
        "shown": items.past or talk_page.current_revision,
        "alone": items.alone,
        "before": items.before,
        "after": items.after,
        "gathering": layout.company.gathering(),
        "discussed_url": wiki.url_for(discussed) if discussed else "",
        "history_url": wiki.history_url_for(talk_page.title),
    }


def is_elsewhere(row: Row) -> bool:
    """Whether a row stands for comments that are to be fetched."""
    return isinstance(row, MoreRow) or (isinstance(row, BranchRow) and not row.here)


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


def fill(page: TalkPage, rows: Iterable[Row]) -> None:
    """Give the items in these rows their texts, and the links in them their addresses."""
    comments = [row.comment for row in rows if isinstance(row, CommentRow)]
    load_texts(comments)
    unsigned = [row.unsigned for row in rows if isinstance(row, UnsignedRow)]
    sections = [row.section for row in rows if isinstance(row, SectionRow)]
    lead_links(page.wiki, sections, comments, unsigned, here=page)
