"""Whether the archive can be read and written; tests/database has what can be wrong with it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from talkarchive.configuration.caches import page_cache
from threads.models import Wiki

pytestmark = pytest.mark.django_db


def test_it_is_well_where_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


def test_it_says_so_where_the_database_does_not(client: Client) -> None:
    def refuse(*_statement: Any) -> None:
        raise OperationalError("gone from db.example.org")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert "is not responding" in response.text
    assert "gone" not in response.text


def test_it_costs_the_same_at_any_size(client: Client) -> None:
    with CaptureQueriesContext(connection) as of_none:
        client.get("/healthz")
    Wiki.objects.bulk_create(Wiki(dbname=f"wiki{number}") for number in range(50))
    with CaptureQueriesContext(connection) as of_many:
        assert client.get("/healthz").text == "ok"
    assert len(of_many) == len(of_none)


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "memcached://127.0.0.1:1"])
def test_a_cache_that_is_gone_is_told_and_readers_are_served(
    client: Client, settings: Settings, tmp_path: Path, address: str
) -> None:
    settings.CACHES = settings.CACHES | {"pages": page_cache(address, tmp_path, megabytes=1)}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert "The cache in CACHE_URL cannot be used" in response.text
