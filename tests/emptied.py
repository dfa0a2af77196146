"""What Django writes into an emptied database: the first time it does, then its rows are copied.

After a test with transactions of its own, all tables are emptied, and every app is asked what
belongs there: kinds of content, permissions. It is the same each time, and to find that out takes
ten times as long as to empty the tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db import transaction
from django.db.models import Model

Rows = dict[type[Model], list[Model]]


@contextmanager
def filled_by_copies() -> Iterator[None]:
    """Until the end, `flush` asks the apps once."""
    written: Rows = {}

    def fill(*arguments: Any, **options: Any) -> None:
        if written:
            write(written)
        else:
            emit_post_migrate_signal(*arguments, **options)
            written.update(all_rows())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", fill)
        yield


def all_rows() -> Rows:
    """What is in the database, of each table that has something."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    rows = {model: list(model._base_manager.all()) for model in models if not model._meta.proxy}
    return {model: found for model, found in rows.items() if found}


@transaction.atomic
def write(rows: Rows) -> None:
    """The same rows, with the same ids."""
    for model, found in rows.items():
        model._base_manager.bulk_create(found)
