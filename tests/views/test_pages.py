import pytest
from django.test import Client

from .archive import Comment, Section, Unsigned, write_page

pytestmark = pytest.mark.django_db


def test_a_page_shows_its_headings_and_comments(client: Client) -> None:
    write_page(
        "Talk:Bridges",
        Section("Plan", Unsigned("Intro."), Comment("Ada", "Why?", Comment("Ben", "So."))),
    )
    response = client.get("/wiki/examplewiki/Talk:Bridges")
    print(response.content.decode())
    assert response.status_code == 200
