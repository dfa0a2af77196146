"""Several rules on one thing, made and undone in any order: what one of them hides stays hidden,
and all comes back when the last is undone."""

import itertools

import pytest
from django.test import Client

from threads.export.lines import encode
from threads.export.takedowns import takedowns
from threads.models import Author, Comment, PrivacyRule, Revision, TalkPage, Wiki
from threads.privacy import (
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
)

from .archive import NAME, hold, lines, page_called, undo, where_is
from .crowd import LOOKED_FOR, import_crowd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once", "sums_are_right")]


def told() -> list[str]:
    """The archive without the records of imports, which have the titles of pages that were gone,
    and without sections: of those that have left a page, not all come back."""
    of = tuple(f'{{"type":"{kind}"' for kind in ("page", "revision", "comment", "repair", "change"))
    return [line for line in lines() if line.startswith(of)]


@pytest.mark.any_database
def test_a_page_comes_back_without_what_was_hidden_while_it_was_gone(wiki: Wiki) -> None:
    import_crowd(wiki)
    before = told()
    for kind in ("rename", "alias", "mask", "comment", "comment and its author"):
        words, made = LOOKED_FOR[kind]
        rule = made(wiki)
        gone = [hold(take_down_page(page)) for page in TalkPage.objects.order_by("pk")]
        hold(rule)
        for each in gone:
            undo(each)
        left = [(table, value[:99]) for table, value in where_is(words)]
        assert [each for each in left if "importitem" not in each[0]] == [], kind
        undo(rule)
        assert told() == before, kind


@pytest.mark.any_database
def test_a_version_and_its_page_come_back_in_any_order(wiki: Wiki) -> None:
    before = told()
    for number, page_first in itertools.product((14, 22), (True, False)):
        of_version = hold(take_down_revision(Revision.objects.get(number=number)))
        if number == 14:  # of the only one of its page, the rule takes down the page as well
            hold(take_down_page(page_called("Talk:Plan")))
        of_page = PrivacyRule.objects.active().get(kind="page")
        for rule in (of_page, of_version) if page_first else (of_version, of_page):
            undo(rule)
        assert told() == before, (number, page_first)


def test_what_exports_list_has_no_name_that_is_hidden_by_a_later_rule(wiki: Wiki) -> None:
    hers = Comment.objects.current().get(text__startswith="The zymurgy", page__title="Talk:Plan")
    hold(take_down_comment(hers, hide_author=True))
    hold(rename(Author.objects.get(name=NAME), "Zephyrine"))
    hold(rename(Author.objects.get(name="Zephyrine"), "Author 7", "alias"))
    listed = "".join(encode(line).decode() for line in takedowns())
    assert "Zephyrine" not in listed and "Marigold" not in listed
    assert where_is(["zephyrine"]) == []


def test_who_signed_is_not_told_by_versions_that_were_saved_at_other_times(wiki: Wiki) -> None:
    hers = Comment.objects.current().get(text__startswith="The zymurgy", page__title="Talk:Plan")
    versions = Revision.objects.filter(page__title="Talk:Plan")
    assert set(versions.filter(user=NAME).values_list("number", flat=True)) == {11, 12}
    hold(take_down_comment(hers, hide_author=True))
    assert not versions.filter(user=NAME).exists()
    answer = Client().get("/api/v1/wikis/lanternwiki/revisions/Talk:Plan").json()
    assert [each["user"] for each in answer["revisions"]] == ["Cyd", "Ben", None, None]
