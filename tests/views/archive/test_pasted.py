"""What is pasted into the search box leads there."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page, write_revision, write_wiki
from threads import models

pytestmark = pytest.mark.django_db

PAGE = "/wiki/examplewiki/Diskussion:Bridges"
ID = "c-James_Salsman-2019-04-24T06:43:00.000Z-Costs"
COMMENT = f"{PAGE}?comment={quote(ID, safe='')}#{quote(ID, safe='')}"
NAME = "c-James_Salsman-2019-04-24T06:43:00.000Z"


def write_rows() -> None:
    wiki = write_wiki(server="https://www.wiki.example", language="de", name="Example Wiki")
    signed = datetime(2019, 4, 24, 6, 43, tzinfo=UTC)
    write_page(
        "Diskussion:Bridges",
        Section("Costs", Comment("James Salsman", "Who pays?", at=signed)),
        Section("What (now)?", Comment("Ada", "Nothing.")),
        wiki=wiki,
    )


archive_once = rows_once(write_rows)


def leads_to(client: Client, typed: str) -> str:
    """Where the search box leads; "" where it shows a page of results."""
    answer = client.get("/search", {"q": typed})
    assert answer.status_code in (200, 302)
    return answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "pasted",
    [
        f"https://wiki.example/wiki/Talk:Bridges#{ID}",
        f"  http://www.wiki.example/wiki/Talk:Bridges?uselang=fr#{quote(ID, safe='')} ",
        f"https://m.wiki.example/wiki/Talk:Bridges#{ID}",
        f"//wiki.example/w/index.php?title=Talk:Bridges&action=view#{ID}",
        f"wiki.example/wiki/Talk:Bridges#{ID}",
        "https://wiki.example/wiki/Talk:Bridges#c-James_Salsman-20190424064300-Costs",
        f"https://wiki.example/wiki/Special:GoToComment/{ID}",
        f"https://wiki.example/wiki/Spezial:Gehe_zu_Kommentar/{NAME}",
        f"https://wiki.example/wiki/Talk:Elsewhere#{ID}",
        f"https://archive.example/wiki/examplewiki/Talk:Bridges#{ID}",
        f"Talk:Bridges#{ID}",
        f"[[Talk:Bridges#{ID}|James Salsman, 24 April 2019]]",
        f"[[:examplewiki:Talk:Bridges#{ID}]]",
        f"Special:GoToComment/{NAME}",
        ID,
        NAME,
        f"#{ID}",
        f" #{NAME}",
        f"<https://wiki.example/wiki/Talk:Bridges#{ID}>",
        f"< https://wiki.example/wiki/Talk:Bridges#{ID} >",
        "c-James Salsman-2019-04-24T06:43:00.000Z-Costs",
        "c-James_Salsman-20190424064300",
    ],
)
def test_whatever_names_a_comment_leads_to_it(client: Client, pasted: str) -> None:
    assert leads_to(client, pasted) == COMMENT


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("https://wiki.example/wiki/Talk:Bridges#Costs", f"{PAGE}#h-Costs"),
        ("https://wiki.example/wiki/Talk:Bridges#h-Costs", f"{PAGE}#h-Costs"),
        (
            "https://wiki.example/wiki/Talk:Bridges#What_.28now.29.3F",
            f"{PAGE}#h-What_%28now%29%3F",
        ),
        ("Talk:Bridges#Costs", f"{PAGE}#h-Costs"),
        ("https://wiki.example/wiki/Talk:Bridges", PAGE),
        ("https://wiki.example/wiki/Diskussion:Bridges", PAGE),
        ("https://wiki.example/w/index.php?title=talk%3Abridges&action=history", PAGE),
        ("https://wiki.example/wiki/Spezial:MyLanguage/Talk:Bridges", PAGE),
        ("https://any.example/comment/c-x?y=1#z", "/comment/c-x?y=1#z"),
        ("/author/examplewiki/Ada", "/author/examplewiki/Ada"),
        ("User:Ada", "/author/examplewiki/Ada"),
        ("[[Benutzerin:Ada|Ada]]", "/author/examplewiki/Ada"),
        ("User:James_Salsman", "/author/examplewiki/James_Salsman"),
        ("User talk:james Salsman", "/author/examplewiki/James_Salsman"),
        ("https://wiki.example/wiki/Benutzer:Ada", "/author/examplewiki/Ada"),
        ("<https://wiki.example/wiki/User:Ada>", "/author/examplewiki/Ada"),
        (f"https://any.example{PAGE}?topic=h-Costs", f"{PAGE}?topic=h-Costs"),
    ],
)
def test_headings_pages_and_our_own_addresses_lead_there(
    client: Client, pasted: str, address: str
) -> None:
    assert leads_to(client, pasted) == address


def test_a_user_of_several_wikis_is_offered_on_each(client: Client) -> None:
    other = write_wiki("otherwiki", name="Other")
    write_page("Talk:Oil", Section("A", Comment("Ada", "Oil.")), wiki=other)

    html = client.get("/search", {"q": "User:Ada"}).text

    assert 'href="/author/examplewiki/Ada"' in html
    assert 'href="/author/otherwiki/Ada"' in html
    assert leads_to(client, "User:Nobody") == ""


def test_a_page_of_a_user_leads_to_it_where_the_archive_has_it(client: Client) -> None:
    write_page("Benutzer Diskussion:Ada", Section("A", Comment("Ben", "Hello.")))

    html = client.get("/search", {"q": "User talk:Ada"}).text

    assert "Benutzer%20Diskussion:Ada" in html or "Benutzer_Diskussion:Ada" in html


def test_a_version_leads_to_the_page_as_it_stood(client: Client) -> None:
    page = models.TalkPage.objects.get()
    revision = write_revision(page, "Earlier.")
    saved = datetime(2018, 5, 1, 10, tzinfo=UTC)
    models.Revision.objects.filter(pk=revision.pk).update(number=77, timestamp=saved)

    for address in ("w/index.php?title=Talk:Bridges&oldid=77", "wiki/Special:Permalink/77"):
        assert leads_to(client, f"https://wiki.example/{address}") == (
            f"{PAGE}?as_of=2018-05-01T10%3A00%3A00%2B00%3A00"
        )


def test_a_link_in_wikitext_leads_to_its_page(client: Client) -> None:
    for link in ("[[Talk:Bridges]]", "[[:Talk:Bridges|the bridges]]", " [[talk:bridges]] "):
        assert leads_to(client, link) == PAGE, link
    assert leads_to(client, "Talk:Bridges") == "", "which may be words"


def test_a_page_or_topic_of_several_wikis_is_offered_on_each(client: Client) -> None:
    costs = Section("Costs", Comment("Eve", "Nobody."))
    write_page("Diskussion:Bridges", costs, wiki=write_wiki("otherwiki", language="de"))
    elsewhere = "/wiki/otherwiki/Diskussion:Bridges"
    for typed, ends in (("[[Talk:Bridges#Costs]]", "#h-Costs"), ("[[Talk:Bridges]]", "")):
        assert leads_to(client, typed) == ""
        html = LexborHTMLParser(client.get("/search", {"q": typed}).text)
        addresses = {link.attributes["href"] for link in html.css(".offers a")}
        assert {f"{PAGE}{ends}", f"{elsewhere}{ends}"} <= addresses
        said = [notice.text() for notice in html.css(".notice")]
        assert any("is on several wikis. Choose one of them." in each for each in said)
    assert leads_to(client, "[[:examplewiki:Talk:Bridges#Costs]]") == f"{PAGE}#h-Costs"
    assert leads_to(client, "[[Talk:Bridges#What (now)?]]") == f"{PAGE}#h-What_%28now%29%3F"


def test_of_two_versions_the_later_is_shown(client: Client) -> None:
    page = models.TalkPage.objects.get()
    for number in (77, 78):
        revision = write_revision(page, f"Earlier, {number}.")
        saved = datetime(2018, 5, number - 76, 10, tzinfo=UTC)
        models.Revision.objects.filter(pk=revision.pk).update(number=number, timestamp=saved)

    address = "https://wiki.example/w/index.php?title=Talk:Bridges&diff=78&oldid=77"
    assert "2018-05-02" in leads_to(client, address)
    assert "2018-05-01" in leads_to(client, address.replace("=78", "=prev"))


def test_a_version_is_found_whatever_page_has_its_title_today(client: Client) -> None:
    page = models.TalkPage.objects.get()
    revision = write_revision(page, "Earlier.")
    saved = datetime(2018, 5, 1, 10, tzinfo=UTC)
    models.Revision.objects.filter(pk=revision.pk).update(number=77, timestamp=saved)
    write_page("Talk:Oil", Section("Lamps", Comment("Ada", "Oil.")), wiki=page.wiki)

    for title in ("Talk:Oil", "Talk:No_such_page"):
        address = f"https://wiki.example/w/index.php?title={title}&oldid=77"
        assert leads_to(client, address).startswith(f"{PAGE}?as_of=2018-05-01")


def test_a_heading_is_found_by_its_id_alone_where_that_has_a_time(client: Client) -> None:
    ident = "h-Costs-2019-04-24T06:43:00.000Z"
    models.Section.objects.filter(ident="h-Costs").update(ident=ident)

    assert leads_to(client, ident) == f"{PAGE}#{quote(ident, safe='')}"
    assert leads_to(client, "h-Costs-20190424064300") == f"{PAGE}#{quote(ident, safe='')}"


def test_a_heading_that_was_renamed_is_found_by_what_it_was_called(client: Client) -> None:
    models.Section.objects.filter(ident="h-Costs").update(former_ids=["Money"])

    assert leads_to(client, "Talk:Bridges#Money") == f"{PAGE}#h-Costs"


def test_a_comment_on_several_pages_leads_to_the_one_that_is_named_or_to_all(
    client: Client,
) -> None:
    signed = datetime(2019, 4, 24, 6, 43, tzinfo=UTC)
    said = Comment("James Salsman", "Who pays?", at=signed)
    write_page("Diskussion:Copies", Section("Costs", said))

    assert leads_to(client, f"https://wiki.example/wiki/Talk:Bridges#{ID}") == COMMENT
    assert leads_to(client, f"https://wiki.example/wiki/Talk:Copies#{ID}") == (
        COMMENT.replace("Bridges", "Copies")
    )
    assert leads_to(client, NAME) == f"/comment/{NAME}"
    places = client.get(f"/comment/{NAME}").text
    assert "Diskussion:Bridges" in places
    assert "Diskussion:Copies" in places


@pytest.mark.parametrize(
    "typed",
    [
        "https://elsewhere.example/wiki/Talk:Bridges",
        "https://wiki.example/wiki/Talk:Unknown",
        "https://wiki.example/wiki/Talk:Bridges#c-Nobody-2019-04-24T06:43:00.000Z",
        "https://wiki.example/wiki/Talk:Bridges#Unknown",
        "c-Nobody-2019-04-24T06:43:00.000Z",
        "h-Unknown-20190424064300",
        "http://wiki.example/%00",
        "c-ä-99999999999999",
    ],
)
def test_what_is_not_there_is_said_beside_the_box(client: Client, typed: str) -> None:
    html = client.get("/search", {"q": typed}).text

    assert 'class="notice" role="status"' in html


def test_the_nearest_is_offered_where_a_comment_is_not_on_its_page(client: Client) -> None:
    html = client.get("/search", {"q": "https://wiki.example/wiki/Talk:Bridges#Unknown"}).text

    assert "“Unknown” was not found on the archived page" in html
    assert f'href="{PAGE}"' in html
    for more in ("No results", "0 results", "fewer words"):
        assert more not in html, "that sentence is all there is to say"


def test_a_title_is_offered(client: Client) -> None:
    for typed in ("Talk:Bridges", "examplewiki:Talk:Bridges", "diskussion:bridges"):
        assert f'href="{PAGE}"' in client.get("/search", {"q": typed}).text


@pytest.mark.parametrize(
    "typed",
    ["//evil.example/", "https://evil.example/search", "/\\evil.example", "/%2F/evil.example"],
)
def test_no_address_leads_out_of_the_archive(client: Client, typed: str) -> None:
    assert leads_to(client, typed) == ""


@pytest.mark.parametrize(
    "typed", ["Node.js/React", "and/or", "12:30", "re: costs", "c-span", "/", "https://[::1"]
)
def test_words_stay_words(client: Client, typed: str) -> None:
    assert leads_to(client, typed) == ""
    assert "leads to nothing" not in client.get("/search", {"q": typed}).text
