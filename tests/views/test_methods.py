"""Which methods addresses take, and what is answered to requests that are not accepted."""

import logging
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.signals import got_request_exception
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from threads.models import Comment as StoredComment

from .writing import Comment, Section, write_page

pytestmark = pytest.mark.django_db

WRITING = {"correct", "reply"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")


def reading_patterns() -> Iterator[URLPattern]:
    """Every address of the reader."""
    for included in get_resolver().url_patterns:
        if isinstance(included, URLResolver) and str(included.pattern) == "":
            yield from (each for each in included.url_patterns if isinstance(each, URLPattern))


def address(pattern: URLPattern) -> str:
    """An address that a pattern matches; there need not be anything at it."""
    text = str(pattern.pattern)
    for place, converter in pattern.pattern.converters.items():
        kind = [part for part in text.split("<") if part.split(">")[0].endswith(f":{place}")]
        assert kind, converter
        value = "1" if kind[0].startswith("int:") else "x"
        text = text.replace(f"<{kind[0].split('>')[0]}>", value)
    return f"/{text}"


EACH_PATTERN = pytest.mark.parametrize(
    "pattern", list(reading_patterns()), ids=lambda pattern: pattern.name
)


@pytest.fixture
def strict() -> Client:
    """A client that is treated as a browser is, whose forms need a token."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.any_database
@EACH_PATTERN
@pytest.mark.parametrize("method", UNSAFE)
def test_an_address_that_is_read_refuses_what_would_write(
    strict: Client, pattern: URLPattern, method: str
) -> None:
    response = strict.generic(method, address(pattern))
    if pattern.name in WRITING and method == "POST":
        assert response.status_code == 403
        return
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    assert ("POST" in response.headers["Allow"]) == (pattern.name in WRITING)
    assert method in response.text


@pytest.mark.any_database
@EACH_PATTERN
def test_an_address_says_which_methods_it_takes(client: Client, pattern: URLPattern) -> None:
    response = client.options(address(pattern))
    assert (response.status_code, response.content) == (204, b"")
    assert ("POST" in response.headers["Allow"]) == (pattern.name in WRITING)


@EACH_PATTERN
def test_head_is_answered_as_get_is_without_a_body(client: Client, pattern: URLPattern) -> None:
    told = {"X-Request-ID": "the-same"}
    got = client.get(address(pattern), headers=told)
    asked = client.head(address(pattern), headers=told)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["Content-Length"] == got.headers["Content-Length"]
    of_this_second = {"Expires"}
    for name in (asked.headers.keys() | got.headers.keys()) - of_this_second:
        assert asked.headers.get(name) == got.headers.get(name), name


def test_head_finds_out_whether_what_is_known_has_changed(client: Client) -> None:
    known = client.get("/").headers["ETag"]
    assert client.head("/", headers={"If-None-Match": known}).status_code == 304
    assert client.head("/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_of_a_static_file_has_the_length_of_what_get_sends(
    client: Client, encoding: str
) -> None:
    file = "/static/django_htmx/htmx-2.min.js"
    with closing(client.get(file, headers={"Accept-Encoding": encoding})) as got:
        sent = got.getvalue()
    with closing(client.head(file, headers={"Accept-Encoding": encoding})) as asked:
        assert asked.getvalue() == b""
    # Django hides the length of what it packs behind up to 100 bytes.
    assert abs(int(asked.headers["Content-Length"]) - len(sent)) <= 100
    assert asked.headers.get("Content-Encoding") == got.headers.get("Content-Encoding")


def test_an_error_has_no_body_for_head(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr("threads.views.archive.home.shelves", fail)
    client.raise_request_exception = False
    got_request_exception.disconnect(client.store_exc_info)
    response = client.head("/")
    assert (response.status_code, response.content) == (500, b"")
    assert int(response.headers["Content-Length"]) > 1000


@pytest.fixture
def reply_address() -> str:
    write_page("Talk:Bridges", Section("Plan", Comment("Ada", "Why?")))
    return f"/reply/examplewiki/{StoredComment.objects.get().ident}"


def test_a_form_without_token_says_what_to_do(strict: Client, reply_address: str) -> None:
    response = strict.post(reply_address, {"body": "So."})
    assert response.status_code == 403
    assert "This form was not accepted" in response.text
    assert "reload the page" in response.text
    assert "cookies" in response.text
    assert "masthead" in response.text
    assert "csrfmiddlewaretoken" not in response.text


def test_a_form_of_the_archives_own_is_accepted(strict: Client, reply_address: str) -> None:
    strict.get(reply_address)
    token = strict.cookies["csrftoken"].value
    answer = strict.post(reply_address, {"body": "So.", "csrfmiddlewaretoken": token})
    assert answer.status_code == 200


def test_the_operator_is_told_of_the_setting_for_origins(
    strict: Client, reply_address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        strict.post(reply_address, {"body": "x"}, headers={"Origin": "https://talk.example.org"})
    assert "'https://talk.example.org'" in caplog.text
    assert "CSRF_TRUSTED_ORIGINS" in caplog.text


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        (b"body=" + b"x" * 2000, "application/x-www-form-urlencoded", 413, "exceeds the limit"),
        (b"&".join([b"a=b"] * 30), "application/x-www-form-urlencoded", 400, "too many fields"),
        (b"not multipart", "multipart/form-data", 400, "could not be read"),
        (b"not multipart", "multipart/form-data; boundary=\xff", 400, "could not be read"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 403, "reload"),
        (b"", "application/x-www-form-urlencoded; charset=no-such", 403, "reload"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_in_words(
    strict: Client, reply_address: str, body: bytes, kind: str, status: int, said: str
) -> None:
    strict.get(reply_address)
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000, DATA_UPLOAD_MAX_NUMBER_FIELDS=20):
        response = strict.generic("POST", reply_address, body, content_type=kind)
    assert response.status_code == status
    assert said in response.text
    assert "masthead" in response.text


@pytest.mark.parametrize("host", ["evil.example", "a b", "", "[::1", "127.0.0.1:x", "x" * 5000])
def test_a_host_that_is_not_the_archives_is_refused_in_words(client: Client, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert "does not use this host name" in response.text
