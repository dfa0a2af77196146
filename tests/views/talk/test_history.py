"""The history of one comment."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.markup import check_markup
from tests.views.writing import Comment, Section, write_page, write_revision, write_wiki
from threads import models

pytestmark = pytest.mark.django_db

ADA = "c-Ada-2019-04-11T02:56:00.000Z"
ADDRESS = f"/history/examplewiki/{ADA}-Plan"


def happen(kind: str, day: int, text: str = "") -> None:
    """Something that happened to the only comment, in a revision of that day of May 2019."""
    comment = models.Comment.objects.get()
    revision = write_revision(comment.page, f"{kind} {day}")
    revision.timestamp = datetime(2019, 5, day, tzinfo=UTC)
    revision.number = day
    revision.save()
    models.Change.objects.create(comment=comment, revision=revision, kind=kind, text=text)


def test_each_version_is_told_with_its_revision_and_what_differs(client: Client) -> None:
    write_wiki("examplewiki", server="https://wiki.example")
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Stone bridges last")))
    happen("changed", 2, "Wooden bridges last")
    happen("changed", 3, "Wooden bridges do last")
    html = client.get(ADDRESS).text
    check_markup(html)
    assert "Wooden bridges <ins>do </ins>last" in html
    assert "<del>Wooden</del><ins>Stone</ins> bridges <del>do </del>last" in html
    assert 'href="https://wiki.example/w/index.php?oldid=2"' in html
    assert html.index("First seen") < html.index("2 May 2019") < html.index("3 May 2019")


def test_leaving_and_coming_back_are_told(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    happen("left", 2)
    happen("returned", 3)
    html = client.get(ADDRESS).text
    assert re.findall(r"<strong>([^<]+)<", html) == [
        "First seen",
        "Removed",
        "Restored",
    ]


def test_all_places_are_listed_and_those_where_it_stands_come_first(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    models.Comment.objects.update(is_current=False)
    write_page("Talk:Roads", Section("Plan", Comment("Ada", "Another text")))
    write_page("Talk:Bridges/Archive 1", Section("Old plan", Comment("Ada", "x")))
    html = client.get(f"/history/examplewiki/{ADA}-Old_plan").text
    titles = re.findall(r"<h2[^>]*>(?:<a [^>]*>)?([^<]+)<", html)
    assert titles == ["Talk:Bridges/Archive 1", "Talk:Bridges"]


def test_the_number_of_queries_is_the_same_for_any_number_of_places(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        write_page(f"Talk:Bridges {number}", Section("Plan", Comment("Ada", "x")))
    with django_assert_num_queries(6):
        client.get(ADDRESS)


@pytest.mark.parametrize("address", [ADDRESS, "/history/nowiki/c-x", "/history/examplewiki/<b>"])
def test_an_unknown_comment_is_told_plainly(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "<b>" not in response.text


def test_what_can_be_done_with_a_comment_leads_to_its_history(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    assert f'href="{ADDRESS}"' in client.get(ADDRESS.replace("history", "cite")).text


def save(comment: models.Comment, user: str, **edit: object) -> models.Revision:
    """The revision that brought a comment, which follows one that the archive has."""
    before = write_revision(comment.page, "before")
    models.Revision.objects.filter(pk=before.pk).update(number=1)
    revision = comment.first_revision
    for name, value in {"user": user, "parent_number": 1, **edit}.items():
        setattr(revision, name, value)
    revision.timestamp = comment.timestamp
    revision.save()
    return revision


@pytest.mark.parametrize(
    ("user", "edit", "is_told"),
    [
        ("Ben", {}, True),
        ("Ben <b>", {}, True),
        ("Ada", {}, False),
        ("", {"user_hidden": True}, False),
        ("LampBot", {}, False),
        ("Ben", {"parent_number": None}, False),
        ("Ben", {"parent_number": 77}, False),
    ],
)
def test_who_added_a_comment_that_another_signed_is_told(
    client: Client, user: str, edit: dict[str, object], *, is_told: bool
) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Stone")))
    save(models.Comment.objects.get(), user, **edit)
    html = client.get(ADDRESS).text
    check_markup(html)
    assert (f"Added to the page by {escape(user)}." in html) is is_told
    assert "Added to the page" in html or not is_told


def test_who_moved_comments_did_not_add_them(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Stone"), Comment("Cem", "Wood")))
    save(models.Comment.objects.get(author__name="Ada"), "Ben")
    assert "Added to the page" not in client.get(ADDRESS).text

    models.Comment.objects.filter(author__name="Cem").delete()
    assert "Added to the page" in client.get(ADDRESS).text
    models.Revision.objects.filter(user="Ben").update(timestamp=datetime(2019, 9, 1, tzinfo=UTC))
    assert "Added to the page" not in client.get(ADDRESS).text, "long after it was signed"


@pytest.mark.parametrize(("user", "is_told"), [("Ben", True), ("Ada", False), ("MendBot", False)])
def test_who_changed_anothers_comment_is_told(client: Client, user: str, *, is_told: bool) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Stone bridges last")))
    happen("changed", 2, "Wooden bridges last")
    happen("changed", 3, "Wooden bridges do last")
    models.Revision.objects.filter(number=3).update(user=user, parent_number=2)
    models.Revision.objects.filter(number=2).update(user="Cem", parent_number=1)
    html = client.get(ADDRESS).text
    assert (f"Edited by {user}." in html) is is_told
    assert "Cem" not in html, "what came between is not in the archive"
