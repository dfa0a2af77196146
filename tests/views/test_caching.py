"""What a reader has already is not sent again."""

import gzip
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client

import threads
from threads.presentation.assets import address_of_asset

from .writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/wiki/examplewiki/", "/wiki/examplewiki/Talk:Bridges", "/search?q=lamp"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_is_known_is_not_sent_again(client: Client, address: str) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_has_changed_is_sent(client: Client, address: str) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    first = client.get(address)
    write_page("Talk:Ferries", Section("Lamp", Comment("Ada", "A lamp at https://a.example")))
    (comment,) = write_page("Talk:More", Section("A", Comment("Ada", "lamp"))).comments.all()
    comment.page.wiki.pages.filter(title="Talk:Bridges").update(comment_count=7)
    comment.page.wiki.pages.get(title="Talk:Bridges").comments.update(html="<p>y</p>")

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200


@pytest.mark.parametrize(
    "file", ["/static/django_htmx/htmx-2.min.js", "/assets/reader.css", "/assets/reader.js"]
)
def test_a_file_is_sent_packed_and_only_once(client: Client, file: str) -> None:
    with closing(client.get(file, headers={"Accept-Encoding": "gzip"})) as packed:
        sent = packed.getvalue()
    with closing(client.get(file)) as plain:
        assert gzip.decompress(sent) == plain.getvalue()
    assert packed.headers["Content-Encoding"] == "gzip"

    again = client.get(
        file,
        headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_browser_keeps_a_files_version_for_good(client: Client) -> None:
    address = address_of_asset("reader.css")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get(address + "x").headers["Cache-Control"] == "no-cache"


def test_what_depends_on_htmx_says_so() -> None:
    """Caches keep one answer for both who ask, and tests ask once, where nothing is said."""
    told = {
        path.name: (text.count('headers.get("HX-Request")'), text.count('vary_on_headers("HX-'))
        for path in Path(threads.__file__).parent.rglob("*.py")
        if "HX-Request" in (text := path.read_text()) and path.name != "keeping.py"
    }
    assert len(told) > 5
    assert not [name for name, (reads, says) in told.items() if reads > says], told
