"""Colors of people on a page, by whom it is written."""

import re

import pytest
from django.test import Client

from tests.views.kept_pages import store
from threads.presentation.people.speakers import HUES, NEAR, hue, page_hues

# Four that have one color elsewhere.
ALIKE = [name for name in (f"P{n}" for n in range(100)) if hue(name) == hue("P0")][:4]


def test_those_of_one_conversation_differ_though_their_names_have_one_hue() -> None:
    hues = page_hues(ALIKE * 3)
    assert len(set(hues.values())) == 4


def test_the_most_frequent_all_differ() -> None:
    names = [f"P{n}" for n in range(40)]
    speakers = [name for n, name in enumerate(names) for _ in range(40 - n)]
    hues = page_hues(speakers)
    assert len({hues[name] for name in names[:HUES]}) == HUES


def test_neighbors_differ_where_there_are_many_people() -> None:
    speakers = [f"P{n * n % 101}" for n in range(1000)]
    hues = page_hues(speakers)
    for distance in range(1, NEAR + 1):
        for one, other in zip(speakers, speakers[distance:], strict=False):
            assert one == other or hues[one] != hues[other], (one, other)


def test_who_is_alone_keeps_their_own_hue() -> None:
    assert page_hues(["Ada", "Ada"]) == {"Ada": hue("Ada")}
    assert page_hues([]) == {}


@pytest.mark.django_db
def test_parts_of_a_page_show_the_hues_of_all_of_it(client: Client) -> None:
    page = store(
        "== Plan ==\n"
        + "".join(signed("Why?", name) for name in ALIKE)
        + "== Costs ==\n"
        + signed("Ask", ALIKE[3])
        + signed(":So", ALIKE[0])
    )
    here = page.get_absolute_url()
    whole = hues_in(client.get(here).text)
    assert len(set(whole.values())) == 4
    topic = page.sections.get(heading="Costs")
    comment = page.comments.get(text__startswith="Ask")
    parts = [
        client.get(here, {"topic": topic.ident}).text,
        client.get(here, {"as_of": "2040-01-01"}, follow=True).text,
        client.get(here, {"branch": comment.ident}, headers={"HX-Request": "true"}).text,
        client.get(here, {"author": ALIKE[3]}).text,
    ]
    for part in parts:
        shown = hues_in(part)
        assert shown
        assert shown.items() <= whole.items()


def signed(text: str, name: str) -> str:
    return f"{text} [[User:{name}]] 10:00, 1 May 2019 (UTC)\n\n"


def hues_in(html: str) -> dict[str, str]:
    found = re.findall(r'class="person hue-(\d+)"[^>]*><bdi>([^<]*)<', html)
    return {name: number for number, name in found}
