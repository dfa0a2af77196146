"""Permanent links to comments."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.http import urlencode
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, write_page, write_revision, write_wiki
from threads import models

pytestmark = pytest.mark.django_db

ADA = "c-Ada-2019-04-11T02:56:00.000Z"


def address(page: str, ident: str) -> str:
    query = urlencode({"comment": ident})
    return f"/wiki/examplewiki/{page}?{query}#{query.partition('=')[2]}"


@pytest.mark.parametrize("ident", [f"{ADA}-Plan", ADA])
def test_an_id_or_a_name_leads_to_the_comment_on_its_page(client: Client, ident: str) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    response = client.get(f"/comment/{ident}")
    assert response.status_code == 302
    assert response["Location"] == address("Talk:Bridges", f"{ADA}-Plan")


def test_the_comment_that_was_asked_for_is_marked_on_its_page(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x"), Comment("Ben", "y")))
    address = "/wiki/examplewiki/Talk:Bridges"
    html = tags_on_one_line(client.get(address, {"comment": f"{ADA}-Plan"}).text)
    assert html.count("is-wanted") == 1
    assert f'is-wanted" id="{ADA}-Plan"' in html


def test_a_name_on_several_pages_lists_them(client: Client) -> None:
    for title in ("Talk:Bridges", "Talk:Bridges/Archive 1"):
        write_page(title, Section("Plan", Comment("Ada", "x")))
    html = client.get(f"/comment/{ADA}").text
    for page in ("Talk:Bridges", "Talk:Bridges/Archive_1"):
        assert f'href="{address(page, f"{ADA}-Plan")}"' in html


def test_an_id_on_several_wikis_lists_them(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")), wiki=write_wiki("otherwiki"))
    html = client.get(f"/comment/{ADA}-Plan").text
    assert "/wiki/examplewiki/Talk:Bridges?" in html
    assert "/wiki/otherwiki/Talk:Bridges?" in html


def test_the_number_of_queries_does_not_grow_with_the_places(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        write_page(f"Talk:Bridges {number}", Section("Plan", Comment("Ada", "x")))
    with django_assert_num_queries(2):
        client.get(f"/comment/{ADA}")


def test_a_former_id_leads_to_the_comment(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    models.FormerId.objects.create(
        page=page, ident=f"{ADA}-Old_plan", comment=models.Comment.objects.get()
    )
    response = client.get(f"/comment/{ADA}-Old_plan")
    assert response["Location"] == address("Talk:Bridges", f"{ADA}-Plan")


def test_a_former_id_in_a_page_address_leads_on(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    models.FormerId.objects.create(
        page=page, ident=f"{ADA}-Old_plan", comment=models.Comment.objects.get()
    )
    response = client.get(page.get_absolute_url(), {"comment": f"{ADA}-Old_plan"}, follow=True)
    assert response.redirect_chain[-1][0] == address("Talk:Bridges", f"{ADA}-Plan")


def test_a_comment_that_left_its_page_stays_readable(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "I was here")))
    later = write_revision(page, "without it")
    later.timestamp = datetime(2020, 2, 3, tzinfo=UTC)
    later.save()
    models.Comment.objects.update(is_current=False)
    models.Change.objects.create(
        comment=models.Comment.objects.get(), revision=later, kind=models.Change.Kind.LEFT
    )
    html = client.get(f"/comment/{ADA}-Plan").text
    assert "Removed comment" in html
    assert "I was here" in html
    assert "3 February 2020" in html
    assert 'href="/wiki/examplewiki/Talk:Bridges"' in html


def test_where_a_comment_still_stands_wins_over_where_it_left(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    models.Comment.objects.update(is_current=False)
    write_page("Talk:Bridges/Archive 1", Section("Plan", Comment("Ada", "x")))
    response = client.get(f"/comment/{ADA}")
    assert response["Location"] == address("Talk:Bridges/Archive_1", f"{ADA}-Plan")


def test_any_id_of_a_comment_leads_to_the_place_where_it_stands_now(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x  y")))
    models.Comment.objects.update(is_current=False)
    write_page("Talk:Bridges/Archive 1", Section("Old plan", Comment("Ada", "x y")))
    response = client.get(f"/comment/{ADA}-Plan")
    assert response["Location"] == address("Talk:Bridges/Archive_1", f"{ADA}-Old_plan")


def test_a_comment_that_is_gone_names_another_text_of_the_same_author_and_time(
    client: Client,
) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "I was here")))
    models.Comment.objects.update(is_current=False)
    write_page("Talk:Roads", Section("Other", Comment("Ada", "Another text")))
    response = client.get(f"/comment/{ADA}-Plan")
    assert response.status_code == 410
    html = response.text
    assert "I was here" in html
    assert address("Talk:Roads", f"{ADA}-Other") in html


@pytest.mark.parametrize("ident", [ADA, "nonsense", "<script>", "%", "c-/../x"])
def test_an_unknown_id_is_told_plainly(client: Client, ident: str) -> None:
    response = client.get(f"/comment/{ident.replace('%', '%25')}")
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("ident", ["c-Nobody-2019", "<script>", "\x00"])
def test_a_page_says_when_it_does_not_have_the_comment(client: Client, ident: str) -> None:
    page = write_page("Talk:Bridges", Section("Plan", Comment("Ada", "still shown")))
    response = client.get(page.get_absolute_url(), {"comment": ident})
    assert response.status_code == 200
    assert "could not be found" in response.text
    assert "still shown" in response.text
    assert "<script>" not in response.text
