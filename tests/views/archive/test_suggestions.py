"""Names that are suggested while somebody types."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.searching import text_of, write_archive

pytestmark = pytest.mark.django_db


archive_once = rows_once(write_archive)


def suggested(client: Client, typed: str) -> list[str]:
    answer = client.get("/suggestions", {"q": typed}, headers={"HX-Request": "true"})
    return [text_of(node) for node in LexborHTMLParser(answer.text).css("a bdi[lang]")]


def test_names_are_suggested_while_they_are_typed(client: Client) -> None:
    assert "James Salsman" in suggested(client, "jam")
    assert "Talk:Strategy/Products" in suggested(client, "strategy pro")
    assert "Interns" in suggested(client, "inter")
    assert suggested(client, "zzz") == suggested(client, "") == []


def test_suggestions_cost_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        assert suggested(client, "s")


def test_whoever_opens_suggestions_gets_the_search(client: Client) -> None:
    assert client.get("/suggestions", {"q": "lamp"}).headers["Location"] == "/search?q=lamp"
