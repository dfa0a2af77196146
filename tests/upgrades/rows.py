"""All rows of an archive as lines of JSON, whatever the database, and back into one.

The first line names the newest migration of each app; every further line is a row: its model,
and its columns as text. What `migrate` itself fills is left out.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps
from django.db.models import Model

from tests.migrated import copy

KEPT_MODELS = ("auth.User",)
KEPT_APPS = ("threads",)
INDEX = ("SearchEntry", "SearchName", "SearchState")  # made of the other rows
Line = dict[str, Any]


def models_kept() -> list[type[Model]]:
    """The models whose rows are kept, without proxies and what is made of the others."""
    found = [apps.get_model(name) for name in KEPT_MODELS]
    for app in KEPT_APPS:
        found += apps.get_app_config(app).get_models()
    return [m for m in found if not m._meta.proxy and m._meta.object_name not in INDEX]


def write_rows(path: Path) -> None:
    """Keep the database's rows in a file: the same rows give the same file."""
    leaves = MigrationLoader(connection).graph.leaf_nodes()
    lines: list[Line] = [{"migrations": dict(sorted(leaves))}]
    for model in models_kept():
        for row in model._base_manager.order_by("pk"):
            columns = {
                field.attname: None if value is None else field.value_to_string(row)
                for field in model._meta.concrete_fields
                for value in [getattr(row, field.attname)]
            }
            lines.append({"model": model._meta.label, "columns": columns})
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def read_rows(path: Path) -> Iterator[Line]:
    """The lines of a file, the one with the migrations first."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def load(paths: Sequence[Path]) -> None:
    """Bring an empty database to the state of a file, with its rows.

    Of several, the oldest first, each comes into a copy of its own: to reach a state takes seconds,
    and each goes on from the one before. See `state` for the names of the copies.
    """
    database = connection.settings_dict["NAME"]
    for path in paths:
        then = _reach(path)
        if len(paths) > 1:
            connection.close()
            connection.settings_dict["NAME"] = state(database, path)
            copy(database, connection.settings_dict["NAME"])
        _fill(path, then)
        connection.close()
        connection.settings_dict["NAME"] = database


def state(database: str, path: Path) -> str:
    """The name of a database's copy at the state of that file."""
    return f"{database}_{path.stem}"


def _reach(path: Path) -> StateApps:
    """Bring a database to the state of a file; out: the models that it then has."""
    targets = list(next(read_rows(path))["migrations"].items())
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _fill(path: Path, then: StateApps) -> None:
    """Put the rows of a file into a database that has its state."""
    _migrations, *lines = read_rows(path)
    with transaction.atomic():
        for label, rows in groupby(lines, lambda line: line["model"]):
            model = then.get_model(label)
            fields = {field.attname: field for field in model._meta.concrete_fields}
            model._base_manager.bulk_create(
                model(**{name: fields[name].to_python(value) for name, value in columns.items()})
                for columns in (row["columns"] for row in rows)
            )
    states = then.all_models["threads"].get("searchstate")
    if states:
        states._base_manager.create()  # the index is to be filled
    kept = {model._meta.label for model in models_kept()}
    models = [model for model in then.get_models() if model._meta.label in kept]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
