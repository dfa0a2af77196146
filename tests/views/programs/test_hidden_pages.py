"""What an admin, or the settings, hide from search engines."""

from contextlib import closing

import pytest
from django.test import Client
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models

pytestmark = pytest.mark.django_db

BRIDGES = "/wiki/examplewiki/Talk:Bridges"
ADA_TALK = "/wiki/examplewiki/User_talk:Ada"
SHOWN = ["/", "/wiki/examplewiki/", BRIDGES, "/author/examplewiki/Ada"]


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "planned")))
    write_page("User talk:Ada", Section("Hello", Comment("Ben", "welcome")))


def is_indexed(client: Client, address: str) -> bool:
    """Whether neither the answer nor the page in it says that it is not to be shown."""
    answer = client.get(address)
    said = LexborHTMLParser(answer.text).css("meta[name=robots][content=noindex]")
    return not said and "X-Robots-Tag" not in answer.headers


def in_sitemap(client: Client, section: str = "pages") -> list[str]:
    text = client.get(f"/sitemap-{section}.xml").text
    return [
        line.partition("http://testserver")[2]
        for line in text.replace("</loc>", "\n").split("\n")
        if "http://testserver" in line
    ]


def test_a_page_is_hidden_with_all_of_it(client: Client) -> None:
    assert is_indexed(client, BRIDGES)
    models.TalkPage.objects.filter(title="Talk:Bridges").update(noindex=True)
    ident = models.Comment.objects.get(page__title="Talk:Bridges").ident
    of_it = [BRIDGES, f"{BRIDGES}?topic=h-Plan", f"/feed{BRIDGES}", f"/analysis{BRIDGES}"]
    of_it += [f"/{kind}/examplewiki/{ident}" for kind in ("history", "cite", "reply")]
    for address in of_it:
        assert not is_indexed(client, address), address
    assert in_sitemap(client) == [ADA_TALK]
    assert is_indexed(client, ADA_TALK)
    assert is_indexed(client, "/author/examplewiki/Ada")


def test_a_comment_on_several_pages_is_hidden_with_one_of_them(client: Client) -> None:
    write_page("Talk:Copy", Section("Plan", Comment("Ada", "planned")))
    name = models.Comment.objects.get(page__title="Talk:Copy").name
    assert is_indexed(client, f"/comment/{name}")
    models.TalkPage.objects.filter(title="Talk:Copy").update(noindex=True)
    assert not is_indexed(client, f"/comment/{name}")


def test_a_wiki_is_hidden_with_its_pages_and_authors(client: Client) -> None:
    other = write_wiki("otherwiki")
    write_page("Talk:Ponts", Section("Plan", Comment("Ada", "crossed")), wiki=other)
    models.Wiki.objects.filter(dbname="examplewiki").update(noindex=True)
    for address in SHOWN[1:]:
        assert not is_indexed(client, address), address
    assert is_indexed(client, "/")
    assert is_indexed(client, "/wiki/otherwiki/Talk:Ponts")
    assert in_sitemap(client) == ["/wiki/otherwiki/Talk:Ponts"]
    assert in_sitemap(client, "wikis") == ["/wiki/otherwiki/"]


def test_namespaces_are_hidden_by_the_settings(client: Client, settings: Settings) -> None:
    german = write_wiki("dewiki", language="de")
    write_page("Benutzer Diskussion:Cem", Section("Plan", Comment("Ada", "x")), wiki=german)
    write_page("Diskussion:User talk", Section("Plan", Comment("Ada", "x")), wiki=german)
    assert is_indexed(client, ADA_TALK)
    settings.HIDDEN_NAMESPACES = [3]
    assert not is_indexed(client, ADA_TALK)
    assert not is_indexed(client, "/wiki/dewiki/Benutzer_Diskussion:Cem")
    assert is_indexed(client, BRIDGES)
    assert in_sitemap(client) == [BRIDGES, "/wiki/dewiki/Diskussion:User_talk"]


def test_an_archive_can_be_hidden_as_a_whole(client: Client, settings: Settings) -> None:
    settings.INDEXED = frozenset()
    for address in [*SHOWN, "/assets/reader.css", "/nothing"]:
        assert client.get(address).headers["X-Robots-Tag"] == "noindex", address
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert not in_sitemap(client) + in_sitemap(client, "wikis")
    with closing(client.get("/static/threads/icon.svg")) as answer:
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_only_some_kinds_of_pages_can_be_shown(client: Client, settings: Settings) -> None:
    settings.INDEXED = frozenset({"home", "page"})
    assert [is_indexed(client, address) for address in SHOWN] == [True, False, True, False]
    assert BRIDGES in in_sitemap(client)
    assert in_sitemap(client, "wikis") == []


def test_programs_are_refused_in_robots_txt(client: Client, settings: Settings) -> None:
    settings.REFUSED_CRAWLERS = ("GPTBot", "LampBot")
    settings.ROBOTS_LINES = ["User-agent: SlowBot", " Crawl-delay: 10"]
    text = client.get("/robots.txt").text
    assert "\n\nUser-agent: GPTBot\nUser-agent: LampBot\nDisallow: /\n\n" in text
    assert "\n\nUser-agent: SlowBot\nCrawl-delay: 10\n\nSitemap: " in text


def test_an_admin_hides_chosen_pages_and_shows_them_again(admin_client: Client) -> None:
    page = models.TalkPage.objects.get(title="Talk:Bridges")

    def act(action: str) -> str:
        given = {"action": action, "_selected_action": [page.pk], "post": "yes"}
        return admin_client.post("/admin/threads/talkpage/", given, follow=True).text

    assert "1 page is hidden from search engines now." in act("hide_from_engines")
    assert "0 pages are hidden" in act("hide_from_engines")
    assert not is_indexed(admin_client, BRIDGES)
    assert "1 more page" in act("show_to_engines")
    assert is_indexed(admin_client, BRIDGES)


def test_an_admin_hides_a_wiki_in_its_form(admin_client: Client) -> None:
    wiki = models.Wiki.objects.get()
    address = f"/admin/threads/wiki/{wiki.pk}/change/"
    form = LexborHTMLParser(admin_client.get(address).text)
    assert form.css("input[type=checkbox][name=noindex]:not([checked])")
    given = {
        "language": "en",
        "timezone": "UTC",
        "profile": "{}",
        "article_path": "/wiki/$1",
        "script_path": "/w/index.php",
        "noindex": "on",
    }
    admin_client.post(address, given)
    assert not is_indexed(admin_client, BRIDGES)
