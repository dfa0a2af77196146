"""What comes in while a reader looks is new to them afterwards, whoever was done first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from threads.models import Comment, Wiki
from threads.store import read_text, store_page

SLOW, QUICK = "slowwiki", "quickwiki"  # each import has the sums of its own wiki


def store(dbname: str, text: str) -> None:
    wiki = Wiki.objects.get(dbname=dbname)
    signed = f"{text} [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    store_page(wiki, read_text(wiki, f"Talk:{text}", signed), signed)


def store_elsewhere(dbname: str, text: str) -> None:
    """By another connection."""
    try:
        store(dbname, text)
    finally:
        connection.close()


def visit() -> tuple[int, list[str]]:
    """By another connection: what a reader's browser keeps, and what stands there."""
    try:
        return Comment.objects.latest_key(), added_after(0)
    finally:
        connection.close()


def added_after(key: int) -> list[str]:
    added = Comment.objects.current().order_by("pk").arrived_after(key)
    return [comment.text.split(".")[0] for comment in added]


if connection.vendor == "postgresql":  # on SQLite, one connection writes at a time

    @pytest.mark.django_db(transaction=True)
    def test_a_visit_between_two_imports_misses_nothing_of_the_one_that_is_done_last() -> None:
        for dbname in (SLOW, QUICK):
            Wiki.objects.create(dbname=dbname)
        store(QUICK, "Early.")
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            store(SLOW, "Slow.")
            pool.submit(store_elsewhere, QUICK, "Quick.").result()
            key, seen = pool.submit(visit).result()

        assert seen == ["Early", "Quick"]
        assert added_after(key) == ["Slow", "Quick"]
        assert added_after(Comment.objects.latest_key()) == []
