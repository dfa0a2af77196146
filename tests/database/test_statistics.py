"""What PostgreSQL's planner knows of an archive right after much was written to it."""

import logging
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from threads.database import refresh_statistics, statistics
from threads.export import FORMATS, Selection, load
from threads.ingest.reparsing import reparse_all
from threads.ingest.runs.parser_pool import ParserPool
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Comment, TalkPage, Wiki

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 80  # comments: more than what autovacuum leaves alone in the smallest table


def import_comments(title: str, count: int) -> None:
    signed = "[[User:Ada]] 10:00, 1 May 2019 (UTC)"
    text = "\n".join(f"* Lamp {number}. {signed}" for number in range(count))
    wiki, _new = Wiki.objects.get_or_create(dbname="lanternwiki")
    source = Source("given", [PageRevision(title, f"== Oil ==\n{text}")], 1)
    start_run(wiki, source)


def reparse_everything() -> None:
    Comment.objects.update(html="")
    for _page, outcome in reparse_all(TalkPage.objects.values_list("pk", flat=True), ParserPool()):
        assert not isinstance(outcome, Exception)


def load_everything() -> None:
    lines = b"".join(FORMATS["jsonl"].write(Selection())).splitlines(keepends=True)
    call_command("flush", interactive=False)
    load(lines, lambda _done: None)


def analyzed() -> int:
    """How many times the table of comments was, by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT analyze_count FROM pg_stat_user_tables WHERE relname = 'threads_comment'"
        )
        return int(cursor.fetchone()[0])


if connection.vendor == "postgresql":

    @pytest.mark.parametrize(
        "write", [lambda: import_comments("Talk:More", MANY), reparse_everything, load_everything]
    )
    def test_the_planner_knows_how_many_comments_there_are(write: Callable[[], None]) -> None:
        import_comments("Talk:Lamps", MANY)
        before = analyzed()
        write()
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'threads_comment'")
            (expected,) = cursor.fetchone()
        assert expected == Comment.objects.count() >= MANY
        assert analyzed() > before

    def test_tables_in_which_little_has_changed_are_left_alone() -> None:
        import_comments("Talk:Lamps", MANY)
        before = analyzed()
        import_comments("Talk:More", 1)
        assert analyzed() == before

    def test_what_fails_is_logged_and_left_to_autovacuum(
        monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(statistics, "_PATIENCE", "SET LOCAL lock_timeout = 'oil'")
        with caplog.at_level(logging.WARNING):
            import_comments("Talk:Lamps", MANY)
        assert "could not analyze" in caplog.text
        assert Comment.objects.count() == MANY

else:

    def test_nothing_is_asked_of_other_databases(
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_num_queries(0):
            refresh_statistics()
