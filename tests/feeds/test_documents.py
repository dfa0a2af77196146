"""A feed's comments in documents, one behind the other, by RFC 5005."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.views.writing import Comment, Section, write_page
from threads import models
from threads.presentation.streams import parts
from threads.store import count_collection

from .documents import document, every_document, ids, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(db: None) -> list[str]:
    """Sixty comments on three pages, some at the same time; gives their texts, the newest first."""
    begin = datetime(2019, 1, 1, tzinfo=UTC)
    for page in range(3):
        comments = [
            Comment("Ada", f"lamp {number}", at=begin + timedelta(hours=number // 2))
            for number in range(page, 60, 3)
        ]
        write_page(f"Talk:{page}", Section("A", *comments))
    collection = models.Collection.objects.create(slug="all", title="All")
    collection.pages.set(models.TalkPage.objects.all())
    count_collection(collection)
    rows = models.Comment.objects.order_by("-timestamp", "-pk")
    return [row.text for row in rows]


@pytest.mark.parametrize(
    "address",
    [
        "/feed/",
        "/feed/wiki/examplewiki/",
        "/feed/author/examplewiki/Ada",
        "/feed/collection/all/",
        "/feed/search?q=lamp",
        "/feed/watch/?page=examplewiki%2FTalk%3A0&person=Ada",
        "/feed/watch/?page=examplewiki%2FTalk%3A0&page=examplewiki%2FTalk%3A1"
        "&page=examplewiki%2FTalk%3A2",
    ],
)
def test_a_feed_has_all_comments_in_archive_documents(
    client: Client, many: list[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(parts, "FEWEST", 4)
    monkeypatch.setattr(parts, "EVERY", 5)

    documents = every_document(client, address)

    texts = [entry.content[0].value for each in documents for entry in each.entries]
    assert texts == [f"<p>{text}</p>" for text in many]
    assert len(documents) > 3
    assert len({each.feed.id for each in documents}) == 1
    assert [("fh_archive" in each.feed) for each in documents] == [False] + [True] * (
        len(documents) - 1
    )
    assert all(linked(each, "current") == address for each in documents)
    assert all(linked(each, "next") == linked(each, "prev-archive") for each in documents)


def test_archive_documents_stay_when_something_is_said(
    client: Client, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FEWEST", 3)
    monkeypatch.setattr(parts, "EVERY", 4)
    before = documents_by_address(client)
    assert len(before) > 6
    for day in range(1, 4):
        at = datetime(2020, 1, day, tzinfo=UTC)
        write_page(f"Talk:New {day}", Section("A", Comment("Ben", "x", at=at)))
        lost = before.items() - documents_by_address(client).items()
        assert len(lost) <= len(before) / 3


def documents_by_address(client: Client) -> dict[str, tuple[str, ...]]:
    """The entries of each archive document of all comments."""
    behind = every_document(client, "/feed/")[1:]
    return {linked(each, "self"): tuple(ids([each])) for each in behind}


def test_a_feed_that_has_all_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write_page("Talk:A", Section("A", *[Comment("Ada", "x") for _ in range(8)]))
    assert "fh_complete" in document(client, "/feed/").feed
    monkeypatch.setattr(parts, "FEWEST", 2)
    monkeypatch.setattr(parts, "EVERY", 2)
    assert not any("fh_complete" in each.feed for each in every_document(client, "/feed/"))
