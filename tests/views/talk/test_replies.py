"""Long branches of large pages: left out at first, fetched when opened."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.markup import check_markup
from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, Unsigned, chain, write_page
from threads import models

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_parts")]

ADDRESS = "/wiki/examplewiki/Talk:Bridges"
HTMX = {"HX-Request": "true"}


def write_long_page() -> models.Comment:
    """A page with one long branch and some short ones; gives the comment that begins it."""
    write_page(
        "Talk:Bridges",
        Section(
            "Plan",
            Comment("Ada", "root", Unsigned("unsigned below"), chain(9, author="Ben", text="Deep")),
            Comment("Cleo", "after", Comment("Dov", "short")),
        ),
    )
    return models.Comment.objects.get(text="root")


def test_a_long_branch_is_one_line_that_leads_to_it(client: Client) -> None:
    root = write_long_page()
    html = tags_on_one_line(client.get(ADDRESS).text)
    assert "Deep 1" not in html
    assert "unsigned below" not in html
    assert "short" in html
    assert "9 replies, Ben, April 2019" in html
    assert re.search(rf'<a class="fold is-elsewhere" id="replies-{root.ident}"', html)
    check_markup(html)


def test_its_address_shows_the_whole_page_with_the_branch(client: Client) -> None:
    root = write_long_page()
    html = client.get(ADDRESS, {"branch": root.ident}).text
    assert "Deep 9" in html
    assert "<html" in html
    check_markup(html)


def test_the_same_address_gives_htmx_the_branch_alone(client: Client) -> None:
    root = write_long_page()
    response = client.get(ADDRESS, {"branch": root.ident}, headers=HTMX)
    html = tags_on_one_line(response.text.strip())
    assert html.startswith('<details class="branch" open>')
    assert "Deep 9" in html
    assert "root" not in html
    assert "after" not in html
    assert "HX-Request" in response["Vary"]
    check_markup(html)


def test_the_branch_is_the_same_whether_fetched_or_on_the_page(client: Client) -> None:
    root = write_long_page()
    html = client.get(ADDRESS, {"branch": root.ident}).text
    fragment = client.get(ADDRESS, {"branch": root.ident}, headers=HTMX).text

    def squeezed(text: str) -> str:
        return re.sub(r"\s+", "", text)

    assert squeezed(fragment) in squeezed(html)


def test_a_branch_that_is_fetched_leaves_no_smaller_one_out(client: Client) -> None:
    root = write_long_page()
    fragment = client.get(ADDRESS, {"branch": root.ident}, headers=HTMX).text
    assert "is-elsewhere" not in fragment
    assert "is-elsewhere" not in client.get(ADDRESS, {"branch": root.ident}).text


def test_a_comment_that_is_asked_for_is_on_the_page(client: Client) -> None:
    write_long_page()
    deep = models.Comment.objects.get(text="Deep 5")
    html = tags_on_one_line(client.get(ADDRESS, {"comment": deep.ident}).text)
    assert f'is-wanted" id="{deep.ident}"' in html


def test_other_long_branches_stay_left_out(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", chain(8, author="Ada", text="One"), chain(8, author="Ben", text="Two")),
    )
    deep = models.Comment.objects.get(text="One 5")
    html = tags_on_one_line(client.get(ADDRESS, {"comment": deep.ident}).text)
    assert "One 8" in html
    assert "Two 8" not in html


def test_depth_and_levels_go_on_in_a_fetched_branch(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", chain(12)))
    root = models.Comment.objects.get(text="Step 3")
    html = client.get(ADDRESS, {"branch": root.ident}, headers=HTMX).text
    assert re.findall(r">level (\d+)<", html) == ["9", "10", "11", "12"]


@pytest.mark.parametrize("ident", ["c-Nobody-2019", "", "\x00"])
def test_an_unknown_branch_is_not_found(client: Client, ident: str) -> None:
    write_long_page()
    assert client.get(ADDRESS, {"branch": ident}, headers=HTMX).status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_long_page()
    for text in ("root", "Deep 8"):
        root = models.Comment.objects.get(text=text)
        with django_assert_num_queries(7):
            client.get(ADDRESS, {"branch": root.ident}, headers=HTMX)
