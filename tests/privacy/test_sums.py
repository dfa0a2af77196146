"""What pages show of many rows is right while a rule holds, and after it was undone."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from tests.upgrades.archive import make_archive
from threads.models import Author, CollectionTopic, Comment, PrivacyRule, Revision, TalkPage
from threads.privacy import (
    apply_rule,
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
    undo_rule,
)

from .archive import hold

pytestmark = pytest.mark.django_db
RULES: dict[str, Callable[[], PrivacyRule]] = {
    "rename": lambda: rename(Author.objects.get(name="Ben"), "Renamed user 7"),
    "comment": lambda: take_down_comment(Comment.objects.get(text__startswith="Boats")),
    "revision": lambda: take_down_revision(Revision.objects.get(number=12)),
    "page": lambda: take_down_page(TalkPage.objects.get(title="Talk:Answers/2023")),
}


@pytest.fixture(scope="module")
def archive_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """That of upgrades, which has a collection."""
    with made_once(make_archive, django_db_blocker):
        yield


@pytest.mark.parametrize("kind", RULES)
def test_sums_are_right_under_a_rule_and_without_it(archive_once: None, kind: str) -> None:
    before = list(CollectionTopic.objects.values_list())
    assert before, "a page of the collection has a decided topic"
    rule = hold(RULES[kind]())
    call_command("recount", "--check")
    undo_rule(rule)
    apply_rule(rule)
    call_command("recount", "--check")
    assert list(CollectionTopic.objects.values_list()) == before
