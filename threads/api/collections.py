"""Addresses of collections: pages of several wikis under one title."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from threads.http.canonical import root_of
from threads.models import Collection
from threads.presentation.addresses.finding import find_collection
from threads.presentation.keyset import slice_of
from threads.presentation.streams.parts import key_in

from .reading import After, Limit, going_on, reads
from .schemas import Collections, OneCollection
from .wikis import page_answer

router = Router(tags=["Collections"])
IN_ORDER = ("position", "id")


@reads(router, "/collections", Collections)
def collections(request: HttpRequest) -> dict[str, Any]:
    """List collections."""
    root = root_of(request)
    found = Collection.objects.with_totals()
    return {"collections": [_collection(each, root) for each in found]}


@reads(router, "/collections/{slug:slug}", OneCollection)
def collection(request: HttpRequest, slug: str, after: After, limit: Limit) -> dict[str, Any]:
    """Get a collection with its pages in their order."""
    found = find_collection(slug, Collection.objects.with_totals())
    rows = found.entries.select_related("page__wiki", "page__current_revision").defer(
        "page__months", "page__current_revision__compressed", "page__current_revision__problems"
    )
    behind = found.entries.filter(pk=key_in(after)).first() if after else None
    entries = slice_of(rows, IN_ORDER, limit, after=behind)
    root = root_of(request)
    return _collection(found, root) | {
        "entries": [page_answer(entry.page, root) for entry in entries.rows],
        **going_on(entries.after),
    }


def _collection(collection: Any, root: str) -> dict[str, Any]:
    """In: a collection with its totals."""
    return {
        "slug": collection.slug,
        "title": collection.title,
        "introduction": collection.introduction,
        "pages": collection.page_total,
        "comments": collection.comment_total,
        "url": root + collection.get_absolute_url(),
    }
