"""Everything with which to point at a comment: links, citations, quotes."""

import json

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.views.writing import Comment, Section, write_page, write_wiki
from threads import models

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def write(text: str, *, author: str = "Ada", heading: str = "Plan") -> str:
    """A page with one comment; gives the address of what can be cited of it."""
    wiki = write_wiki(name="Example Wiki", server="https://example.org")
    page = write_page("Talk:Bridges", Section(heading, Comment(author, text)), wiki=wiki)
    models.Revision.objects.filter(page=page).update(number=123)
    return f"/cite/examplewiki/{models.Comment.objects.get().ident}"


def test_a_comment_has_its_links(client: Client) -> None:
    html = client.get(write("Why?")).text

    assert (
        'value="http://testserver/comment/c-Ada-2019-04-11T02:56:00.000Z-Plan" dir="auto">' in html
    )
    assert "https://example.org/wiki/Talk:Bridges#c-Ada-2019-04-11T02:56:00.000Z-Plan" in html
    assert (
        "[[Talk:Bridges#c-Ada-2019-04-11T02:56:00.000Z-Plan|Ada, 02:56, 2019-04-11 (UTC)]]" in html
    )


def test_a_format_that_there_is_not_is_not_answered_with_a_page(client: Client) -> None:
    assert client.get(write("Why?"), {"format": "ris"}).status_code == 404


def test_htmx_gets_them_alone(client: Client) -> None:
    where = write("Why?")
    assert "<html" in client.get(where).text
    response = client.get(where, headers=HTMX)
    assert response.text.startswith('<div class="cite">')
    assert "HX-Request" in response.headers["Vary"]


def test_a_citation_names_author_time_place_revision_and_licence(client: Client) -> None:
    html = client.get(write("Why?")).text

    assert "Ada: Comment in topic “Plan”, 02:56, 11 April 2019 (UTC)." in html
    assert "“Talk:Bridges”, Example Wiki, revision 123." in html
    assert "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/." in html


def test_bibtex_is_a_file(client: Client) -> None:
    where = write("Why?", author="A_da {x}", heading="50% & more")
    response = client.get(where, {"format": "bibtex"})

    assert response.headers["Content-Disposition"].endswith('.bib"')
    assert r"author = {{A\_da \{x\}}}," in response.text
    assert r"title = {Comment in topic “50\% \& more”}," in response.text
    assert "year = {2019}," in response.text
    assert "revision 123" in response.text
    assert response.text.count("{") == response.text.count("}")


def test_csl_is_a_file_that_reference_managers_read(client: Client) -> None:
    response = client.get(write("Why?"), {"format": "csl"})
    (item,) = json.loads(response.content)

    assert response.headers["Content-Disposition"].endswith('.json"')
    assert item["author"] == [{"literal": "Ada"}]
    assert item["issued"] == {"date-parts": [[2019, 4, 11]]}
    assert item["container-title"] == "Talk:Bridges"
    assert item["version"] == "123"
    assert item["license"].startswith("CC BY-SA")


def test_a_line_is_quoted_within_a_line_and_as_a_block(client: Client) -> None:
    html = client.get(write("Don't ask")).text

    assert "{{tq|1=Don&#x27;t ask}} — [[Talk:Bridges#c-Ada" in html
    assert "&lt;blockquote&gt;\nDon&#x27;t ask\n&lt;/blockquote&gt;" in html


def test_paragraphs_are_quoted_as_a_block_alone(client: Client) -> None:
    html = client.get(write("One\n\nTwo")).text

    assert "{{tq" not in html
    assert "&lt;blockquote&gt;\nOne\n\nTwo\n&lt;/blockquote&gt;" in html


def test_a_quote_cannot_be_markup_on_the_wiki(client: Client) -> None:
    html = client.get(write("* {{x|y}} [[z]] ~~~~ ''i'' &amp;amp;")).text
    (tq,) = [line for line in html.splitlines() if "{{tq" in line]
    quoted = tq.split("{{tq|1=")[1].split("}} —")[0]

    assert not set("{}[]|~*") & set(quoted)
    assert "&amp;#38;amp;" in quoted
    assert "&#x27;&#x27;" not in quoted


def test_a_link_survives_what_would_end_it(client: Client) -> None:
    html = client.get(write("Why?", heading="[a]|{b}")).text

    assert "Plan" not in html
    assert "-%5Ba%5D%7C%7Bb%7D|Ada," in html


def test_a_comment_of_a_wiki_that_is_nowhere_is_cited_by_its_permanent_link(client: Client) -> None:
    where = write("Why?")
    models.Wiki.objects.update(server="")
    html = client.get(where).text

    assert "Link to the comment on the wiki" not in html
    assert "http://testserver/comment/c-Ada-2019-04-11T02:56:00.000Z-Plan. CC BY-SA 4.0" in html
    assert "Archived:" not in html


def test_an_unknown_comment_is_not_found(client: Client) -> None:
    where = write("Why?")
    assert client.get(where + "x").status_code == 404
    assert client.get(where.replace("example", "other")).status_code == 404


def test_a_menu_is_three_queries_beside_that_for_the_state(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    where = write("Why?")
    with django_assert_num_queries(4):
        client.get(where, headers=HTMX)
