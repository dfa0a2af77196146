"""Titles of talk pages: their addresses, and what they say."""

import pytest
from django.test import Client

from tests.views.markup import check_markup
from tests.views.tags import tags_on_one_line
from tests.views.writing import Comment, Section, write_page
from threads import models

pytestmark = pytest.mark.django_db

ADDRESS = "/wiki/examplewiki/Talk:Bridges"


def read(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return tags_on_one_line(response.content.decode())


def test_the_title_is_a_path_with_links_to_what_is_below_each_part(client: Client) -> None:
    write_page("Talk:Bridges/2019/Costs")
    html = read(client, ADDRESS + "/2019/Costs")
    tree = "/wiki/examplewiki/?under=Talk%3ABridges"
    assert f'<a class="way" href="{tree}">Talk:Bridges</a>' in html
    assert f'<a class="way" href="{tree}%2F2019">2019</a>' in html
    assert '<span class="title">Costs</span>' in html


@pytest.mark.parametrize(
    "title",
    ["Talk:A/B/C", "Talk:Who? #1 50% & <b>", "שיחה:שותפויות", "Talk:..", "Talk:A//B/", 'Talk:"x"'],
)
def test_any_title_can_be_addressed(client: Client, title: str) -> None:
    page = write_page(title, Section("Plan", Comment("Ada", "x")))
    html = read(client, page.get_absolute_url())
    assert "<b>" not in html
    check_markup(html)


def test_blanks_in_an_address_become_underscores(client: Client) -> None:
    write_page("Talk:Old bridges")
    response = client.get("/wiki/examplewiki/Talk:Old%20bridges?comment=a%20b")
    assert response.status_code == 301
    assert response["Location"] == "/wiki/examplewiki/Talk:Old_bridges?comment=a%20b"


@pytest.mark.parametrize("address", [ADDRESS, "/wiki/nowiki/Talk:X", "/wiki/x/%00", "/nothing"])
def test_an_unknown_page_is_told_plainly(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def test_the_title_of_a_page_before_it_was_moved_leads_to_it(client: Client) -> None:
    page = write_page("Talk:Old bridges")
    models.FormerTitle.objects.create(wiki=page.wiki, title="Talk:Bridges/Now é", page=page)
    response = client.get(f"{ADDRESS}/Now_%C3%A9?comment=c-a%20b")
    assert response.status_code == 301
    assert response["Location"] == "/wiki/examplewiki/Talk:Old_bridges?comment=c-a%20b"


def test_any_name_of_a_namespace_leads_to_the_wikis_own(client: Client) -> None:
    page = write_page("Diskussion:Brücken")
    models.Wiki.objects.filter(pk=page.wiki_id).update(language="de")

    response = client.get("/wiki/examplewiki/talk:br%C3%BCcken?as_of=2019")

    assert response.status_code == 301
    assert response["Location"] == f"{page.get_absolute_url()}?as_of=2019"
    assert client.get("/wiki/examplewiki/Talk:Tunnel").status_code == 404


def test_a_page_that_has_a_title_now_wins_over_one_that_had_it(client: Client) -> None:
    write_page("Talk:Bridges", Section("Here now", Comment("Ada", "x")))
    page = write_page("Talk:Old bridges")
    models.FormerTitle.objects.create(wiki=page.wiki, title="Talk:Bridges", page=page)
    assert "Here now" in read(client)


def test_old_links_to_a_heading_find_it(client: Client) -> None:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "x")))
    former = ["h-Old_plan", "Old_plan", "ta-main", 'a"b']
    models.Section.objects.update(former_ids=former)
    ids = check_markup(read(client)).ids
    assert {"h-Plan", "h-Old_plan", "Old_plan", 'a"b'} <= set(ids)
