"""Addresses of a page: itself, its revisions, its topics, and its threads."""

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from threads.http.canonical import root_of
from threads.models import Revision, Section
from threads.presentation.addresses.finding import find_page, find_section
from threads.presentation.page.stretch import stretch_of
from threads.presentation.streams.parts import key_in

from .conversations import Threads, answers_of, tree_of
from .reading import After, Limit, going_on, listed, reads
from .schemas import PageAnswer, Revisions, Wikitext
from .wikis import page_answer

router = Router(tags=["Pages"])
HIGHEST = (1 << 63) - 1  # that databases keep

Place = Annotated[
    int, Query(-1, ge=-1, le=HIGHEST, description="What “continue” of the answer before says.")
]
Number = Annotated[int | None, Query(None, ge=0, le=HIGHEST)]


@reads(router, "/wikis/{slug:wiki}/page/{title:title}", PageAnswer)
def page(request: HttpRequest, wiki: str, title: str) -> dict[str, Any]:
    """Get a talk page by its title, or by one that it had before."""
    return page_answer(find_page(wiki, title), root_of(request))


@reads(router, "/wikis/{slug:wiki}/revisions/{title:title}", Revisions)
def revisions(
    request: HttpRequest, wiki: str, title: str, after: After, limit: Limit
) -> dict[str, Any]:
    """List revisions of a page, the one that was imported last first."""
    found = find_page(wiki, title)
    rows = Revision.objects.without_text().defer("compressed", "problems").filter(page=found)
    rows = rows.select_related("withheld_by")
    if after:
        rows = rows.filter(pk__lt=key_in(after))
    shown = listed("revisions", rows.order_by("-pk"), limit, "pk", _revision)
    return {"title": found.title, **shown}


@reads(router, "/wikis/{slug:wiki}/wikitext/{title:title}", Wikitext)
def wikitext(
    request: HttpRequest, wiki: str, title: str, revid: Number, key: Number
) -> dict[str, Any]:
    """Get the wikitext of a page, or of one of its revisions.

    Without “revid” and “key”, it is that of the revision that readers see.
    """
    found = find_page(wiki, title)
    rows = Revision.objects.filter(page=found).select_related("withheld_by")
    if revid is not None:
        rows = rows.filter(number=revid)
    elif key is not None:
        rows = rows.filter(pk=key)
    else:
        rows = rows.filter(pk=found.current_revision_id or 0)
    revision = rows.first()
    if revision is None:
        raise Http404(_("The archive does not have this revision."))
    place = {"wiki": found.wiki.dbname, "title": found.title}
    return _revision(revision) | place | {"contentmodel": "wikitext", "content": revision.text}


@reads(router, "/wikis/{slug:wiki}/topics/{title:title}", Threads)
def topics(
    request: HttpRequest, wiki: str, title: str, after: Place, limit: Limit
) -> dict[str, Any]:
    """List topics of a page.

    They are its headings of level 2, and what is before the first heading.
    """
    found = find_page(wiki, title)
    rows = Section.objects.current().filter(page=found, position__gt=after)
    rows = rows.filter(heading_level__in=[0, 2]).select_related("parent").defer("parent__html")
    sections = list(rows.in_order()[: limit + 1])
    for section in sections:
        section.page = found
    shown = sections[:limit]
    return {
        "wiki": found.wiki.dbname,
        "title": found.title,
        "threaditems": answers_of(found.wiki, shown, root_of(request)),
        **going_on(shown[-1].position if len(sections) > limit else None),
    }


@reads(router, "/wikis/{slug:wiki}/threads/{title:title}", Threads)
def threads(
    request: HttpRequest,
    wiki: str,
    title: str,
    topic: Annotated[str, Query("", description="The id of a section, to have it alone.")],
    form: Annotated[
        Literal["tree", "rows"], Query("tree", description="Nested, or one after the other.")
    ],
    after: Place,
    limit: Limit,
) -> dict[str, Any]:
    """Get threads of a page: headings, comments and unsigned text in their order.

    In a tree, what is below an item is in its “replies”. An item whose parent was in the answer
    before is at the top: “parent” says where it belongs.
    """
    found = find_page(wiki, title)
    section = find_section(found, topic) if topic else None
    stretch = stretch_of(found, after, limit, section)
    answers = answers_of(found.wiki, stretch.items, root_of(request))
    return {
        "wiki": found.wiki.dbname,
        "title": found.title,
        "threaditems": tree_of(stretch.items, answers) if form == "tree" else answers,
        **going_on(stretch.following),
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "key": revision.pk,
        "revid": revision.number,
        "parentid": revision.parent_number,
        "timestamp": revision.timestamp,
        "imported": revision.imported_at,
        "user": revision.user or None,
        "userhidden": revision.user_hidden,
        "comment": revision.summary,
        "commenthidden": revision.summary_hidden,
        "minor": revision.minor,
        "size": revision.size,
        "sha256": revision.sha256,
        "takendown": revision.withheld_by.reason if revision.withheld_by else None,
    }
