"""Feeds tell whoever reads them that a comment has been taken down."""

from time import struct_time

import feedparser
import pytest
from django.test import Client

from threads.models import Comment, Wiki
from threads.privacy import take_down_comment

from .archive import NAME, hold, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once")]


def updates() -> dict[str, struct_time]:
    """When each entry was updated, by its id."""
    feed = feedparser.parse(Client().get("/feed/").content)
    return {entry.id: entry.updated_parsed for entry in feed.entries}


@pytest.mark.parametrize("hide_author", [False, True])
def test_entries_are_updated_when_their_comments_are_taken_down(
    wiki: Wiki, hide_author: bool
) -> None:
    before = updates()
    hers = Comment.objects.current().filter(author__name=NAME)
    hidden = hers.get(text__startswith="The zymurgy", page__title="Talk:Plan")

    rule = hold(take_down_comment(hidden, hide_author=hide_author))

    later = {ident for ident, when in updates().items() if when > before[ident]}
    taken = Comment.objects.current().filter(text__startswith="This comment was taken down")
    assert 0 < len(later) == taken.count() < len(before)
    undo(rule)
    assert updates() == before
