"""Positions and decisions, as the store keeps them, and the register of decided topics."""

import pytest
from django.core.management import CommandError, call_command

from tests.store.conftest import TITLE, Store
from threads.ingest.repairing import make_repair
from threads.models import Comment, DecidedTopic, Section, TalkPage, Wiki
from threads.store import NewPage, delete_pages, store_new_pages
from threads.wikitext import parse_page

ASK = "Clean the lamp? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
DONE = ":{{done}} [[User:Ben]] 11:00, 2 May 2019 (UTC)\n"
KEEP = "* '''Keep''' [[User:Cem]] 12:00, 3 May 2019 (UTC)\n"
TEXT = f"== Lamp ==\n{ASK}{DONE}{KEEP}== Oil ==\n{ASK}"


def register() -> list[tuple[object, ...]]:
    topics = DecidedTopic.objects.select_related("section", "by")
    return [
        (topic.section.heading, topic.source, topic.by and topic.by.name, topic.year, topic.last_at)
        for topic in topics
    ]


def last_at(name: str) -> object:
    return Comment.objects.current().get(author__name=name).timestamp


def test_a_section_keeps_its_decision_and_the_register_has_it(store: Store) -> None:
    store(TEXT)
    lamp = Section.objects.get(heading="Lamp")
    assert lamp.decision == {
        "outcome": "Done",
        "by": "Ben",
        "when": "2019-05-02T11:00:00Z",
        "comment": Comment.objects.get(author__name="Ben").ident,
        "sources": ["template"],
    }
    assert Section.objects.get(heading="Oil").decision is None
    assert register() == [("Lamp", "template", "Ben", 2019, last_at("Cem"))]


def test_a_comment_keeps_its_position(store: Store) -> None:
    store(TEXT)
    assert Comment.objects.get(author__name="Cem").stance == {
        "stance": "keep",
        "word": "Keep",
        "status": "",
        "source": "bold",
    }
    assert Comment.objects.get(author__name="Ben").stance is None


def test_the_register_follows_the_page(store: Store) -> None:
    store(f"== Lamp ==\n{ASK}")
    assert register() == []
    store(TEXT)
    assert [topic[0] for topic in register()] == ["Lamp"]
    store(TEXT.replace(KEEP, ""))
    assert register() == [("Lamp", "template", "Ben", 2019, last_at("Ben"))]
    store(f"== Lamp ==\n{ASK}")
    assert register() == []


def test_a_page_that_is_stored_again_as_it_was_changes_nothing(store: Store) -> None:
    store(TEXT)
    before = list(DecidedTopic.objects.values())
    store(TEXT)
    assert list(DecidedTopic.objects.values()) == before


def test_new_pages_at_once_come_as_one_by_one(wiki: Wiki, store: Store) -> None:
    pages = [NewPage(parse_page(TEXT, title=title), TEXT) for title in (TITLE, "Talk:Other")]
    store_new_pages(wiki, pages)
    at_once = [list(DecidedTopic.objects.values_list("source", "year", "last_at", "by__name"))]
    stances = list(Comment.objects.order_by("pk").values_list("stance", flat=True))
    delete_pages(TalkPage.objects.all())
    assert register() == []
    for title in (TITLE, "Talk:Other"):
        store(TEXT, title=title)
    one_by_one = [list(DecidedTopic.objects.values_list("source", "year", "last_at", "by__name"))]
    assert at_once == one_by_one
    assert list(Comment.objects.order_by("pk").values_list("stance", flat=True)) == stances


def test_a_recount_mends_the_register(store: Store) -> None:
    store(TEXT)
    right = list(DecidedTopic.objects.values())
    DecidedTopic.objects.update(year=1999)
    with pytest.raises(CommandError):
        call_command("recount", check=True)
    call_command("recount")
    assert list(DecidedTopic.objects.values()) == right
    call_command("recount", check=True)


def test_an_author_who_is_corrected_takes_the_position_along(store: Store) -> None:
    twice = KEEP + "* '''Delete''' [[User:Dov]] 12:00, 4 May 2019 (UTC)\n"
    store(f"== Lamp ==\n{ASK}{twice}")
    dov = Comment.objects.get(author__name="Dov")
    make_repair(dov, "author", {"author": "Cem"}, note="", user=None)
    statuses = Comment.objects.current().filter(author__name="Cem").order_by("timestamp")
    assert [(comment.stance or {})["status"] for comment in statuses] == ["changed", ""]
