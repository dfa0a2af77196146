"""The line below a topic's heading tells of everybody who took part in it."""

import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", range(1, 7))
def test_the_names_and_the_number_of_others_are_all_participants(
    client: Client, number: int
) -> None:
    page = write_page(
        "Talk:Bridges", Section("Plan", *(Comment(f"Ada {n}", "Why?") for n in range(number)))
    )
    html = LexborHTMLParser(client.get(page.get_absolute_url()).text)
    (line,) = (each.text() for each in html.css(".gathering .who"))
    named = len(re.findall(r"Ada \d", line))
    others = re.search(r"and (\d+) more", line)
    assert named + int(others[1] if others else 0) == number
    assert (f"{number} participants" in line) == (named < number)
