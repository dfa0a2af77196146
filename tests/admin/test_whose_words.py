"""How exactly a time is known, and who wrote what nobody signed, as an admin sees it."""

import re

import pytest
from django.test import Client

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, UnsignedText, Wiki

TEXT = """\
== Lamps ==
Lit? [[User:Heron|Heron]] 11 March 2003

In the cellar? {{unsigned|Lark}}
:In the shed. [[User:Otter|Otter]] 10:09, 21 June 2019 (UTC)
== Rest ==
Nobody knows.
"""
LISTED = "/admin/threads/unsignedtext/"


@pytest.fixture(autouse=True)
def _page(db: None) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    start_run(wiki, paste(TEXT, wiki=wiki, title="Talk:Lamps"))


def cells(html: str, column: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "", cell)
        for cell in re.findall(rf'<td class="field-{column}[^"]*">(.*?)</td>', html)
    ]


def test_unsigned_texts_are_listed_with_their_authors(admin_client: Client) -> None:
    html = admin_client.get(LISTED).text
    assert sorted(cells(html, "author")) == ["-", "Lark"]
    assert sorted(cells(html, "known_by")) == ["-", "template in the text"]


def test_they_are_chosen_by_what_tells_who_wrote_them(admin_client: Client) -> None:
    found = admin_client.get(LISTED, {"known_by__exact": "template"}).text
    assert cells(found, "author") == ["Lark"]
    assert cells(admin_client.get(LISTED, {"q": "lark"}).text, "author") == ["Lark"]


def test_a_text_shows_who_wrote_it(admin_client: Client) -> None:
    text = UnsignedText.objects.get(known_by="template")
    html = admin_client.get(f"{LISTED}{text.pk}/change/").text
    assert "Lark" in html
    assert "template in the text" in html


def test_a_comment_shows_how_exactly_its_time_is_known(admin_client: Client) -> None:
    comment = Comment.objects.get(precision="day")
    html = admin_client.get(f"/admin/threads/comment/{comment.pk}/change/").text
    listed = admin_client.get("/admin/threads/comment/", {"precision__exact": "day"}).text
    assert re.search(r'field-precision.*?<div class="readonly">day</div>', html, re.DOTALL)
    assert cells(listed, "author") == ["Heron"]


def test_a_preview_tells_both(admin_client: Client) -> None:
    data = {"step": "preview", "wiki": Wiki.objects.get().pk}
    html = admin_client.post(
        "/admin/threads/talkpage/add/", {**data, "title": "Talk:Copy", "text": TEXT}
    ).text
    assert re.search(r'datetime="2003-03-11">11 March 2003</time', html)
    assert re.search(r"<bdi>Lark</bdi></b> <em\s*>Unsigned text</em>", html)
