"""A page or a topic as a file, for whoever reads it."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from threads.models import Section, Wiki
from threads.store import read_text, store_page
from threads.views.talk.downloads import FOR_READERS

pytestmark = pytest.mark.django_db

TITLE = "Talk:Bridges"
HERE = f"/download/examplewiki/{TITLE}"
TEXT = """\
== Arches ==
Stone. [[User:Ada|Ada]] 10:00, 21 June 2019 (UTC)
:Wood. [[User:Ben|Ben]] 11:00, 21 June 2019 (UTC)
== Cables ==
Steel. [[User:Cem|Cem]] 12:00, 21 June 2019 (UTC)
"""


def write_archive() -> None:
    wiki = Wiki.objects.create(dbname="examplewiki")
    for title, text in ((TITLE, TEXT), ("Talk:Tunnels", TEXT)):
        store_page(wiki, read_text(wiki, title, text), text)


archive_once = rows_once(write_archive)


def downloaded(client: Client, query: Mapping[str, str]) -> tuple[str, bytes]:
    """What a browser is told of a file, and the file."""
    answer = client.get(HERE, query)
    return answer.headers["Content-Disposition"], answer.getvalue()


@pytest.mark.parametrize(
    ("name", "topic"),
    [(name, topic) for name in FOR_READERS for topic in ("", "Arches")],
)
def test_a_download_is_what_the_command_exports(
    client: Client, tmp_path: Path, name: str, topic: str
) -> None:
    section = Section.objects.filter(page__title=TITLE, heading=topic).first() if topic else None
    query = {"topic": section.ident} if section else {}
    path = tmp_path / "export"
    arguments = {"wiki": "examplewiki", "page": TITLE, "format": name, "output": str(path)}
    call_command("export", **arguments, **query)
    assert downloaded(client, {"format": name} | query)[1] == path.read_bytes()


def test_a_file_is_named_by_what_it_contains(client: Client) -> None:
    topic = Section.objects.get(page__title=TITLE, heading="Cables").ident
    names = [
        downloaded(client, {"format": "markdown"} | query)[0] for query in ({}, {"topic": topic})
    ]
    assert names == [
        'attachment; filename="Talk:Bridges.md"',
        'attachment; filename="Cables.md"',
    ]


def test_a_reader_finds_each_format_of_a_page_and_of_a_topic(client: Client) -> None:
    topic = Section.objects.get(page__title=TITLE, heading="Cables").ident
    for query in ({}, {"topic": topic}):
        tree = LexborHTMLParser(client.get(HERE, query).content)
        links = [node.attributes["href"] or "" for node in tree.css("main a[download]")]
        assert [link.rpartition("format=")[2] for link in links] == list(FOR_READERS)
        asked = [dict(parse_qsl(link.removeprefix("?"))) for link in links]
        assert all("attachment" in downloaded(client, each)[0] for each in asked)


@pytest.mark.parametrize("query", ["topic=h-Tunnels", "topic=h-Tunnels&format=csv", "format=doc"])
def test_a_topic_that_is_not_on_the_page_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"{HERE}?{query}").status_code == 404
    assert client.get("/download/examplewiki/Talk:Caves").status_code == 404


def test_what_readers_do_not_see_is_in_no_download(client: Client) -> None:
    wiki = Wiki.objects.get()
    store_page(wiki, read_text(wiki, TITLE, worded := TEXT.replace("Wood", "Bronze")), worded)
    answers = [downloaded(client, {"format": name})[1] for name in FOR_READERS]
    assert not any(b"Wood" in each for each in answers)
    assert client.get(HERE, {"format": "jsonl"}).status_code == 404


def test_a_topic_without_a_heading_is_named_by_its_page(client: Client) -> None:
    topic = Section.objects.get(page__title=TITLE, heading="Cables")
    Section.objects.filter(pk=topic.pk).update(heading="")
    told, _file = downloaded(client, {"format": "markdown", "topic": topic.ident})
    assert told == 'attachment; filename="Talk:Bridges.md"'
