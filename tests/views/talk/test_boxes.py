"""What a wiki's templates folded or closed, around the rows of a page."""

from typing import Any

import pytest
from django.test import Client

from tests.views.writing import Comment, Section, write_page
from threads import models

pytestmark = pytest.mark.django_db

FOLDED = {"closed": False, "folded": True, "label": "An <aside>"}
CLOSED = {"closed": True, "folded": False, "label": ""}


def place(author: str) -> int:
    return models.Comment.objects.get(author__name=author).position


def read(client: Client, first: str, last: str, box: dict[str, Any], query: str = "") -> str:
    """A topic of four comments, with a box from one author's to another's."""
    write_page(
        "Talk:Lamps",
        Section(
            "Plan",
            Comment("Ada", "a", Comment("Ben", "b", Comment("Cy", "c"))),
            Comment("Dee", "d"),
        ),
    )
    fields = {"first": place(first), "last": place(last)} | box
    models.Section.objects.update(boxes=[fields])
    response = client.get(f"/wiki/examplewiki/Talk:Lamps{query}")
    assert response.status_code == 200
    return response.text


def test_a_folded_branch_is_in_details_with_its_label(client: Client) -> None:
    html = read(client, "Ada", "Cy", FOLDED)
    begun, ended = html.index('<details class="box is-folded">'), html.rindex("</details>")
    assert begun < html.index("An &lt;aside&gt;") < html.index("<p>a</p>")
    assert html.index("<p>c</p>") < ended < html.index("<p>d</p>")
    for tag in ("details", "div", "section", "article"):
        assert html.count(f"<{tag}") == html.count(f"</{tag}>")


def test_a_fold_inside_a_branch_stays_inside(client: Client) -> None:
    html = read(client, "Ben", "Cy", FOLDED)
    assert html.index("<p>a</p>") < html.index('class="box is-folded"') < html.index("<p>b</p>")


def test_a_closed_part_is_a_group_with_a_name(client: Client) -> None:
    html = read(client, "Ada", "Cy", CLOSED)
    assert '<div class="box is-closed" role="group" aria-label="Closed discussion">' in html


def test_a_box_that_cuts_a_branch_is_marked_where_it_begins_and_ends(client: Client) -> None:
    html = read(client, "Ada", "Ben", FOLDED)
    assert "box is-folded" not in html
    begun, ended = html.index("Start of collapsed section"), html.index("End of collapsed section")
    assert begun < html.index("<p>a</p>") < html.index("<p>b</p>") < ended < html.index("<p>c</p>")


def test_a_box_from_inside_a_branch_to_behind_it_is_marked(client: Client) -> None:
    html = read(client, "Ben", "Dee", CLOSED)
    assert 'class="box is-closed"' not in html
    assert "Start of closed discussion" in html


def test_a_fold_is_open_where_the_asked_for_comment_is_in_it(client: Client) -> None:
    read(client, "Ada", "Cy", FOLDED)
    ident = models.Comment.objects.get(author__name="Cy").ident
    html = client.get("/wiki/examplewiki/Talk:Lamps", {"comment": ident}).text
    assert '<details class="box is-folded" open>' in html


def test_a_fetched_branch_has_its_boxes(client: Client) -> None:
    read(client, "Cy", "Cy", FOLDED)
    ident = models.Comment.objects.get(author__name="Ada").ident
    address = "/wiki/examplewiki/Talk:Lamps"
    html = client.get(address, {"branch": ident}, headers={"HX-Request": "true"}).text
    assert html.index('class="box is-folded"') < html.index("<p>c</p>")
    assert html.count("<details") == html.count("</details>")


def test_boxes_do_not_deepen_headings(client: Client) -> None:
    write_page("Talk:Lamps", Section("Plan", Comment("Ada", "a")))
    section = models.Section.objects.get(heading="Plan")
    models.Section.objects.update(
        boxes=[{"first": section.position, "last": section.last_position} | CLOSED]
    )
    html = client.get("/wiki/examplewiki/Talk:Lamps").text
    assert html.index('class="box is-closed"') < html.index('<h2 id="h-Plan"')
