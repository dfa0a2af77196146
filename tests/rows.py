"""What an archive holds of a wiki, told without primary keys: equal for equal archives."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import Model

from threads.models import (
    Author,
    Change,
    Comment,
    FormerId,
    FormerTitle,
    PrivacyRule,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)

# How a row is named by another one; and, by model, the path to the row's wiki.
NAMES: dict[type[Model], Callable[[Any], object]] = {
    Author: lambda row: row.name,
    TalkPage: lambda row: row.title,
    Revision: lambda row: (row.page.title, row.number, row.sha256),
    Section: lambda row: (row.page.title, row.ident, row.is_current, row.position),
    Comment: lambda row: (row.page.title, row.ident, row.is_current, row.position),
    PrivacyRule: lambda row: (row.kind, row.reason),
}
TO_WIKI: dict[type[Model], str] = {
    Author: "wiki",
    TalkPage: "wiki",
    FormerTitle: "wiki",
    Revision: "page__wiki",
    Section: "page__wiki",
    Comment: "page__wiki",
    UnsignedText: "page__wiki",
    FormerId: "page__wiki",
    Change: "comment__page__wiki",
}
# When and by whom something was imported is no part of what is held.
LEFT_OUT = {"id", "wiki", "created_at", "imported_at"}


def rows_of(wiki: Wiki) -> dict[str, list[str]]:
    """By model, its rows as text, in an order of their own."""
    return {
        model.__name__: sorted(_told(row) for row in model._default_manager.filter(**{path: wiki}))
        for model, path in TO_WIKI.items()
    }


def _told(row: Model) -> str:
    told: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        value = getattr(row, field.name)
        if isinstance(value, Model):
            value = NAMES[type(value)](value)
        if isinstance(value, dict | list):  # in whatever order a database keeps its keys
            value = json.dumps(value, sort_keys=True)
        told[field.name] = bytes(value) if isinstance(value, memoryview) else value
    return repr(told)
