"""Where the links in comments lead."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models
from threads.export import FORMATS, Selection
from threads.presentation.texts.links import resolve_links

pytestmark = pytest.mark.django_db


def link(title: str, *, kind: str = "wiki", text: str = "there") -> str:
    """As the parser writes it."""
    return f'<a class="{kind}" href="wiki:{title}" rel="nofollow noopener">{text}</a>'


def led(wiki: models.Wiki, *links: str) -> str:
    comment = models.Comment(html=" ".join(links))
    resolve_links(wiki, [comment])
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
    assert '<a class="wiki leaving" href="https://lanterns.example/wiki/Talk:Old_bridge"' in html


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
    assert '<a class="user leaving" href="https://' in led(wiki, link("User:Ada", kind="user"))


def test_other_links_stay_as_they_are(wiki: models.Wiki) -> None:
    html = '<a class="external" href="mailto:ada@lamps.example">1</a> <a href="#note-1">'
    assert led(wiki, html) == html


def test_a_link_that_leaves_the_archive_says_so(client: Client, wiki: models.Wiki) -> None:
    outside = '<a class="external" href="https://lamps.example/?a=b">log</a>'
    assert led(wiki, outside) == (
        '<a class="external leaving" href="https://lamps.example/?a=b" '
        'aria-describedby="ta-leaving">log</a>'
    )
    assert 'id="ta-leaving"' in client.get("/").text


def test_an_address_without_a_scheme_gets_one(wiki: models.Wiki) -> None:
    without = '<a class="external" href="//bridges.example/x">x</a>'
    page = write_page("Talk:Bridges", Section("A", Comment("Ada", "x")), wiki=wiki)
    models.Comment.objects.update(html=without)
    exported = b"".join(FORMATS["html"].write(Selection(page=page.title))).decode()
    for html in (led(wiki, without), exported):
        assert 'href="https://bridges.example/x"' in html


@pytest.mark.parametrize(
    "address",
    [
        "https://bridges.example/wiki/Talk:Old_bridge",
        "//bridges.example/wiki/Talk:Old_bridge",
        "https://bridges.example/w/index.php?title=Talk:Old_bridge",
        "https://bridges.example/wiki/Special:MyLanguage/Talk:Old_bridge",
    ],
)
def test_an_address_on_an_archived_wiki_leads_to_the_archived_page(
    wiki: models.Wiki, address: str
) -> None:
    other = write_wiki("otherwiki", server="https://bridges.example")
    write_page("Talk:Old bridge", wiki=other)
    html = led(wiki, f'<a class="external" href="{address}">there</a>')
    assert 'class="external archived" href="/wiki/otherwiki/Talk:Old_bridge"' in html


def test_an_old_version_of_an_archived_page_is_on_the_wiki(wiki: models.Wiki) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    address = "https://lanterns.example/w/index.php?title=Talk:Old_bridge&amp;oldid=12"
    assert f'href="{address}"' in led(wiki, f'<a class="external" href="{address}">then</a>')


def test_a_section_is_found_by_its_heading(wiki: models.Wiki) -> None:
    page = write_page("Talk:Old bridge", Section("Old plan", Comment("Ada", "x")), wiki=wiki)
    section = models.Section.objects.get(page=page)
    assert f'{page.get_absolute_url()}#{section.ident}"' in led(
        wiki, link("Talk:Old_bridge#Old_plan")
    )


def test_a_section_of_the_same_page_as_well(client: Client, wiki: models.Wiki) -> None:
    source = '<a class="wiki" href="#Old_plan">above</a>'
    page = write_page("Talk:Old bridge", Section("Old plan", Comment("Ada", source)), wiki=wiki)
    section = models.Section.objects.get(page=page)
    assert f'<a class="wiki" href="#{section.ident}">' in client.get(page.get_absolute_url()).text


def test_a_comment_is_found_on_its_page(client: Client, wiki: models.Wiki) -> None:
    page = write_page("Talk:Old bridge", Section("Plan", Comment("Ada", "x")), wiki=wiki)
    ident = models.Comment.objects.get(page=page).ident
    href = re.search('href="([^"]+)"', led(wiki, link(f"Talk:Old_bridge#{ident}")))
    assert href is not None
    assert client.get(unescape(href[1])).context["missing"] == ""
    assert unescape(href[1]).endswith(f"#{quote(ident)}")


def test_a_comment_that_moved_is_found_by_its_permanent_link(
    client: Client, wiki: models.Wiki
) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    page = write_page("Talk:New bridge", Section("Plan", Comment("Ada", "x")), wiki=wiki)
    ident = models.Comment.objects.get(page=page).ident
    html = led(wiki, link(f"Talk:Old_bridge#{ident}"))
    assert f'href="/comment/{ident}"' in html


def test_pictures_are_links_unless_the_wikis_host_is_allowed(
    wiki: models.Wiki, settings: Settings
) -> None:
    source = (
        '<a class="file" href="wiki:File:A.png" data-file="A.png" data-width="20">A &amp; B</a>'
    )
    assert "<img" not in led(wiki, source)
    settings.IMAGE_HOSTS = ["lanterns.example"]
    assert (
        '<img src="https://lanterns.example/wiki/Special:FilePath/A.png?width=20" '
        'alt="A &amp; B" width="20" loading="lazy" referrerpolicy="no-referrer"></a>'
    ) in led(wiki, source)


def test_one_query_serves_all_links(
    wiki: models.Wiki, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [models.Comment(html=link(f"Talk:Bridge_{number}")) for number in range(300)]
    with django_assert_num_queries(1):
        resolve_links(wiki, many[:150], many[150:])
    fragments = [
        models.Comment(html=link(f"Talk:Bridge_{n}#{kind}{n}"))
        for n in range(300)
        for kind in ("c-", "")
    ]
    write_page("Talk:Bridge 1", wiki=wiki)
    with django_assert_num_queries(1):
        resolve_links(wiki, fragments)
    assert all("https://" in comment.html for comment in many)


def test_no_link_needs_no_query(
    wiki: models.Wiki, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        resolve_links(wiki, [models.Comment(html="<p>x</p>")])


def test_links_on_a_talk_page_lead(client: Client, wiki: models.Wiki) -> None:
    write_page("Talk:Old bridge", wiki=wiki)
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", link("Talk:Old_bridge"))), wiki=wiki)
    html = client.get("/wiki/examplewiki/Talk:Bridges").text
    assert 'class="wiki archived" href="/wiki/examplewiki/Talk:Old_bridge"' in html
    assert '"wiki:' not in html


NOTE = (
    '<sup class="note" id="note-1-mark"><a href="#note-1">[1]</a></sup>'
    '<ol class="notes"><li id="note-1">By boat <a href="#note-1-mark">↑</a></li></ol>'
)


@pytest.mark.parametrize(
    "address",
    [
        "/author/examplewiki/Ada",
        "/since/examplewiki/?day=2000-01-01",
        "/compare/examplewiki/Talk:Bridges?topic=h-Plan&with=Talk:Boats&other=h-Plan",
    ],
)
def test_notes_of_several_pages_are_linked_on_their_pages(
    client: Client, wiki: models.Wiki, address: str
) -> None:
    for name in ("Bridges", "Boats"):
        write_page(f"Talk:{name}", Section("Plan", Comment("Ada", f"{name}{NOTE}")), wiki=wiki)
    html = client.get(address).text
    for name in ("Bridges", "Boats"):
        assert re.search(rf'href="/wiki/examplewiki/Talk:{name}\?comment=c-[^"]*#note-1"', html)
    assert 'href="#note-' not in html
    assert 'id="note-' not in html


@pytest.mark.parametrize(
    "address",
    [
        "https://lanterns.example/wiki/Talk:Old_bridge%00",
        "https://lanterns.example/wiki/Talk:Old_bridge#%00",
        "https://lanterns.example/w/index.php?title=%00",
        "wiki:Talk:Old_bridge%00",
    ],
)
def test_a_link_with_nul_is_no_error_of_any_database(wiki: models.Wiki, address: str) -> None:
    page = write_page("Talk:Old bridge", Section("Plan", Comment("Ada", "x")), wiki=wiki)
    comment = page.comments.get()
    comment.html = f'<a class="external" href="{address}">there</a>'
    resolve_links(wiki, [comment], here=page)
    assert ">there</a>" in comment.html
