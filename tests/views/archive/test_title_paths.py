"""What pages are called in lists and at their head."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page
from threads.presentation.archive.title_paths import way_and_name


@pytest.mark.parametrize(
    ("title", "way", "name"),
    [
        ("Talk:Bridges", "", "Talk:Bridges"),
        ("Talk:Bridges/Costs", "Talk:Bridges/", "Costs"),
        ("Talk:Bridges/Archive 175", "", "Talk:Bridges/Archive 175"),
        ("Talk:Bridges/Costs/Archive 175", "Talk:Bridges/", "Costs/Archive 175"),
        ("Diskussion:Brücken/Kosten/Archiv/2011", "Diskussion:Brücken/", "Kosten/Archiv/2011"),
        ("Talk:Bridges/Costs/2019", "Talk:Bridges/", "Costs/2019"),
        ("Talk:Bridges/Costs/May 2019", "Talk:Bridges/", "Costs/May 2019"),
        (
            "Talk:Bridges/2019 Community Conversations",
            "Talk:Bridges/",
            "2019 Community Conversations",
        ),
        ("نقاش:جسور/تكاليف/أرشيف ٣", "نقاش:جسور/", "تكاليف/أرشيف ٣"),
        ("讨论:桥/费用/存档3", "讨论:桥/", "费用/存档3"),
        ("2019/2020", "", "2019/2020"),
        ("", "", ""),
    ],
)
def test_a_number_or_an_archive_is_called_by_its_parent_too(
    title: str, way: str, name: str
) -> None:
    assert way_and_name(title) == (way, name)


@pytest.mark.django_db
def test_an_archive_is_called_by_its_parent_at_its_head_and_in_lists(client: Client) -> None:
    page = write_page("Talk:Bridges/Costs/Archive 175", Section("Plan", Comment("Ada", "Why?")))
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    (title,) = html.css("h1 .title")
    assert title.text() == "Costs/Archive 175"
    assert [way.text() for way in html.css("h1 a.way")] == ["Talk:Bridges"]
    (parent,) = title.css("a")
    assert "Archive" not in client.get(parent.attributes["href"] or "").text.split("<h1>")[0]
    home = LexborHTMLParser(client.get("/").text)
    (listed,) = home.css(".shelf-title")
    assert listed.text() == "Talk:Bridges/Costs/Archive 175"
    assert [way.text() for way in listed.css(".way")] == ["Talk:Bridges/"]
    tree = LexborHTMLParser(client.get(f"{WIKI}?under={page.title}").text)
    (heading,) = tree.css("h1")
    assert heading.text() == "Costs/Archive 175"


WIKI = "/wiki/examplewiki/"
