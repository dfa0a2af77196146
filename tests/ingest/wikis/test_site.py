"""A live wiki by its address: its API is found, and it says what it is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from tests.webserver import Answer, WebServer, answer, web_server
from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.wikis.discovery import site_info, title_in, wiki_at
from threads.models import Wiki

Serve = Callable[..., WebServer]

GENERAL = {
    "wikiid": "Lantern_wiki",
    "sitename": "Lanternwiki",
    "base": "http://lanterns.example/wiki/Main_Page",
    "generator": "MediaWiki 1.39.17",
    "case": "first-letter",
    "lang": "de",
    "timezone": "Europe/Berlin",
    "server": "//lanterns.example",
    "articlepath": "/wiki/$1",
    "script": "/w/index.php",
}
NAMESPACES = {
    "0": {"id": 0, "name": "", "case": "first-letter"},
    "4": {"id": 4, "name": "Lanternwiki", "canonical": "Project", "case": "first-letter"},
    "5": {"id": 5, "name": "Lanternwiki Diskussion", "canonical": "Project talk"},
}
TOLD = answer(
    {
        "query": {
            "general": GENERAL,
            "namespaces": NAMESPACES,
            "namespacealiases": [{"id": 5, "alias": "LD"}],
            "specialpagealiases": [
                {"realname": "Contributions", "aliases": ["Beiträge"]},
                {"realname": "Version", "aliases": ["Version"]},
            ],
        }
    }
)


def page_with(link: str) -> Answer:
    return Answer(f'<html><head><link rel="EditURI" href="{link}"></head></html>'.encode())


@pytest.fixture
def serve(settings: Settings) -> Iterator[Serve]:
    """A web server with these answers, which this archive may fetch from."""
    with ExitStack() as running:

        def start(*answers: Answer) -> WebServer:
            server = running.enter_context(web_server(answers))
            settings.IMPORT_PRIVATE_HOSTS = [server.host]
            return server

        yield start


def test_a_wiki_says_what_it_is(serve: Serve) -> None:
    server = serve(TOLD)

    info = site_info(f"{server.address}/w/api.php?action=help")

    assert info.dbname == "Lantern_wiki"
    assert (info.language, info.timezone, info.case) == ("de", "Europe/Berlin", "first-letter")
    assert info.server == "http://lanterns.example", "it is asked by http, and left that out"
    assert (info.article_path, info.script_path) == ("/wiki/$1", "/w/index.php")
    assert info.api_url == f"{server.address}/w/api.php"
    assert info.namespaces["5"] == {
        "name": "Lanternwiki Diskussion",
        "aliases": ["Project talk", "LD"],
        "case": "",
    }
    assert info.contributions == ("Beiträge",)


@pytest.mark.parametrize("link", ["/x/api.php?action=rsd", "{address}/x/api.php?action=rsd"])
def test_a_pages_link_leads_to_the_api(serve: Serve, link: str) -> None:
    server = serve(Answer(), TOLD)
    server.answers[0] = page_with(link.format(address=server.address))

    site_info(f"{server.address}/wiki/Talk:Oil")

    assert [asked.path for asked in server.asked] == ["/wiki/Talk:Oil", "/x/api.php"]


def test_the_usual_places_are_tried_where_no_link_leads(serve: Serve) -> None:
    server = serve(Answer(b"<html>"), Answer(status=404), TOLD)

    assert site_info(server.address).api_url == f"{server.address}/api.php"
    assert [asked.path for asked in server.asked] == ["/", "/w/api.php", "/api.php"]


@pytest.mark.parametrize("path", ["/ru/wiki/Talk:Oil", "/ru/index.php?title=Talk:Oil", "/ru/"])
def test_a_wiki_in_a_folder_has_its_api_there(serve: Serve, path: str) -> None:
    server = serve(Answer(b"<html>"), Answer(status=404), TOLD)

    assert site_info(f"{server.address}{path}").api_url == f"{server.address}/ru/api.php"


def test_a_wiki_in_a_folder_is_found_by_the_address_of_a_page(serve: Serve, db: None) -> None:
    general = {**GENERAL, "articlepath": "/ru/wiki/$1", "script": "/ru/index.php"}
    server = serve(answer({"query": {"general": general}}))

    wiki, said = wiki_at(f"{server.address}/ru/wiki/Talk:Oil_and_water")

    assert said == []
    assert title_in(f"{server.address}/ru/wiki/Talk:Oil_and_water", wiki) == "Talk:Oil and water"
    assert wiki.url_for("Talk:Oil") == "http://lanterns.example/ru/wiki/Talk:Oil"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:x/api.php",
        "file:///api.php",
        "//[/api.php",
        f"/{'x' * 200}/api.php",
    ],
)
def test_a_link_that_leads_nowhere_is_not_followed(serve: Serve, link: str) -> None:
    server = serve(page_with(link), TOLD)

    site_info(server.address)

    assert [asked.path for asked in server.asked] == ["/", "/w/api.php"]


def test_a_link_is_kept_as_it_is_asked(serve: Serve) -> None:
    server = serve(Answer(), TOLD)
    server.answers[0] = Answer('<link rel="EditURI" href="/ä\u2028/api.php">'.encode())

    assert site_info(server.address).api_url == f"{server.address}/%C3%A4%E2%80%A8/api.php"


@pytest.mark.parametrize("charset", ["hex", "rot13", "punycode", "none-such", "utf-16"])
def test_a_page_may_name_any_charset(serve: Serve, charset: str) -> None:
    server = serve(page_with("/x/api.php"), TOLD)
    server.answers[0] = Answer(
        server.answers[0].body, headers={"Content-Type": f"text/html; charset={charset}"}
    )

    assert site_info(server.address).api_url == f"{server.address}/x/api.php"


@pytest.mark.parametrize("version", ["1.19.24", "1.25.6", "1.4"])
def test_a_wiki_that_is_too_old_says_so_and_what_to_do(serve: Serve, version: str) -> None:
    """The answer is as MediaWiki 1.19 gives it."""
    general = {**GENERAL, "generator": f"MediaWiki {version}"}
    names = {"1": {"id": 1, "case": "first-letter", "*": "Talk", "canonical": "Talk"}}
    aliases = [{"id": 4, "*": "P"}]
    old = {"general": general, "namespaces": names, "namespacealiases": aliases}
    server = serve(answer({"query": old, "query-continue": {}}))

    with pytest.raises(SourceBroke, match=r"runs MediaWiki 1\.[\d]+\. .*1\.26 .*Special:Export"):
        site_info(f"{server.address}/api.php")


def test_what_can_be_no_part_of_a_link_is_left_out_and_said(serve: Serve, db: None) -> None:
    general = {
        **GENERAL,
        "sitename": "Lan\ntern\x1bwiki" + "x" * 300,
        "server": "javascript:alert(1)//",
        "articlepath": "/wiki/",
        "script": "//evil.example/index.php",
    }
    names = {"7": {"id": 5, "name": "Lantern\x00 talk", "canonical": "x" * 400}}
    server = serve(answer({"query": {"general": general, "namespaces": names}}))

    wiki, said = wiki_at(f"{server.address}/api.php")

    assert wiki.name.startswith("Lan\ufffdtern\ufffdwiki")
    assert len(wiki.name) == 200
    assert wiki.server == "http://lanterns.example", "as its main page's address says"
    assert (wiki.article_path, wiki.script_path) == ("/wiki/$1", "/w/index.php")
    assert wiki.namespaces["5"]["name"] == "Lantern\ufffd talk"
    assert len(wiki.namespaces["5"]["aliases"][0]) == 255
    assert said == [
        "The wiki reports “javascript:alert(1)//” as its URL, which is not valid and was ignored.",
        "The wiki reports “/wiki/” as its article path, which is not valid and was ignored.",
        "The wiki reports “//evil.example/index.php” as its script path, which is not "
        "valid and was ignored.",
    ]


def test_a_place_without_mediawiki_says_so(serve: Serve) -> None:
    server = serve(Answer(b"<html>Shop</html>"))

    with pytest.raises(SourceBroke, match="No MediaWiki API found at"):
        site_info(server.address)


def test_a_page_that_names_a_private_api_is_not_followed_there(
    serve: Serve,
) -> None:
    server = serve(page_with("http://127.0.0.1:1/api.php"), Answer(status=404))

    with pytest.raises(SourceBroke, match="resolves to the private address"):
        site_info(server.address)


def test_a_private_wiki_says_what_to_do(serve: Serve) -> None:
    server = serve(answer({"error": {"code": "readapidenied"}}))

    with pytest.raises(SourceBroke, match=r"Special:Export"):
        site_info(f"{server.address}/api.php")


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    with web_server([TOLD]) as server:
        settings.IMPORT_PRIVATE_HOSTS = [server.host]

    said = r"connect to 127\.0\.0\.1: connection refused\."
    with pytest.raises(SourceBroke, match=said):
        site_info(server.address)


def test_a_new_wiki_is_filled_and_keeps_what_an_admin_gives(serve: Serve, db: None) -> None:
    server = serve(TOLD)

    wiki, said = wiki_at(f"{server.address}/api.php", dbname="lanterns", timezone="UTC")

    assert not wiki.pk
    assert (wiki.dbname, wiki.timezone, wiki.language) == ("lanterns", "UTC", "de")
    assert wiki.api_url == f"{server.address}/api.php"
    assert said


def test_another_wiki_of_that_name_is_not_taken_for_it(serve: Serve, db: None) -> None:
    Wiki.objects.create(dbname="lantern_wiki", server="https://other.example", language="de")
    server = serve(TOLD)

    with pytest.raises(BadInput, match=r"already used for https://other\.example"):
        wiki_at(f"{server.address}/api.php")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/wiki/Talk:Oil_and_water", "Talk:Oil and water"),
        ("/wiki/Diskussion:%C3%96l", "Diskussion:Öl"),
        ("/w/index.php?title=Talk:Oil&action=history", "Talk:Oil"),
        ("/wiki/Talk:Oil#c-Ada", "Talk:Oil"),
        ("/", ""),
        ("/w/api.php", ""),
        ("/wiki/", ""),
    ],
)
def test_a_pages_address_tells_its_title(path: str, title: str) -> None:
    wiki = Wiki(dbname="lanternwiki", article_path="/wiki/$1")

    assert title_in(f"https://lanterns.example{path}", wiki) == title
