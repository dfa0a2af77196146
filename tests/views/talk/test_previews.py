"""A few lines of a comment, fetched when somebody asks what another one answers."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

ADDRESS = "/preview/examplewiki/c-Ada-2019-04-11T02:56:00.000Z-A"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _page(db: None) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "Why <so> many? " + "word " * 100)))


def test_a_preview_is_the_beginning_of_the_comment(client: Client) -> None:
    html = client.get(ADDRESS, headers=HTMX).text

    assert "Why &lt;so&gt; many?" in html
    assert html.count("word") < 80
    assert "<html" not in html


def test_without_htmx_its_address_leads_to_the_comment(client: Client) -> None:
    response = client.get(ADDRESS)

    assert response.headers["Location"] == ADDRESS.replace("preview/examplewiki", "comment")
    assert "HX-Request" in response.headers["Vary"]


def test_an_unknown_comment_is_not_found(client: Client) -> None:
    assert client.get("/preview/examplewiki/c-Nobody", headers=HTMX).status_code == 404
    assert client.get(ADDRESS.replace("example", "other"), headers=HTMX).status_code == 404


def test_a_preview_is_three_queries_beside_that_for_the_state(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get(ADDRESS, headers=HTMX)
