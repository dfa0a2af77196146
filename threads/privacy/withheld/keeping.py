"""All rows of a page in one piece, for as long as it is taken down, with the keys that they had."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from threads.models import (
    Author,
    Change,
    CollectionPage,
    Comment,
    DecidedTopic,
    FormerId,
    FormerTitle,
    ImportItem,
    Repair,
    RepairFailure,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
    Withheld,
)
from threads.models.wiki.packing import pack, unpack
from threads.store import (
    author_keys,
    count_collection,
    count_rows,
    index_authors,
    index_pages,
    insert_rows,
)

# By kind, what leads from a row to its page; a row names none that comes later, but for pages.
OF_PAGE: Mapping[type[models.Model], Sequence[str]] = {
    TalkPage: ["pk"],
    FormerTitle: ["page"],
    Revision: ["page"],
    Section: ["page"],
    Comment: ["page"],
    UnsignedText: ["page"],
    Change: ["comment__page"],
    FormerId: ["page"],
    Repair: ["page"],
    RepairFailure: ["page", "repair__page"],
    DecidedTopic: ["page"],
    CollectionPage: ["page"],
    Withheld: ["page"],
}
BY = ("author_id", "by_id")  # columns that name authors


class _Exactly(DjangoJSONEncoder):
    """Django's own cuts moments off behind the milliseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def rows_of(page: TalkPage) -> bytes:
    """The page's rows, packed."""
    rows = [
        row
        for kind, to_page in OF_PAGE.items()
        for row in kind._default_manager.filter(_of(page, to_page)).order_by("pk")
    ]
    keys = {getattr(row, name) for row in rows for name in BY if getattr(row, name, None)}
    records = ImportItem.objects.filter(page=page).order_by("pk")
    kept = {
        "rows": serializers.serialize("json", rows, cls=_Exactly),
        "authors": list(
            Author.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name")
        ),
        "records": list(records.values_list("pk", "revision")),
    }
    return pack(json.dumps(kept).encode())


def _of(page: TalkPage, ways: Iterable[str]) -> models.Q:
    return reduce(or_, (models.Q((way, page.pk)) for way in ways))


def write_rows(wiki: Wiki, packed: bytes) -> TalkPage:
    """Bring the rows back, in the caller's transaction; out: the page.

    Who wrote them may have been forgotten since, and has another key then.
    """
    kept = json.loads(unpack(packed))
    keys = author_keys(wiki, {name for _key, name in kept["authors"]})
    now = {key: keys[name] for key, name in kept["authors"]}
    objects = [each.object for each in serializers.deserialize("json", kept["rows"])]
    for kind in OF_PAGE:
        some = [each for each in objects if type(each) is kind]
        if kind is RepairFailure:
            some = _between_kept(some)
        insert_rows(kind, [_values(each, now) for each in some])
    page = TalkPage.objects.select_related("wiki").get(pk=objects[0].pk)
    for key, revision in kept["records"]:
        ImportItem.objects.filter(pk=key).update(page=page, revision=revision)
    count_rows(page)
    for collection in page.collections.all():
        count_collection(collection)
    index_pages([page])
    index_authors(list(now.values()))
    return page


def _between_kept(failures: Sequence[Any]) -> list[Any]:
    """Those of corrections and pages that are both there: each may be another page's, which was
    deleted meanwhile. Two queries."""
    repairs = Repair.objects.in_bulk({each.repair_id for each in failures})
    pages = TalkPage.objects.defer("months").in_bulk({each.page_id for each in failures})
    return [each for each in failures if each.repair_id in repairs and each.page_id in pages]


def _values(row: models.Model, authors: Mapping[int, int]) -> dict[str, Any]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return values | {name: authors[values[name]] for name in BY if values.get(name) is not None}
