"""Positions and decisions, as programs are answered."""

from typing import Any

import pytest
from django.test import Client

from tests.views.kept_pages import store
from threads.models import Wiki

pytestmark = pytest.mark.django_db
TOPIC = (
    "== Lamp ==\n"
    "Clean it? [[User:Ada]] 10:00, {day} May 2019 (UTC)\n"
    ": '''Keep''' it. [[User:Cem]] 10:30, {day} May 2019 (UTC)\n"
    ": {{{{done}}}} [[User:Ben]] 11:00, {day} May 2019 (UTC)\n"
)


@pytest.fixture(autouse=True)
def _archive(db: None) -> None:
    store(TOPIC.format(day=1) + TOPIC.format(day=2).replace("Lamp", "Bell"))


def ask(client: Client, path: str, **parameters: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_decisions_of_a_wiki_come_with_the_newest_comment_first(client: Client) -> None:
    answer = ask(client, "wikis/lanternwiki/decisions", limit=1)
    assert [each["text"] for each in answer["decisions"]] == ["Bell"]
    further = ask(client, "wikis/lanternwiki/decisions", limit=1, **answer["continue"])
    (lamp,) = further["decisions"]
    assert "continue" not in further
    assert (lamp["outcome"], lamp["by"], lamp["sources"]) == ("Done", "Ben", ["template"])
    assert lamp["when"] == "2019-05-01T11:00:00Z"
    assert lamp["url"].startswith("http://testserver/wiki/lanternwiki/Talk:Lamps#h-Lamp")


def test_they_are_narrowed(client: Client) -> None:
    assert ask(client, "wikis/lanternwiki/decisions", by="Nobody")["decisions"] == []
    assert len(ask(client, "wikis/lanternwiki/decisions", year="2019")["decisions"]) == 2


def test_threads_tell_positions_and_decisions(client: Client) -> None:
    rows = ask(client, "wikis/lanternwiki/threads/Talk:Lamps", form="rows")["threaditems"]
    assert rows[0]["decision"]["by"] == "Ben"
    assert [row["stance"] and row["stance"]["word"] for row in rows[1:4]] == [None, "Keep", None]


def test_what_is_switched_off_is_not_told(client: Client) -> None:
    Wiki.objects.update(positions_shown=False, decisions_shown=False)
    assert ask(client, "wikis/lanternwiki/decisions") == {"decisions": []}
    rows = ask(client, "wikis/lanternwiki/threads/Talk:Lamps", form="rows")["threaditems"]
    assert {row.get("decision") or row.get("stance") for row in rows} == {None}


def test_a_key_that_is_none_is_refused(client: Client) -> None:
    assert client.get("/api/v1/wikis/lanternwiki/decisions?after=9").status_code == 404


@pytest.mark.parametrize("query", ["year=soon", "year=0", "year=20195", "source=nonsense"])
def test_a_filter_that_means_nothing_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/wikis/lanternwiki/decisions?{query}")
    assert answer.status_code == 422
    assert query.partition("=")[0] in answer.text


def test_they_are_narrowed_by_what_they_were_detected_from(client: Client) -> None:
    assert len(ask(client, "wikis/lanternwiki/decisions", source="template")["decisions"]) == 2
    assert ask(client, "wikis/lanternwiki/decisions", source="comment")["decisions"] == []
