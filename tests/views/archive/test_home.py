"""What is in the archive."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.models import Collection
from threads.presentation.archive import overview

pytestmark = pytest.mark.django_db

FAR = datetime(9019, 5, 1, tzinfo=UTC)


def test_an_empty_archive_says_how_to_fill_it(client: Client) -> None:
    html = client.get("/").text
    assert "This archive is empty" in html
    assert "import_page" in html
    assert 'href="/admin/"' in html


def ways_in(client: Client, address: str) -> list[str]:
    """Where the forms for a first import lead."""
    forms = LexborHTMLParser(client.get(address).text).css(".ways-in form")
    return [str(form.attributes["action"]) for form in forms]


@pytest.mark.parametrize("address", ["/", "/admin/"])
def test_an_empty_archive_shows_the_staff_the_three_ways_in(
    client: Client, admin_client: Client, address: str
) -> None:
    importing = "/admin/threads/talkpage/add/"
    reader = Client()
    assert ways_in(reader, address) == []
    assert ways_in(admin_client, address) == [
        f"{importing}?from=live",
        importing,
        f"{importing}?from=dump",
    ]
    assert ways_in(reader, address) == []

    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    assert ways_in(admin_client, address) == []


@pytest.mark.usefixtures("clock_at_rest")
def test_the_way_to_the_administration_is_called_alike_for_all(
    client: Client, admin_client: Client
) -> None:
    for reader in (client, admin_client):
        (link,) = LexborHTMLParser(reader.get("/").text).css('.colophon a[href="/admin/"]')
        assert link.text() == "Administration"
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    assert admin_client.get("/").content == client.get("/").content, "it is kept for all"


def test_home_shows_each_wikis_pages_counts_and_span(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x"), Comment("Ben", "y")))
    write_page("Talk:Ferries", Section("A", Comment("Ada", "z")))
    write_page("Talk:Other", wiki=write_wiki("otherwiki", name="Other Wiki"))
    html = client.get("/").text
    assert "2 talk pages · 3 comments · April 2019" in html
    assert "Other Wiki" in html
    assert 'href="/wiki/examplewiki/Talk:Ferries"' in html


def test_home_shows_the_latest_comments_with_links_to_them(client: Client) -> None:
    write_page(
        "Talk:Bridges", Section("A", Comment("Ada", "said first"), Comment("Ben", "<newer>"))
    )
    html = client.get("/").text
    assert html.index("&lt;newer&gt;") < html.index("said first")
    assert 'href="/comment/c-Ben-2019-04-11T02:57:00.000Z-A"' in html


def test_home_shows_how_many_comments_there_were_over_time(client: Client) -> None:
    early, late = datetime(2018, 11, 2, tzinfo=UTC), datetime(2019, 2, 2, tzinfo=UTC)
    said = [
        Comment("Ada", "x", at=early),
        Comment("Ben", "y", at=late),
        Comment("Cem", "z", at=late),
    ]
    write_page("Talk:Bridges", Section("A", *said))

    html = client.get("/").text

    assert (
        "Comments per month from November 2018 to February 2019. Most: 2 in February 2019." in html
    )
    assert html.count("<rect") == 4  # every month has its place, whether anybody spoke or not
    assert "1 talk page · 3 comments · 3 participants" in html


def test_home_leads_to_the_collections(client: Client) -> None:
    page = write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    Collection.objects.create(slug="crossings", title="Crossings").pages.add(page)

    html = tags_on_one_line(client.get("/").text)

    assert '<a class="shelf-title" href="/collection/crossings/"><bdi>Crossings</bdi></a>' in html


def test_home_leads_to_what_it_does_not_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "PAGES_SHOWN", 2)
    for letter in "ABC":
        write_page(f"Talk:{letter}", Section("A", Comment("Ada", "x")))
    front = client.get("/").text
    assert front.count("shelf-title") == 2
    assert "View all 3 pages" in front


def test_the_number_of_queries_does_not_grow_with_the_archive(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x")))
    with django_assert_num_queries(7):
        client.get("/")
    for number in range(12):
        wiki = write_wiki(f"wiki{number}")
        write_page("Talk:X", Section("A", Comment(f"Ada {number}", "x")), wiki=wiki)
    with django_assert_num_queries(7):
        client.get("/")


def test_a_mistyped_year_does_not_swell_the_chart(client: Client) -> None:
    said = [Comment("Ada", "x", at=datetime(year, 5, 1, tzinfo=UTC)) for year in (2, 2018, 2019)]
    write_page("Talk:Bridges", Section("A", *said, Comment("Ben", "y", at=FAR)))

    html = client.get("/").text

    assert html.count("<rect") == 13
    assert "2 comments are dated outside this range." in html


def test_times_of_several_wikis_stand_together_in_utc(client: Client) -> None:
    noon = datetime(2019, 4, 1, 12, tzinfo=UTC)
    berlin = write_wiki("berlinwiki", timezone="Europe/Berlin")
    write_page("Talk:Bridges", Section("A", Comment("Ada", "x", at=noon)), wiki=berlin)
    latest = client.get("/").text.partition("Latest comments")[2]
    assert "Times are in Europe/Berlin" in latest
    assert "14:00, 1 April 2019" in latest
    write_page("Talk:Roads", Section("A", Comment("Ben", "y", at=noon)))
    latest = client.get("/").text.partition("Latest comments")[2]
    assert "Times are in UTC" in latest
    assert latest.count("12:00, 1 April 2019") == 2
