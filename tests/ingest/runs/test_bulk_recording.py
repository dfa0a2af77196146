"""New pages of a run: stored together, each as whole or untouched as by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from threads.ingest.runs import bulk_recording, recording, stream
from threads.ingest.runs.lifecycle import ask_to_cancel
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source, Unusable
from threads.models import ImportItem, ImportRun, TalkPage, Wiki
from threads.models.runs.run import State
from threads.store import store_new_pages, store_page

TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The titles that are stored together, batch by batch."""
    seen: list[list[str]] = []

    def store(wiki: Wiki, pages: Any) -> Any:
        seen.append([page.parsed.title for page in pages])
        return store_new_pages(wiki, pages)

    monkeypatch.setattr(bulk_recording, "store_new_pages", store)
    return seen


def page(title: str, number: int = 0, text: str = TEXT) -> PageRevision:
    return PageRevision(f"Talk:{title}", text, page_number=number or None)


def source(*steps: PageRevision | Unusable) -> Source:
    return Source("given", steps)


def test_new_pages_are_stored_together_as_they_stand_between_known_ones(
    wiki: Wiki, together: list[list[str]]
) -> None:
    start_run(wiki, source(page("Known", 5)))

    run = start_run(
        wiki,
        source(
            page("A", 1),
            Unusable("Talk:Gone", "Redirect (skipped).", failed=False),
            page("B", 2),
            page("Known", 5, f"{TEXT} Now."),
            page("C", 3),
            page("D", 4),
            page("Moved", 5),
            page("E", 6),
            page("History", 7),
            page("History", 7, "Other."),
        ),
    )

    assert together == [["Talk:A", "Talk:B"], ["Talk:C", "Talk:D"]]
    assert run.items.states() == {State.DONE: 8, State.SKIPPED: 1}
    assert run.items.get(title="Talk:B").counts["moved"] == 1
    assert not TalkPage.objects.filter(title="Talk:Known").exists(), "it was moved"


def test_pages_that_cannot_be_stored_together_are_stored_one_by_one(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise DatabaseError("not now")

    monkeypatch.setattr(bulk_recording, "store_new_pages", fail)

    run = start_run(wiki, source(page("A"), page("B"), page("C")))

    assert run.state == State.DONE
    assert TalkPage.objects.count() == 3


def test_a_bad_page_among_new_ones_fails_alone_with_its_log(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(store: Callable[..., Any]) -> Callable[..., Any]:
        def store_or_fail(wiki: Wiki, what: Any, *text: str, **facts: Any) -> Any:
            stored = store(wiki, what, *text, **facts)
            if TalkPage.objects.filter(title="Talk:B").exists():
                raise RuntimeError("the lamp broke")
            return stored

        return store_or_fail

    monkeypatch.setattr(bulk_recording, "store_new_pages", failing(store_new_pages))
    monkeypatch.setattr(recording, "store_page", failing(store_page))

    run = start_run(wiki, source(page("A"), page("B"), page("C")))

    assert run.items.states() == {State.DONE: 2, State.FAILED: 1}
    assert "the lamp broke" in run.items.get(title="Talk:B").log
    assert set(TalkPage.objects.values_list("title", flat=True)) == {"Talk:A", "Talk:C"}


def test_a_batch_is_full_by_its_pages_or_its_characters(
    wiki: Wiki, together: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "PAGES", 3)
    monkeypatch.setattr(stream, "CHARACTERS", 3 * len(TEXT))
    long = page("Long", text=TEXT + "\n" * 2 * len(TEXT))

    start_run(wiki, source(*map(page, "ABCDE"), long, *map(page, "FG")))

    assert [len(titles) for titles in together] == [3, 3, 2]


def test_a_run_is_cancelled_after_the_pages_that_are_stored_together(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "PAGES", 2)
    told: list[str] = []

    def watch(run: ImportRun, item: ImportItem) -> None:
        told.append(item.title)
        ask_to_cancel(run)

    run = start_run(wiki, source(*map(page, "ABCDEF")), watch=watch)

    assert run.state == State.CANCELLED
    assert told == ["Talk:A", "Talk:B", "Talk:C", "Talk:D"], "noticed by the second batch"
    assert TalkPage.objects.count() == len(told)
