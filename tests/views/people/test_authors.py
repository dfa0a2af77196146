"""What one author wrote."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.models import Comment as CommentRow
from threads.presentation.people import contributions
from threads.views.people import authors

pytestmark = pytest.mark.django_db


def test_an_authors_comments_stand_by_page_newest_first(client: Client) -> None:
    def said(text: str, day: int) -> Comment:
        return Comment("Ada", text, at=datetime(2019, 4, day, tzinfo=UTC))

    write_page("Talk:Quiet", Section("A", said("between", 5)))
    write_page("Talk:Busy", Section("B", said("oldest", 1), said("newest", 9), Comment("Ben", "x")))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada").text)
    assert said_on(page) == {"Talk:Busy": ["newest", "oldest"], "Talk:Quiet": ["between"]}
    assert "3 comments" in page.css(".gathering")[0].text()


def test_or_by_time_alone(client: Client) -> None:
    for title, day in (("Talk:One", 1), ("Talk:Two", 2), ("Talk:One/More", 3)):
        said = Comment("Ada", title, at=datetime(2019, 4, day, tzinfo=UTC))
        write_page(title, Section("A", said))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada?order=time").text)
    assert list(said_on(page)) == ["Talk:One/More", "Talk:Two", "Talk:One"]
    assert [link.text() for link in page.css(".orders [aria-current]")] == ["By date"]


def test_the_pages_are_listed_with_how_much_was_written_there(client: Client) -> None:
    write_page("Talk:Quiet", Section("A", Comment("Ada", "x"), Comment("Ben", "x")))
    write_page("Talk:Busy", Section("A", Comment("Ada", "x"), Comment("Ada", "x")))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada").text)
    lines = [line.text() for line in page.css("section[aria-labelledby=ta-parts] li")]
    assert lines == ["Talk:Busy 2 comments · April 2019", "Talk:Quiet 1 comment · April 2019"]


def test_one_sees_to_whom_an_author_replied_and_who_answered(client: Client) -> None:
    threads = [
        Comment("Ada", "a", Comment("Ben", "b", Comment("Ada", "c", Comment("Ada", "d")))),
        Comment("Cleo", "e", Comment("Ada", "f"), Comment("Ada", "g")),
    ]
    write_page("Talk:Bridges", Section("Plan", *threads))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada").text)
    for part, people in (("ta-answered", ["Cleo 2", "Ben 1"]), ("ta-answering", ["Ben 1"])):
        lines = page.css(f"section[aria-labelledby={part}] li")
        assert [" ".join(line.text().split()) for line in lines] == people
    (to, *_) = page.css(".comment .mark[href]")
    assert to.text() == "replying to Cleo"
    assert client.get(to.attributes["href"] or "").status_code == 302


def said_on(page: LexborHTMLParser) -> dict[str, list[str]]:
    """What the comments say, by the heading that they stand under."""
    return {
        part.css("h2")[0].text(): [text.text() for text in part.css(".text")]
        for part in page.css(".on-page")
    }


@pytest.mark.parametrize("name", ["Ada L (WMXX)", "דנה", "A/B", 'Q "x" <i>', "2001:DB8::1", "50%"])
def test_any_name_can_be_addressed(client: Client, name: str) -> None:
    write_page("Talk:Bridges", Section("A", Comment(name, "hello")))
    html = client.get("/wiki/examplewiki/Talk:Bridges").text
    address = html.partition('class="person')[2].partition('href="')[2].partition('"')[0]
    response = client.get(address)
    assert response.status_code == 200
    assert "hello" in response.text
    assert "<i>" not in response.text


def test_blanks_in_an_address_become_underscores(client: Client) -> None:
    response = client.get("/author/examplewiki/Ada%20L")
    assert response["Location"] == "/author/examplewiki/Ada_L"


def test_the_same_name_on_another_wiki_is_somebody_else(client: Client) -> None:
    write_page("Talk:Bridges", Section("A", Comment("Ada", "said at home")))
    write_page(
        "Talk:Bridges", Section("A", Comment("Ada", "said abroad")), wiki=write_wiki("otherwiki")
    )
    html = client.get("/author/otherwiki/Ada").text
    assert "said abroad" in html
    assert "said at home" not in html


def all_of(client: Client, address: str, rel: str) -> list[list[str]]:
    """What the comments of each page of a list say, as far as it leads."""
    pages = []
    while True:
        page = LexborHTMLParser(client.get(address, follow=True).text)
        pages.append([text.text() for text in page.css(".text")])
        links = page.css(f"a[rel={rel}]")
        if not links:
            return pages
        address = f"/author/examplewiki/Ada{links[0].attributes['href']}"


@pytest.mark.parametrize(
    ("order", "numbers"),
    [("", [[5, 2], [1, 0], [4, 3]]), ("order=time&", [[5, 4], [3, 2], [1, 0]])],
)
def test_many_comments_come_in_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch, order: str, numbers: list[list[int]]
) -> None:
    monkeypatch.setattr(authors, "COMMENTS_A_PAGE", 2)
    for title, said in (("Talk:Busy", [0, 1, 2, 5]), ("Talk:Quiet", [3, 4])):
        comments = [
            Comment("Ada", f"text {n}", at=datetime(2019, 4, 1 + n, tzinfo=UTC)) for n in said
        ]
        write_page(title, Section("A", *comments))
    wanted = [[f"text {n}" for n in page] for page in numbers]
    oldest = CommentRow.objects.get(text=wanted[-1][0]).pk

    assert all_of(client, f"/author/examplewiki/Ada?{order}", "next") == wanted
    assert all_of(client, f"/author/examplewiki/Ada?{order}before={oldest}", "prev") == [
        wanted[1],
        wanted[0],
    ]


def test_whom_they_talked_with_is_told_from_their_latest_comments(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "PARTNERS_OF", 2)
    threads = [Comment(name, "x", Comment("Ada", "y")) for name in ("Ben", "Cleo", "Dan")]
    write_page("Talk:Bridges", Section("Plan", *threads))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada").text)
    answered = [line.text() for line in page.css("section[aria-labelledby=ta-answered] .person")]
    assert answered == ["Cleo", "Dan"]
    assert "Based on their latest 2 comments." in page.css(".partners")[0].text()


def test_of_very_many_pages_the_latest_are_listed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MOST_PAGES", 9)
    for number in range(10):
        write_page(f"Talk:{number}", Section("A", Comment("Ada", "x")))
    page = LexborHTMLParser(client.get("/author/examplewiki/Ada").text)
    assert len(page.css("section[aria-labelledby=ta-parts] li")) == 9
    assert (
        page.css("section[aria-labelledby=ta-parts] summary")[0].text() == "Show the latest 9 pages"
    )


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_page("Talk:Few", Section("A", Comment("Ada", "x")))
    for number in range(6):
        write_page(f"Talk:Many {number}", Section("A", *[Comment("Ben", "x") for _ in range(3)]))
    for name in ("Ada", "Ben"):
        with django_assert_max_num_queries(8):
            client.get(f"/author/examplewiki/{name}")


def test_an_unknown_author_is_told_plainly(client: Client) -> None:
    response = client.get("/author/examplewiki/Nobody")
    assert response.status_code == 404
    assert "Nobody" in response.text
