"""Addresses of comments: the newest first, by id or link, and of a search."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from threads.http.canonical import root_of
from threads.models import Comment, Wiki
from threads.presentation.addresses.finding import find_page
from threads.presentation.comment.permalinks import places_of, unknown
from threads.presentation.search.pasted import ident_in
from threads.presentation.streams import places
from threads.presentation.streams.parts import comments_of
from threads.presentation.streams.places import Stream
from threads.search.query.parsing import read_query

from .conversations import Comments, Places, answers_of, with_place
from .problems import Problem
from .reading import After, Limit, going_on, reads

router = Router(tags=["Comments"])


@reads(router, "/comments", Comments)
def comments(
    request: HttpRequest,
    wiki: Annotated[str, Query("", description="The database name of a wiki.")],
    title: Annotated[str, Query("", description="A page of that wiki …")],
    topic: Annotated[str, Query("", description="… and the id of a section of it.")],
    author: Annotated[str, Query("", description="Who signed on that wiki.")],
    collection: Annotated[str, Query("", description="The slug of a collection.")],
    after: After,
    limit: Limit,
) -> dict[str, Any]:
    """List comments of the archive, a wiki, page, topic, author or collection.

    The newest comment is first. Those that are dated in the future are left out until then; their
    pages and searches have them.
    """
    stream = _stream(wiki, title, topic, author, collection)
    return _comments(request, stream, after, limit)


@reads(router, "/comments/{text:id}", Places)
def comment(request: HttpRequest, id: str) -> dict[str, Any]:
    """Get a comment by its ID, an ID that it had, or its name.

    It is told at each place that has, or had, it.
    """
    return _places(request, id)


@reads(router, "/permalink", Places)
def permalink(
    request: HttpRequest,
    url: Annotated[str, Query(description="A link to a comment, of a wiki or of this archive.")],
) -> dict[str, Any]:
    """Get a comment by a link to it."""
    ident = ident_in(url, Wiki.objects.all())
    if not ident:
        raise Http404(_("“%s” is not a link to a comment.") % url)
    return _places(request, ident)


@reads(router, "/search", Comments)
def search(
    request: HttpRequest,
    q: Annotated[str, Query(description="As in the search box: words, phrases and fields.")],
    after: After,
    limit: Limit,
) -> dict[str, Any]:
    """Search comments.

    The newest comment is first. Unsigned text has no time and is left out; the threads of its page
    have it.
    """
    return _comments(request, places.of_search(read_query(q)), after, limit)


def _stream(wiki: str, title: str, topic: str, author: str, collection: str) -> Stream:
    chosen = [name for name in (title, author, collection) if name]
    needs_wiki = (title or author) and not wiki
    if len(chosen) > 1 or needs_wiki or (collection and wiki) or (topic and not title):
        raise Problem(
            422,
            "Choose a wiki, with a title (and a topic) or an author; or a collection; or nothing.",
        )
    if collection:
        return places.of_collection(collection)
    if title:
        page = find_page(wiki, title.replace("_", " "))
        return places.of_topic(page, topic) if topic else places.of_page(page)
    if author:
        return places.of_author(wiki, author.replace("_", " "))
    return places.of_wiki(wiki) if wiki else places.of_archive()


def _comments(request: HttpRequest, stream: Stream, after: str, limit: int) -> dict[str, Any]:
    part = stream.part(after, limit)
    return {"comments": _answers(request, comments_of(part)), **going_on(part.following)}


def _places(request: HttpRequest, ident: str) -> dict[str, Any]:
    found = places_of(ident)
    if not found:
        raise unknown(ident)
    return {"comments": _answers(request, found)}


def _answers(request: HttpRequest, found: list[Comment]) -> list[dict[str, Any]]:
    answers = answers_of(None, found, root_of(request))
    return [with_place(each, answer) for each, answer in zip(found, answers, strict=True)]
