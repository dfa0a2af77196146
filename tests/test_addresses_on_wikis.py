"""Where wikis and their pages are found on the web."""

import pytest

from threads.models import TalkPage, Wiki


@pytest.fixture
def page() -> TalkPage:
    wiki = Wiki(dbname="lanternwiki", server="https://lantern.example.org")
    return TalkPage(wiki=wiki, title="Talk:Harbour lights")


def test_a_page_knows_its_addresses_on_the_wiki(page: TalkPage) -> None:
    assert page.url_on_wiki == "https://lantern.example.org/wiki/Talk:Harbour_lights"
    assert page.wiki.edit_url_for(page.title, 3) == (
        "https://lantern.example.org/w/index.php?title=Talk%3AHarbour_lights&action=edit&section=3"
    )


def test_a_page_whose_title_another_one_has_is_found_by_its_number_on_the_wiki(
    page: TalkPage,
) -> None:
    page.title = "Talk:Harbour lights [page 7]"

    address = "https://lantern.example.org/w/index.php?curid=7"
    assert page.url_on_wiki == "https://lantern.example.org/wiki/Special:Redirect/page/7"
    assert page.wiki.history_url_for(page.title) == f"{address}&action=history"
    assert page.wiki.edit_url_for(page.title, 3) == f"{address}&action=edit&section=3"
    page.title = "Talk:Harbour lights [earlier page 3]"
    assert page.url_on_wiki == page.wiki.history_url_for(page.title) == ""


def test_a_wiki_without_address_gives_no_links() -> None:
    wiki = Wiki(dbname="lanternwiki")

    assert (wiki.url_for("A"), wiki.edit_url_for("A", 1), wiki.history_url_for("A")) == ("", "", "")
