"""A reply in the making: a form, a preview, and the wikitext to carry to the wiki."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from threads.compose import LONGEST
from threads.models import Comment, Wiki
from threads.store import store_page
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db

TIME = "10:08, 21 June 2019 (UTC)"
PAGE = f"""== Lamps ==
Which lamps of [[Talk:Lamps]]? [[User:Ada]] {TIME}
: The old ones. [[User:Ben]] {TIME}

== Oil ==
None. [[User:Cem]] {TIME}
"""
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def wiki() -> Wiki:
    wiki = Wiki.objects.create(dbname="lanternwiki", server="https://lantern.example")
    store_page(wiki, parse_page(PAGE, title="Talk:Lamps", language="en", timezone="UTC"), PAGE)
    return wiki


def address(author: str) -> str:
    return f"/reply/lanternwiki/{Comment.objects.get(author__name=author).ident}"


def test_the_form_is_a_page_with_the_comment(client: Client) -> None:
    html = client.get(address("Ada")).text

    assert "<html" in html
    assert "Which lamps of" in html
    assert 'name="body"' in html
    assert "Your reply to <bdi>Ada</bdi>" in html


def test_htmx_gets_the_form_alone(client: Client) -> None:
    response = client.get(address("Ada"), headers=HTMX)

    assert response.text.startswith("<form")
    assert "Which lamps" not in response.text
    assert "HX-Request" in response.headers["Vary"]


def test_a_reply_is_shown_with_its_wikitext_and_its_place(client: Client) -> None:
    html = client.post(address("Ada"), {"body": "The ''new'' ones.", "mention": "on"}).text

    assert "<i>new</i>" in html
    assert ": @[[User:Ada|Ada]]: The &#x27;&#x27;new&#x27;&#x27; ones. ~~~~</textarea>" in html
    assert "line 3" in html
    assert f": The old ones. [[User:Ben]] {TIME}</code>" in html
    assert "https://lantern.example/w/index.php?title=Talk%3ALamps&amp;action=edit" in html
    assert "section=1" in html


def test_a_page_without_javascript_keeps_what_was_written(client: Client) -> None:
    html = client.post(address("Ada"), {"body": "Bright </textarea>", "mention": "on"}).text

    assert ">Bright &lt;/textarea&gt;</textarea>" in html
    assert "checked" in html


def test_htmx_gets_the_reply_alone(client: Client) -> None:
    html = client.post(address("Cem"), {"body": "Some."}, headers=HTMX).text

    assert "<form" not in html
    assert ": Some. ~~~~" in html


def test_links_in_the_preview_lead_where_they_would_on_the_page(client: Client) -> None:
    html = client.post(address("Cem"), {"body": "[[#Oil]] [[Talk:Oil]]"}, headers=HTMX).text

    assert 'href="/wiki/lanternwiki/Talk:Lamps#h-Oil-' in html
    assert 'href="https://lantern.example/wiki/Talk:Oil"' in html


def test_what_list_marks_would_tear_apart_is_said(client: Client) -> None:
    said = "do not work in an indented reply"
    assert said in client.post(address("Cem"), {"body": "{|\n| a\n|}"}, headers=HTMX).text
    assert said not in client.post(address("Cem"), {"body": "a"}, headers=HTMX).text


def test_markup_of_a_reply_is_no_markup_of_ours(client: Client) -> None:
    html = client.post(address("Cem"), {"body": "<script>x</script> <b onclick=x>y</b>"}).text

    assert "<script>x" not in html
    assert "onclick=x>" not in html


@pytest.mark.parametrize(
    ("body", "said"),
    [("  ", "start writing"), ("x" * (LONGEST + 1), "characters long. The limit is")],
)
def test_nothing_and_too_much_are_not_previewed(client: Client, body: str, said: str) -> None:
    html = client.post(address("Cem"), {"body": body}, headers=HTMX).text

    assert said in html
    assert "~~~~" not in html


def test_a_comment_that_left_its_page_cannot_be_answered(client: Client, wiki: Wiki) -> None:
    where = address("Cem")
    text = PAGE[: PAGE.index("== Oil")]
    store_page(wiki, parse_page(text, title="Talk:Lamps", language="en", timezone="UTC"), text)

    assert client.get(where).headers["Location"] == where.replace("reply/lanternwiki", "comment")


@pytest.mark.parametrize("ident", ["c-Nobody", "%00"])
def test_an_unknown_comment_is_not_found(client: Client, ident: str) -> None:
    assert client.get(f"/reply/lanternwiki/{ident}").status_code == 404


def test_a_foreign_site_cannot_post(wiki: Wiki) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address("Cem"), {"body": "x"}).status_code == 403


def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    where = address("Ada")
    for body, queries in (("Plain.", 6), ("[[Talk:Oil#A]] [[#c-Nobody]] [[#Oil]]", 7)):
        with django_assert_num_queries(queries):
            client.post(where, {"body": body})
