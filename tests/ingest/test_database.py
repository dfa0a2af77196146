"""What an import asks of its database's connection."""

from typing import Any

import pytest
from django.db import connection

from threads.ingest.database import ROOM, room_to_write
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Wiki

ON_SQLITE = ROOM if connection.vendor == "sqlite" else {}


def room() -> dict[str, Any]:
    """How much room this connection has to write; PostgreSQL's is its server's affair."""
    found = {}
    with connection.cursor() as cursor:
        for name in ON_SQLITE:
            cursor.execute(f"PRAGMA {name}")
            (found[name],) = cursor.fetchone()
    return found


@pytest.mark.django_db(transaction=True)
def test_an_import_has_room_to_write_as_long_as_it_runs() -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    source = Source("given", [PageRevision("Talk:Lamps", "Lit.", 1)], 1)
    before, seen = room(), []

    start_run(wiki, source, watch=lambda run, item: seen.append(room()))

    assert seen == [ON_SQLITE]
    assert room() == before
    assert before != ON_SQLITE or not before


@pytest.mark.django_db(transaction=True)
def test_the_room_is_given_back_after_an_error() -> None:
    before = room()

    with pytest.raises(ValueError, match="lamp"), room_to_write():
        raise ValueError("lamp")

    assert room() == before


@pytest.mark.django_db
def test_room_can_be_asked_for_within_a_transaction() -> None:
    with room_to_write():
        Wiki.objects.create(dbname="lanternwiki")

    assert Wiki.objects.exists()
