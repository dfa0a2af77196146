"""Positions of a topic, as readers are told of them."""

from urllib.parse import unquote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.views.kept_pages import HERE, store
from threads.models import Wiki

pytestmark = pytest.mark.django_db


def vote(words: str, name: str, day: int = 1, marks: str = "*") -> str:
    return f"{marks} {words} [[User:{name}]] 10:00, {day} May 2019 (UTC)\n"


ASK = "Sell the lamp? [[User:Ada]] 09:00, 1 May 2019 (UTC)\n"
VOTES = [
    vote("'''Keep''' it.", "Ben"),
    vote("'''Strong delete'''", "Cem", 2),
    vote("'''Delete'''", "Dov", 3),
]
TOPIC = f"== Lamp ==\n{ASK}{''.join(VOTES)}"


def page(client: Client, text: str, **query: str) -> LexborHTMLParser:
    language = Wiki.objects.values_list("language", flat=True).first() or "en"
    store(text, language=language)
    response = client.get(HERE, query)
    return LexborHTMLParser(b"".join(response) if response.streaming else response.content)


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_a_topic_of_three_people_tells_what_was_detected(client: Client) -> None:
    tree = page(client, TOPIC)
    (line,) = words(tree, ".positions summary")
    told = "Positions, at least: 2 delete, 1 keep (3 participants) Detected from the wikitext"
    assert line == told


def test_it_opens_to_who_in_which_words_with_a_link(client: Client) -> None:
    tree = page(client, TOPIC)
    assert words(tree, ".positions p:not(.mark)") == ["2 delete", "1 keep"]
    first = tree.css_first(".positions ul")
    assert first is not None
    links = [(link.text().strip(), link.attributes["href"]) for link in first.css("li a")]
    assert [text for text, _href in links] == ["Cem", "Strong delete", "Dov", "Delete"]
    address, _hash, ident = str(links[1][1]).partition("#")
    assert ident.startswith("c-Cem-2019")
    (wanted,) = LexborHTMLParser(client.get(address).text).css(".comment.is-wanted")
    assert wanted.attributes["id"] == unquote(ident)


def test_two_people_are_not_counted_but_marked(client: Client) -> None:
    tree = page(client, f"== Lamp ==\n{ASK}{VOTES[0]}{VOTES[1]}")
    assert tree.css_first(".positions") is None
    assert words(tree, ".position") == [
        "Detected position: Keep",
        "Detected position: Strong delete",
    ]


def test_keep_and_support_are_told_apart(client: Client) -> None:
    tree = page(client, TOPIC + vote("'''Support'''", "Eve", 4))
    assert words(tree, ".positions summary b") == ["2 delete", "1 keep", "1 support"]


def test_what_does_not_count_stands_apart_with_its_reason(client: Client) -> None:
    tree = page(
        client,
        TOPIC + vote("<s>'''Keep'''</s>", "Eve", 4) + vote("'''Keep'''", "Dov", 5),
    )
    (line,) = words(tree, ".positions summary")
    assert "2 keep, 1 delete, 2 not counted (3 participants)" in line
    aside = words(tree, ".positions .is-set-aside li")
    assert aside == ["Dov Delete (changed later)", "Eve Keep (struck out)"]


def test_other_words_are_shown_as_written(client: Client) -> None:
    tree = page(client, TOPIC + vote("'''Yes'''", "Eve", 4))
    assert words(tree, ".positions summary b")[-1] == "1 “Yes”"


def test_nothing_is_said_of_a_winner(client: Client) -> None:
    (told,) = words(page(client, TOPIC), ".positions")
    assert "%" not in told
    assert "consensus" not in told.lower()


def test_a_choice_of_comments_is_not_counted(client: Client) -> None:
    assert page(client, TOPIC, author="Dov").css_first(".positions") is None
    assert page(client, TOPIC, view="time").css_first(".positions") is None


def test_positions_can_be_switched_off_for_a_wiki(client: Client) -> None:
    store(TOPIC)
    Wiki.objects.update(positions_shown=False)
    tree = page(client, TOPIC)
    assert tree.css_first(".positions, .position") is None


def test_a_language_whose_words_nobody_checked_is_off_until_it_is_switched_on(
    client: Client,
) -> None:
    Wiki.objects.create(dbname="lanternwiki", server="https://wiki.example", language="nl")
    signed = "[[Gebruiker:{}]] 1 mei 2019 10:00 (UTC)"
    votes = "".join(f"* {{{{voor}}}} {signed.format(name)}\n" for name in ("Ada", "Ben", "Cem"))
    text = f"== Lamp ==\n{votes}"
    assert page(client, text).css_first(".positions, .position") is None
    Wiki.objects.update(positions_shown=True)
    assert words(page(client, text), ".positions summary b") == ["3 support"]
