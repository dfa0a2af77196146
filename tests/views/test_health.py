"""Whether the archive can be read and written; tests/database has what can be wrong with it."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
