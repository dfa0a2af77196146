"""What holds for every request of a program: limits, other origins, problems, methods."""

import time

import pytest
from django.test import Client, override_settings
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.views.writing import Comment, Section, write_page
from threads.api import gate
from threads.api.problems import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "allowance", gate.Allowance())


@pytest.fixture
def at_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_000_000_010.0)


@pytest.mark.usefixtures("at_one_time")
def test_a_client_may_ask_so_often_in_a_minute(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_REQUESTS = 2
    told = [client.get("/api/v1/wikis") for _ in range(3)]

    assert [each.status_code for each in told] == [200, 200, 429]
    assert [each.headers["RateLimit-Remaining"] for each in told] == ["1", "0", "0"]
    assert {each.headers["RateLimit-Limit"] for each in told} == {"2"}
    assert told[2].json()["code"] == "too-many-requests"
    assert told[2].headers["Retry-After"] == told[2].headers["RateLimit-Reset"] == "10"
    assert client.get("/api/v1/wikis", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: 1_000_000_020.0)
    assert client.get("/api/v1/wikis").status_code == 200


def test_any_number_may_be_asked_where_the_settings_say_so(client: Client) -> None:
    with override_settings(API_REQUESTS=0):
        answer = client.get("/api/v1/wikis")
    assert "RateLimit-Limit" not in answer.headers


def test_scripts_of_any_site_may_ask(client: Client) -> None:
    answer = client.get("/api/v1/wikis", headers={"Origin": "https://a.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    before = client.options("/api/v1/wikis")
    assert before.status_code == 204
    assert "GET" in before.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in before.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("wikis/nowiki", 404, "not-found"),
        ("wikis/nowiki/pages", 404, "not-found"),
        ("wikis/examplewiki/page/Talk:None", 404, "not-found"),
        ("wikis/examplewiki/threads/Talk:A?topic=x", 404, "not-found"),
        ("wikis/examplewiki/threads/Talk:A?form=x", 422, "invalid-parameter"),
        ("comments/none", 404, "not-found"),
        ("permalink?url=none", 404, "not-found"),
        ("nothing/there", 404, "not-found"),
        ("comments?after=x", 404, "not-found"),
        ("comments?limit=501", 422, "invalid-parameter"),
        ("search", 422, "invalid-parameter"),
    ],
)
def test_what_goes_wrong_is_a_problem(client: Client, address: str, status: int, code: str) -> None:
    write_page("Talk:A", Section("A", Comment("Ada", "x")))
    answer = client.get(f"/api/v1/{address}")

    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["type"] == f"/api/v1/#{code}"
    assert client.head(f"/api/v1/{address}").content == b""


def test_a_problem_names_the_parameter(client: Client) -> None:
    (error,) = client.get("/api/v1/comments?limit=x").json()["errors"]
    assert error["parameter"] == "limit"


def test_nothing_is_written(client: Client) -> None:
    answer = client.post("/api/v1/wikis")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_a_nul_is_no_other_error(client: Client) -> None:
    assert client.get("/api/v1/comments?wiki=%00").status_code == 404
    assert client.get("/api/v1/wikis/metawiki/page/%00").status_code == 404


def test_the_page_describes_every_request_and_problem(client: Client) -> None:
    html = LexborHTMLParser(client.get("/api/v1/").text)
    text = html.body.text() if html.body else ""
    schema = client.get("/api/v1/openapi.json").json()

    assert all(path in text for path in schema["paths"])
    names = {node.attributes["id"] for node in html.css("[id]")}
    assert {kind.code for kind in KINDS} <= names
    links = {str(node.attributes["href"]) for node in html.css("main a[href^='#']")}
    assert {link[1:] for link in links} <= names
    assert not html.css("main script")


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/openapi.json"])
def test_a_description_that_is_known_is_not_sent_again(client: Client, address: str) -> None:
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
