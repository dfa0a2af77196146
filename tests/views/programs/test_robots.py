"""What search engines are told: what they may read, where it is, and what not to show."""

import re
from contextlib import closing

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.views.test_methods import address, reading_patterns
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models, sitemaps

pytestmark = pytest.mark.django_db


def places(client: Client, address: str) -> list[str]:
    """The addresses in a sitemap."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/xml"
    return re.findall("<loc>(.*?)</loc>", answer.text)


def rules(client: Client) -> list[tuple[str, str]]:
    lines = client.get("/robots.txt").text.splitlines()
    return [(name, value) for name, _colon, value in (line.partition(": ") for line in lines)]


def may_read(client: Client, target: str) -> bool:
    """By RFC 9309: the longest rule that matches counts."""
    matching = {
        value: name
        for name, value in rules(client)
        if name in ("Allow", "Disallow") and re.match(re.escape(value).replace(r"\*", ".*"), target)
    }
    return not matching or matching[max(matching, key=len)] == "Allow"


def test_pages_may_be_read_and_what_only_repeats_them_not(client: Client) -> None:
    read = {p.name for p in reading_patterns() if may_read(client, address(p))}
    assert read == {*settings.INDEXED, "asset", "robots", "sitemap", "sitemaps"}
    assert may_read(client, "/assets/reader.css?0123")
    assert may_read(client, "/sitemap-pages.xml?p=2")
    for target in ("/wiki/examplewiki/Talk:A?as_of=2019", "/wiki/examplewiki/?q=x", "/admin/"):
        assert not may_read(client, target)


def test_the_sitemap_is_named_by_the_host_that_was_asked(client: Client) -> None:
    for host, scheme in (("localhost", "http"), ("127.0.0.1:8000", "http")):
        text = client.get("/robots.txt", headers={"Host": host}).text
        assert text.endswith(f"\nSitemap: {scheme}://{host}/sitemap.xml\n")


def test_what_is_not_for_indexes_says_so(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    shown = ["/", "/wiki/examplewiki/", "/wiki/examplewiki/Talk:Bridges", "/author/examplewiki/Ada"]
    for target in shown:
        assert "X-Robots-Tag" not in client.get(target).headers
        assert client.get(f"{target}?order=time").headers["X-Robots-Tag"] == "noindex"
    for target in ("/search", "/admin/login/", "/since/examplewiki/"):
        assert client.get(target).headers["X-Robots-Tag"] == "noindex"


def test_the_sitemap_leads_to_every_page_wiki_and_collection(client: Client) -> None:
    write_page("Talk:Bridges & more", Section("A", Comment("Ada", "x")))
    write_wiki("emptywiki")
    models.Collection.objects.create(slug="lamps", title="Lamps")

    index = places(client, "/sitemap.xml")

    root = "http://testserver"
    assert index == [f"{root}/sitemap-{name}.xml" for name in sitemaps.SITEMAPS]
    assert places(client, "/sitemap-pages.xml") == [
        f"{root}/wiki/examplewiki/Talk:Bridges_&amp;_more"
    ]
    assert places(client, "/sitemap-wikis.xml") == [f"{root}/wiki/examplewiki/"]
    assert places(client, "/sitemap-collections.xml") == [f"{root}/collection/lamps/"]
    imported = models.Revision.objects.get().imported_at
    assert f"<lastmod>{imported:%Y-%m-%d}</lastmod>" in client.get("/sitemap-pages.xml").text


def test_an_empty_archive_has_an_empty_sitemap(client: Client) -> None:
    assert len(places(client, "/sitemap.xml")) == len(sitemaps.SITEMAPS)
    assert places(client, "/sitemap-pages.xml") == []


def test_a_long_sitemap_comes_in_parts_at_the_same_cost(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(sitemaps.PageSitemap, "limit", 10)
    wiki = write_wiki()
    models.TalkPage.objects.bulk_create(
        models.TalkPage(wiki=wiki, title=f"Talk:{number}") for number in range(25)
    )
    with django_assert_num_queries(4):
        index = places(client, "/sitemap.xml")
    assert index[1:3] == [f"http://testserver/sitemap-pages.xml?p={part}" for part in (2, 3)]
    found: list[str] = []
    for part in (1, 2, 3):
        with django_assert_num_queries(2):
            found += places(client, f"/sitemap-pages.xml?p={part}")
    assert len(set(found)) == 25


@pytest.mark.parametrize("part", ["4", "0", "x", "%00", "9" * 40])
def test_a_part_that_there_is_not_is_not_found(client: Client, part: str) -> None:
    assert client.get(f"/sitemap-pages.xml?p={part}").status_code == 404
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_sitemaps_are_kept_for_a_while_and_not_sent_twice(client: Client) -> None:
    for target in ("/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"):
        first = client.get(target)
        assert "public" in first.headers["Cache-Control"]
        known = {"If-None-Match": first.headers["ETag"]}
        assert client.get(target, headers=known).status_code == 304


@pytest.mark.parametrize(
    ("name", "begin"),
    [("favicon.ico", b"\0\0\1\0"), ("apple-touch-icon.png", b"\x89PNG")],
)
def test_the_icons_that_browsers_ask_for_are_there(client: Client, name: str, begin: bytes) -> None:
    with closing(client.get(f"/{name}")) as answer:
        assert answer.getvalue().startswith(begin)
    assert answer.headers["Content-Type"].startswith("image/")
