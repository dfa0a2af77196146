"""Narrowing a search by fields, controls and facets; and what is said of what is not understood."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.once import rows_once
from tests.views.searching import notes, one, results, said, text_of, write_archive
from tests.views.writing import Comment, Section, write_page
from threads import models
from threads.store import store_page
from threads.wikitext import parse_page

pytestmark = pytest.mark.django_db


archive_once = rows_once(write_archive)


def test_facets_have_counts_and_narrow_and_are_taken_off_again(client: Client) -> None:
    html = results(client, "interns")
    facets = {text_of(li): one(li, "a").attributes["href"] for li in html.css(".facets li")}

    assert facets["James Salsman 2"] == "/search?q=interns+author%3A%22James+Salsman%22"
    assert facets["2019 2"] == "/search?q=interns+after%3A2019+before%3A2020"
    narrowed = LexborHTMLParser(client.get(facets["James Salsman 2"]).text)
    assert len(narrowed.css(".hit")) == 2
    off = one(narrowed, ".narrowed a")
    assert text_of(off) == 'author:"James Salsman" ×'
    assert off.attributes["href"] == "/search?q=interns"


def test_pages_narrow_where_their_titles_part(client: Client) -> None:
    def pages(typed: str) -> list[str]:
        facets = results(client, typed).css(".facets section")
        (found,) = [each for each in facets if text_of(each.css_first("h3")) == "Pages"]
        return [text_of(li) for li in found.css("li")]

    assert pages("after:2000") == ["Talk:Strategy 6", "Diskussion:Brücken 1"]
    assert pages("page:Talk:Strategy") == ["Talk:Strategy/Roles 4", "Talk:Strategy/Products 2"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"never closed', "has no closing quotation mark"),
        ("l* lamps", "“l*” was searched as a whole word"),
        ("lamps before:soon", "“soon” is not a valid date"),
        ("lamps wiki:metawikki", "There is no wiki named “metawikki”"),
        ("lamps wiki:metawikki", "Did you mean: metawiki"),
        ("interns author:James_Salzman", "There is no author named “James Salzman”"),
        ("interns author:James_Salzman", "Did you mean: James Salsman"),
        ("interns -author:Nobody", "There is no author named “Nobody”. The filter was ignored"),
        ("lamps in:nowhere", "There is no collection with the slug “nowhere”"),
        ("lamps topic:xyzzy", "There is no topic with “xyzzy”"),
        ("lamps lang:xx", "with the language “xx”"),
        ("lamps is:open", "“is:open” is not a valid filter"),
        ("author: Ada", "“author:” has no value"),
        ("inter", "No comment contains the word “inter”. Showing words that start with it."),
        ("?!", "Enter at least one word"),
        ("lamps " * 100 + "x" * 200, "The query is too long"),
    ],
)
def test_what_is_not_understood_is_explained(client: Client, typed: str, words: str) -> None:
    assert words in notes(client, typed)


def test_the_beginning_of_a_word_is_searched_only_where_nothing_has_the_word(
    client: Client,
) -> None:
    assert len(said(client, "inter")) == 3
    assert said(client, "lamp") == ["An old lamp."]
    assert notes(client, "lamp") == ""
    assert notes(client, "lamp interns") == ""


def test_an_index_that_is_being_filled_is_told_of(client: Client) -> None:
    assert "still being built" not in notes(client, "lamp")
    models.SearchState.objects.create()
    assert "still being built" in notes(client, "lamp")


def test_the_box_and_the_controls_show_the_same(client: Client) -> None:
    html = results(client, 'interns author:"Ada Lee" wiki:metawiki after:2019')

    assert one(html, "[name=q]").attributes["value"] == (
        'interns author:"Ada Lee" wiki:metawiki after:2019'
    )
    assert one(html, "[name=author]").attributes["value"] == "Ada Lee"
    assert one(html, "[name=after]").attributes["value"] == "2019"
    assert text_of(html.css_first("[name=wiki] [selected]")) == "Meta-Wiki"


def test_a_sent_form_leads_to_the_query_in_its_one_form(client: Client) -> None:
    shown = 'interns author:"Ada Lee"'
    form = {
        "q": shown,
        "shown": shown,
        "author": "James Salsman",
        "wiki": "metawiki",
        "order": "best",
    }

    answer = client.get("/search", form)

    assert answer.headers["Location"] == "/search?" + urlencode(
        {"q": 'interns author:"James Salsman" wiki:metawiki', "order": "best"}
    )
    assert len(said(client, 'interns author:"James Salsman" wiki:metawiki', order="best")) == 2


def test_an_address_of_an_older_form_still_narrows(client: Client) -> None:
    answer = client.get("/search", {"q": "lam*", "wiki": "dewiki"}, follow=True)

    assert "Öl für <mark>Lampen</mark>" in answer.text


def test_a_collection_can_be_searched(client: Client) -> None:
    models.Collection.objects.create(slug="small", title="Small").pages.add(
        models.TalkPage.objects.get(title="Talk:Strategy/Products")
    )

    assert said(client, "lamps in:small") == ["New lamps!"]
    assert said(client, "interns in:small") == []


@pytest.mark.parametrize(
    "typed",
    [
        "What did Salsman say about interns in 2019?",
        "Was sagte Salsman im Jahre 2019 über die interns",
        "Qu'a dit Salsman sur les interns en 2019 ?",
        "¿Qué dijo Salsman sobre los interns en 2019?",
        "ماذا قال Salsman عن interns في 2019؟",
        "Salsman 在2019年说了什么关于interns的",
        "Salsman在2019年说了什么",
    ],
)
def test_a_sentence_asks_for_what_it_is_about(client: Client, typed: str) -> None:
    assert said(client, typed)[-1:] == ["We should pay interns."]
    assert "Salsman" in notes(client, typed)
    assert "in comments, names and years" in notes(client, typed)
    assert "No comment contains the word" not in notes(client, typed)


def test_a_sentence_that_is_found_as_it_stands_is_left_as_it_is(client: Client) -> None:
    write_page("Talk:Y", Section("A", Comment("Eve", "what did he say about it in all")))

    assert notes(client, "what did he say about it") == ""
    assert len(said(client, "what did he say about it")) == 1


@pytest.mark.parametrize("typed", ["salsman 2017", "salsman lamps", "2017 interns"])
def test_a_person_and_a_year_are_no_words_that_nothing_has(client: Client, typed: str) -> None:
    assert said(client, typed) == []
    assert notes(client, typed) == ""


def test_a_page_that_is_not_there_is_told_with_titles_like_it(client: Client) -> None:
    words = notes(client, "interns page:Talk:Strategy/Role")

    assert "There is no page titled “Talk:Strategy/Role”" in words
    assert "Did you mean: Talk:Strategy/Roles" in words
    assert "No page" not in notes(client, "interns page:Talk:Strategy")
    assert "Talk:Strategy/Roles" in notes(client, "interns page:roles")
    assert "no page titled" in notes(client, "interns -page:Nowhere")


def test_a_page_that_was_moved_is_searched_by_its_old_title_and_that_is_told(
    client: Client,
) -> None:
    page = models.TalkPage.objects.get(title="Talk:Strategy/Roles")
    models.FormerTitle.objects.create(wiki=page.wiki, title="Talk:Plan/Roles", page=page)

    for typed in ("salsman page:Talk:Plan/Roles", "salsman page:talk:Plan/Roles"):
        assert said(client, typed) == said(client, f"salsman page:{page.title}") != []
        told = f"is now titled “{page.title}”. Comments on that page were searched."
        assert told in notes(client, typed)
    assert notes(client, f"salsman page:{page.title}") == ""


def test_a_topic_is_searched_by_an_earlier_heading_and_that_is_told(client: Client) -> None:
    text = "== {} ==\nBright lamps. [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    wiki = models.Wiki.objects.create(dbname="lanternwiki")
    for heading in ("Whale oil", "What burns best"):
        store_page(wiki, parse_page(text.format(heading), title="Talk:Lamps"), text.format(heading))

    assert said(client, 'bright topic:"whale oil"') == said(client, "bright") != []
    told = "is now titled “What burns best”. Comments in that topic were searched."
    assert told in notes(client, 'bright topic:"whale oil"')
    assert said(client, 'bright -topic:"whale oil"') == []
    assert notes(client, "bright topic:burns") == ""
    assert "no topic" in notes(client, "bright topic:train-oil")


def test_collections_can_be_chosen_where_there_are_any(client: Client) -> None:
    assert not results(client, "lamps").css("[name=in]")
    models.Collection.objects.create(slug="small", title="Small things")

    html = results(client, "lamps in:small")

    assert [text_of(each) for each in html.css("select[name=in] option")] == ["All", "Small things"]
    assert text_of(one(html, "select[name=in] [selected]")) == "Small things"
    assert one(results(client, "lamps in:other"), "[name=in]")


def test_a_filter_that_was_ignored_is_not_shown_as_one(client: Client) -> None:
    ignored = "lang:xx wiki:nosuch in:nowhere is:open after:soon page:Talk:None topic:xyzzy"
    html = results(client, f"lamps {ignored} author:Ada")
    assert [text_of(each) for each in html.css(".narrowed bdi")] == ["author:Ada"]
    assert one(html, "[name=shown]").attributes["value"] == "lamps author:Ada"
    chosen = [text_of(each) for each in html.css("select[name]:not([name=order]) [selected]")]
    assert set(chosen) <= {"All"}
    assert "lang:xx" in (one(html, "[name=q]").attributes["value"] or "")
