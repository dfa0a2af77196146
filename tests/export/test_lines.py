"""The lines of an export hold all columns, and are what the document says."""

import re
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from django.db.models import Model

from talkarchive.bootstrap import BASE_DIR
from threads.export.lines import AnyLine, ItemLine, Line, RepairLine, decode, encode
from threads.models import (
    Change,
    Collection,
    CollectionPage,
    Comment,
    FormerId,
    FormerTitle,
    Repair,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)

# By type, the model whose rows the lines are, and its fields that follow from others or are told
# by other lines; accounts are not exported.
MODELS: dict[str, tuple[type[Model], set[str]]] = {
    "wiki": (Wiki, set()),
    "page": (TalkPage, {"current_revision", "latest_comment"}),
    "former_title": (FormerTitle, set()),
    "revision": (Revision, {"sha256", "size", "compressed", "withheld_by"}),
    "section": (Section, set()),
    "comment": (Comment, set()),
    "unsigned_text": (UnsignedText, set()),
    "change": (Change, set()),
    "repair": (Repair, {"made_by", "undone_by"}),
    "former_id": (FormerId, set()),
    "collection": (Collection, set()),
    "collection_page": (CollectionPage, {"last_at"}),
}
LINES: dict[str, type[Line]] = {line.__struct_config__.tag: line for line in get_args(AnyLine)}
DOCUMENT = (BASE_DIR / "docs" / "export.md").read_text()


@pytest.mark.parametrize("name", MODELS)
def test_a_line_holds_every_column_of_its_row(name: str) -> None:
    model, told_otherwise = MODELS[name]
    columns = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    assert columns - told_otherwise <= set(LINES[name].__struct_fields__)


@pytest.mark.parametrize("name", LINES)
def test_the_document_names_every_field(name: str) -> None:
    (row,) = re.findall(rf"^\| `{name}` \|.*$", DOCUMENT, re.M)
    fields = set(LINES[name].__struct_fields__)
    if issubclass(LINES[name], ItemLine):
        (items,) = re.findall(r"^The fields of an item: (.*?)\n\n", DOCUMENT, re.M | re.S)
        row += items
    assert fields <= set(re.findall(r"`(\w+)`", row))


def test_a_correction_of_an_older_export_failed_nowhere() -> None:
    moment = datetime(2020, 6, 1, tzinfo=UTC)
    told: dict[str, Any] = {
        "kind": "author",
        "target": "c-A",
        "name": "c-A",
        "text": "",
        "value": {},
        "note": "",
    }
    line = RepairLine(wiki="w", page="Talk:A", made_at=moment, undone_at=None, **told)
    older = encode(line).replace(b',"failed_on":[]', b"")
    assert older != encode(line)
    assert decode(older) == line


def test_every_type_of_line_is_of_a_model() -> None:
    assert set(LINES) == {"archive", "takedown", "end", *MODELS}
