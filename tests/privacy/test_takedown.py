"""Nothing is left of what was taken down, wherever one looks; and all of it comes back."""

import pytest

from threads.models import Author, Comment, Wiki
from threads.privacy import apply_rule, rename, take_down_comment, undo_rule

from .archive import NAME, NAMED, SAID, hold, import_again, lines, make_archive, where_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def wiki(sums_are_right: None) -> Wiki:
    return make_archive()


def comment_of_hers() -> Comment:
    return Comment.objects.current().get(text__startswith="The zymurgy", page__title="Talk:Plan")


def discussions(told: list[str]) -> list[str]:
    """Of an archive's lines, those of the export: all but records of imports."""
    return [line for line in told if line.startswith("{")]


def test_the_archive_has_them_everywhere(wiki: Wiki) -> None:
    tables = {table for table, _value in where_is(NAMED)}
    assert {"threads_author", "threads_comment", "threads_section", "threads_repair"} <= tables
    assert {table for table, _value in where_is(SAID)} >= {"threads_comment", "threads_change"}


def test_nothing_is_left_of_a_name(wiki: Wiki) -> None:
    hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    assert where_is(NAMED) == []
    before = lines()
    import_again(wiki)
    assert where_is(NAMED) == []
    assert discussions(lines()) == discussions(before)


def test_nothing_is_left_of_a_comments_words(wiki: Wiki) -> None:
    hold(take_down_comment(comment_of_hers()))
    assert where_is(SAID) == []
    before = lines()
    import_again(wiki)
    assert where_is(SAID) == []
    assert discussions(lines()) == discussions(before)


def test_what_was_renamed_comes_back(wiki: Wiki) -> None:
    before = lines()
    rule = hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    undo_rule(rule)
    apply_rule(rule)
    assert lines() == before


def test_a_comment_that_was_taken_down_comes_back(wiki: Wiki) -> None:
    before = lines()
    rule = hold(take_down_comment(comment_of_hers()))
    undo_rule(rule)
    apply_rule(rule)
    assert lines() == before
