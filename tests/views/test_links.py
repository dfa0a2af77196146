"""Where the links in comments lead."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from threads import models
from threads.views.links import lead_links

from .archive import Comment, Section, write_page, write_wiki

pytestmark = pytest.mark.django_db


def link(title: str, *, kind: str = "wiki", text: str = "there") -> str:
    """As the parser writes it."""
    return f'<a class="{kind}" href="wiki:{title}" rel="nofollow noopener">{text}</a>'


def led(wiki: models.Wiki, *links: str) -> str:
    comment = models.Comment(html=" ".join(links))
    lead_links(wiki, [comment])
    return comment.html


@pytest.fixture
def wiki() -> models.Wiki:
    return write_wiki(server="https://lanterns.example", article_path="/wiki/$1")


def test_a_link_leads_to_the_archived_page(wiki: models.Wiki) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    html = led(wiki, link("Talk:Old_bridge"))
    assert '<a class="wiki archived" href="/wiki/examplewiki/Talk:Old_bridge" rel=' in html


def test_else_it_leads_to_the_wiki(wiki: models.Wiki) -> None:
    html = led(wiki, link("Talk:Old_bridge"))
    assert '<a class="wiki" href="https://lanterns.example/wiki/Talk:Old_bridge" rel=' in html


def test_and_else_nowhere() -> None:
    html = led(write_wiki(), link("Talk:Old_bridge"))
    assert html == '<a class="wiki" rel="nofollow noopener">there</a>'


def test_a_page_of_another_wiki_is_not_meant(wiki: models.Wiki) -> None:
    write_page("Talk:Old bridge", wiki=write_wiki("otherwiki"))
    assert "https://lanterns.example/" in led(wiki, link("Talk:Old_bridge"))


@pytest.mark.parametrize("title", ["Talk:Old_bridge", "Talk:New_bridge"])
def test_fragments_are_kept(wiki: models.Wiki, title: str) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    assert f'{title}#c-Ada-2019"' in led(wiki, link(f"{title}#c-Ada-2019"))


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Talk:Q&A", "Talk:Q&amp;A"),
        ("Talk:Who?", "Talk:Who?"),
        ("Talk:Brücke", "Talk:Brücke"),
        ("Talk:50%", "Talk:50%"),
    ],
)
def test_a_title_may_have_characters_that_mean_something_in_addresses(
    client: Client, wiki: models.Wiki, title: str, source: str
) -> None:
    page = write_page(title, Section("Plan", Comment("Ada", "x")), wiki=wiki)
    href = re.search('href="([^"]+)"', led(wiki, link(source)))
    assert href is not None
    assert unescape(href[1]) == page.get_absolute_url()
    assert client.get(unescape(href[1])).status_code == 200


def test_a_link_to_a_user_stays_one(wiki: models.Wiki) -> None:
    assert '<a class="user" href="https://' in led(wiki, link("User:Ada", kind="user"))


def test_other_links_stay_as_they_are(wiki: models.Wiki) -> None:
    html = '<a class="external" href="https://lamps.example/?a=b">1</a> <a class="self" href="#a">'
    assert led(wiki, html) == html


def test_one_query_serves_all_links(
    wiki: models.Wiki, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [models.Comment(html=link(f"Talk:Bridge_{number}")) for number in range(300)]
    with django_assert_num_queries(1):
        lead_links(wiki, many[:150], many[150:])
    assert all("https://" in comment.html for comment in many)


def test_no_link_needs_no_query(
    wiki: models.Wiki, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        lead_links(wiki, [models.Comment(html="<p>x</p>")])


def test_links_on_a_talk_page_lead(client: Client, wiki: models.Wiki) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", link("Talk:Old_bridge"))), wiki=wiki)
    html = client.get("/wiki/examplewiki/Talk:Bridges").text
    assert 'class="wiki archived" href="/wiki/examplewiki/Talk:Old_bridge"' in html
    assert '"wiki:' not in html
