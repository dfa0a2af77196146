"""All that an archive holds, as JSON that two archives can be compared by.

`python -m tests.ingest.rows` prints it for the archive that the environment names. No
primary key and no moment of an import is in it: rows are told apart by what they are of.
"""

import json
import sys
from typing import Any

import django
from django.apps import apps
from django.db.models import ForeignKey, Model

DISCUSSION = (
    "Wiki Author TalkPage FormerTitle Revision Section Comment UnsignedText FormerId Change"
).split()
RECORDS = "ImportRun ImportItem".split()
# What differs between two imports of the same, and primary keys.
LEFT_OUT = set(
    "id created_at imported_at started_at finished_at worked_from heartbeat holder seconds "
    "parameters progress total compressed words".split()
)
# By kind: what tells a row from others of its kind. The order is that of the references.
KEYS = {
    "Wiki": ("dbname",),
    "Author": ("wiki", "name"),
    "TalkPage": ("wiki", "title"),
    "Revision": ("page", "number", "sha256"),
    "Section": ("page", "revision", "start", "ident"),
    "Comment": ("page", "ident", "revision", "start"),
    "UnsignedText": ("page", "revision", "start", "html"),
    "ImportRun": ("source", "dry"),
}


def archive_rows(*, records: bool) -> str:
    """The rows; with `records` those of imports too."""
    told: dict[str, dict[int, str]] = {}
    result = {}
    for name in (*DISCUSSION, *(RECORDS if records else ())):
        rows = list(apps.get_model("threads", name)._default_manager.all())
        if name in KEYS:
            told[name] = {row.pk: json.dumps(_key(row, KEYS[name], told)) for row in rows}
        result[name] = rows
    return json.dumps(
        {name: sorted(_row(row, told) for row in rows) for name, rows in result.items()}, indent=1
    )


def _key(row: Model, fields: tuple[str, ...], told: dict[str, dict[int, str]]) -> list[str]:
    return [_value(row, field, told) for field in fields]


def _row(row: Model, told: dict[str, dict[int, str]]) -> str:
    fields = sorted(field.name for field in row._meta.concrete_fields)
    return json.dumps({name: _value(row, name, told) for name in fields if name not in LEFT_OUT})


def _value(row: Model, name: str, told: dict[str, dict[int, str]]) -> Any:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)  # type: ignore[union-attr]
    if isinstance(field, ForeignKey) and value is not None:
        kind = field.related_model.__name__
        return told[kind][value] if kind in told else value
    return value if isinstance(value, int | float | bool | dict | list | None) else str(value)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(archive_rows(records="--records" in sys.argv))
