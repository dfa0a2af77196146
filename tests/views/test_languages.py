"""A reader chooses the language of the archive's own words, without JavaScript."""

from pathlib import Path

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from .kept_pages import HERE, store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    store()


def language_of(page: str) -> str | None:
    return LexborHTMLParser(page).css("html")[0].attributes["lang"]


@pytest.mark.usefixtures("page_folder")
def test_a_link_in_each_language_leads_to_the_page_in_it_and_all_others_follow(
    client: Client, tmp_path: Path
) -> None:
    address = f"{HERE}?topic=h-Lamps&words=a%26b"
    assert language_of(client.get(address).text) == "en"
    page = LexborHTMLParser(client.get(address).text)
    links = {link.attributes["lang"]: link for link in page.css("footer .languages a")}
    assert [code for code in links if "aria-current" in links[code].attributes] == ["en"]
    for code, link in links.items():
        answer = client.get(HERE + (link.attributes["href"] or ""))
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
        assert "no-store" in answer.headers["Cache-Control"]
        for each in (address, address, "/", "/nowhere"):
            kept = client.get(each, headers={"Accept-Language": "fr"})
            assert language_of(kept.text) == code
            assert {"Cookie", "Accept-Language"} <= set(kept.headers["Vary"].split(", "))
    assert len(links) == 6


@pytest.mark.parametrize("code", ["xx", "", "de/../x", "a" * 600])
def test_a_language_that_the_archive_does_not_have_asks_for_nothing(
    client: Client, code: str
) -> None:
    answer = client.get("/", {"uselang": code})
    assert answer.status_code == 200
    assert not answer.cookies


def test_it_leads_to_no_other_host(client: Client) -> None:
    answer = client.get("/", {"uselang": "de-AT"}, PATH_INFO="//elsewhere.example/")
    assert answer.headers["Location"] == "/%2Felsewhere.example/"
    assert answer.cookies["django_language"].value == "de"


def test_what_is_the_same_in_all_languages_is_cached_for_all(client: Client) -> None:
    assert "Cookie" not in client.get("/robots.txt").headers["Vary"]
