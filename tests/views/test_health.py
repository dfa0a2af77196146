"""Whether the archive can answer at all."""

import pytest
from django.db import OperationalError
from django.test import Client

from threads.views import health


@pytest.mark.django_db
def test_it_is_well_where_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


def test_it_says_so_where_the_database_does_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def cursor(self) -> None:
            raise OperationalError("gone")

    monkeypatch.setattr(health, "connection", Broken())
    response = client.get("/healthz")
    assert response.status_code == 503
    assert "gone" not in response.text
