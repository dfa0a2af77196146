"""The parser as a service."""

import json

import pytest
from django.test import Client
from pytest_django import Settings

from threads.api import parsing
from threads.http.limits import Limit
from threads.models import TalkPage
from threads.wikitext import parse_page
from threads.wikitext.as_json import page_as_json, value_as_json

pytestmark = pytest.mark.django_db
TEXT = """== Oil ==
Whale? [[User:Ada]] 10:00, 1 May 2019 (UTC)
:Yes. [[User:B]] 11:00, 1 May 2019 (UTC)"""
TOKEN = "the-token"
PAGE = {"title": "Talk:Lamps", "text": TEXT}


def send(client: Client, page: object, token: str = TOKEN) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.post("/api/v1/parse", page, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


@pytest.fixture
def _on(settings: Settings) -> None:
    settings.PARSE_TOKEN = TOKEN


@pytest.mark.usefixtures("_on")
def test_a_page_is_parsed_as_an_import_does_and_not_kept(client: Client) -> None:
    status, found = send(client, PAGE)

    expected = page_as_json(parse_page(TEXT, title="Talk:Lamps"))
    assert (status, found) == (200, json.loads(json.dumps(expected, default=value_as_json)))
    assert not TalkPage.objects.exists()


def test_it_is_off_by_default(client: Client) -> None:
    for token in ("", "x", TOKEN):
        status, found = send(client, PAGE, token)
        assert (status, found["code"]) == (401, "unauthorized")


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize("token", ["", "x", "the-token2", "ä"])
def test_another_token_is_refused(client: Client, token: str) -> None:
    assert send(client, PAGE, token)[0] == 401


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize(
    ("page", "status"),
    [
        ({"title": "", "text": "x"}, 422),
        ({"text": "x"}, 422),
        ({**PAGE, "language": "xx-none"}, 422),
        ({**PAGE, "timezone": "Nowhere"}, 422),
        ({**PAGE, "text": "\ud800"}, 422),
        ([], 422),
    ],
)
def test_what_cannot_be_parsed_is_refused(client: Client, page: object, status: int) -> None:
    found = send(client, page)
    assert (found[0], found[1]["code"]) == (status, "invalid-parameter")


@pytest.mark.usefixtures("_on")
def test_what_is_too_large_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "LARGEST", 20)
    assert send(client, PAGE)[1]["code"] == "too-large"


@pytest.mark.usefixtures("_on")
def test_broken_json_is_refused(client: Client) -> None:
    status, found = send(client, "{")
    assert (status, found["code"]) == (400, "invalid-request")


@pytest.mark.usefixtures("_on")
def test_only_so_many_pages_are_parsed_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "ONE", Limit(at_once=1, waiting=-1))
    assert send(client, PAGE)[1]["code"] == "unavailable"
