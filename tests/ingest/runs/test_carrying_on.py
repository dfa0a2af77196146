"""Runs that end before their end: what is left then, and how they go on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from threads.edits import RevisionFacts
from threads.ingest.errors import RunTaken, SourceBroke
from threads.ingest.runs import recording, stream
from threads.ingest.runs.lifecycle import (
    COUNTED,
    ask_to_cancel,
    can_resume,
    hold,
    open_run,
    report,
)
from threads.ingest.runs.runner import carry_on, start_run
from threads.ingest.sources import PageRevision, Source, Unusable, registry
from threads.ingest.sources.kinds import SourceKind
from threads.models import Change, Comment, ImportItem, ImportRun, Revision, TalkPage, Wiki
from threads.models.runs.run import State
from threads.processes.recovery import is_interrupted
from threads.store import store_page as store_page_itself

Step = PageRevision | Unusable | Exception


def text(words: str) -> str:
    return f"== Lamps ==\n{words} [[User:Ada]] 10:00, 1 May 2019 (UTC)"


def revision(title: str, number: int, words: str = "Lit?", at: int = 0) -> PageRevision:
    day = datetime(2019, 5, 1, tzinfo=UTC) + timedelta(days=number)
    return PageRevision(title, text(words), number, day, at=at)


@dataclass
class Given:
    """A source that can be read again, and what was read of it."""

    steps: list[Step]
    read: list[str] = field(default_factory=list)

    def source(self, *_run: object) -> Source:
        return Source("given", self._stream(), len(self.steps), {"steps": len(self.steps)})

    def _stream(self) -> Iterator[PageRevision | Unusable]:
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            self.read.append(step.title)
            yield step


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Given]:
    def make(*steps: Step) -> Given:
        made = Given(list(steps))
        monkeypatch.setattr(registry, "KINDS", [SourceKind("given", "Given", made.source)])
        return made

    return make


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int | None]]:
    """Which revisions are stored, in their order."""
    seen: list[tuple[str, int | None]] = []
    store = store_page_itself

    def store_page(wiki: Wiki, parsed: Any, text: str, facts: RevisionFacts) -> Any:
        seen.append((parsed.title, facts.number))
        return store(wiki, parsed, text, facts)

    monkeypatch.setattr(recording, "store_page", store_page)
    return seen


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page in a batch of its own."""
    monkeypatch.setattr(stream, "PAGES", 1)


def test_what_came_before_a_source_broke_is_stored_and_the_rest_follows(
    wiki: Wiki, given: Callable[..., Given], stored: list[tuple[str, int | None]]
) -> None:
    source = given(
        revision("Talk:A", 1),
        revision("Talk:A", 2, "Out."),
        revision("Talk:B", 3),
        SourceBroke("cut"),
    )
    run = start_run(wiki, source.source())
    assert (run.state, run.log) == (State.FAILED, "cut\nPages already imported are kept.")
    assert stored == [("Talk:A", 1), ("Talk:A", 2), ("Talk:B", 3)]

    source.steps[3:] = [revision("Talk:B", 4, "Out."), revision("Talk:C", 5)]
    stored.clear()
    run = carry_on(ImportRun.objects.get())

    assert (run.state, run.log) == (State.DONE, "")
    assert stored == [("Talk:B", 4), ("Talk:C", 5)]
    assert [item.state for item in run.items.all()] == [State.DONE] * 3
    assert run.items.totals(["new", "changed", "unchanged"]) == {
        "new": 3,
        "changed": 2,
        "unchanged": 0,
    }


def test_a_page_with_history_adds_up_and_its_comments_know_their_first_revision(
    wiki: Wiki, given: Callable[..., Given]
) -> None:
    source = given(
        revision("Talk:A", 1), revision("Talk:A", 2, "Out."), revision("Talk:A", 3, "Lit.")
    )
    item = start_run(wiki, source.source()).items.get()

    assert item.state == State.DONE
    assert (item.counts["new"], item.counts["changed"], item.counts["unchanged"]) == (1, 2, 0)
    first = Comment.objects.get().first_revision
    assert first and first.number == 1
    assert Change.objects.count() == 2


def test_history_that_comes_in_late_is_told_in_its_order(
    wiki: Wiki, given: Callable[..., Given]
) -> None:
    start_run(wiki, given(revision("Talk:A", 3, "Lit.")).source())
    late = given(
        revision("Talk:A", 1), revision("Talk:A", 2, "Out."), revision("Talk:A", 3, "Lit.")
    )

    run = start_run(wiki, late.source())

    comment = Comment.objects.get()
    assert comment.text == "Lit."
    assert comment.first_revision and comment.first_revision.number == 1
    assert [change.text for change in comment.changes.order_by("revision__number")] == [
        "Lit?",
        "Out.",
    ]
    assert run.items.get().revision == Revision.objects.get(number=3)


def test_a_second_import_of_the_same_parses_and_stores_nothing(
    wiki: Wiki,
    given: Callable[..., Given],
    stored: list[tuple[str, int | None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = given(revision("Talk:A", 1), revision("Talk:B", 2))
    start_run(wiki, source.source())
    stored.clear()
    monkeypatch.setattr("threads.ingest.runs.parser_pool.parse_pages", None)

    run = start_run(wiki, source.source())

    assert (run.state, stored) == (State.DONE, [])
    assert run.items.totals(COUNTED)["unchanged"] == 2


def test_a_dry_run_tells_page_by_page_and_stores_nothing(
    wiki: Wiki, given: Callable[..., Given]
) -> None:
    start_run(wiki, given(revision("Talk:A", 1), revision("Talk:B", 2, "Ours.")).source())
    before = [list(kind.objects.values()) for kind in (TalkPage, Revision, Comment, Change)]
    source = given(
        revision("Talk:A", 3, "Lit!"),
        revision("Talk:A", 4, "Out."),
        PageRevision("Talk:B", "Nothing.", 5, datetime(2020, 1, 1, tzinfo=UTC)),
        revision("Talk:Archive", 6, "Ours."),
        revision("Talk:C", 7, "Theirs."),
        Unusable("Talk:D", "Redirect (skipped).", failed=False),
    )

    run = start_run(wiki, source.source(), dry=True)

    assert before == [list(kind.objects.values()) for kind in (TalkPage, Revision, Comment, Change)]
    told = {item.title: {n: c for n, c in item.counts.items() if c} for item in run.items.all()}
    assert told["Talk:A"] == {"changed": 1}
    assert told["Talk:B"]["left"] == 1
    assert "gone" not in told["Talk:B"]
    assert told["Talk:Archive"] == {"moved": 1}
    assert told["Talk:C"] == {"new": 1}
    assert run.items.states() == {State.DONE: 4, State.SKIPPED: 1}


@pytest.mark.usefixtures("one_by_one")
def test_a_run_is_cancelled_between_pages_and_goes_on_later(
    wiki: Wiki, given: Callable[..., Given], stored: list[tuple[str, int | None]]
) -> None:
    source = given(*(revision(f"Talk:{name}", number) for number, name in enumerate("ABC", 1)))

    run = start_run(wiki, source.source(), watch=lambda run, _item: ask_to_cancel(run))

    assert run.state == State.CANCELLED
    assert stored == [("Talk:A", 1), ("Talk:B", 2)], "the next page's transaction notices it"
    assert carry_on(run).state == State.DONE
    assert stored[2:] == [("Talk:C", 3)]


def test_a_run_that_waits_is_cancelled_at_once(wiki: Wiki) -> None:
    run = open_run(wiki, "given", {})

    ask_to_cancel(run)

    run.refresh_from_db()
    assert run.state == State.CANCELLED
    assert can_resume(run)


def test_a_failed_page_is_tried_again_when_the_run_goes_on(
    wiki: Wiki, given: Callable[..., Given], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = given(revision("Talk:A", 1), Unusable("Talk:B", "It has no text."))
    run = start_run(wiki, source.source())
    assert (run.state, run.items.get(title="Talk:B").log) == (State.FAILED, "It has no text.")

    source.steps[1] = revision("Talk:B", 2)
    run = carry_on(run)

    assert run.state == State.DONE
    assert run.items.get(title="Talk:B").log == ""


def test_a_run_that_is_held_is_nobody_elses(wiki: Wiki) -> None:
    run = open_run(wiki, "given", {})
    hold(run)

    with pytest.raises(RunTaken, match="is already running"):
        carry_on(ImportRun.objects.get())
    assert not can_resume(run)


@pytest.mark.parametrize(
    ("holder", "silent", "interrupted"),
    [
        ("{here} 4000000 key", 0, True),  # no process has such a number
        ("{here} {me} key", 0, False),
        ("{here} {me} key", 10, True),  # it is another process by now
        ("elsewhere 1 key", 1, False),
        ("elsewhere 1 key", 10, True),
    ],
)
def test_a_run_whose_process_ended_is_noticed(
    wiki: Wiki, holder: str, silent: int, interrupted: bool
) -> None:
    run = open_run(wiki, "given", {})
    hold(run)
    host, process, _key = run.holder.split()
    run.holder = holder.format(here=host, me=process)
    run.heartbeat = timezone.now() - timedelta(minutes=silent)

    assert is_interrupted(run) == can_resume(run) == interrupted


@pytest.mark.usefixtures("one_by_one")
def test_a_process_whose_run_was_taken_over_writes_nothing_more(
    wiki: Wiki, given: Callable[..., Given], stored: list[tuple[str, int | None]]
) -> None:
    def take_over(run: ImportRun, _item: ImportItem) -> None:
        ImportRun.objects.update(holder="elsewhere 1 key", heartbeat=timezone.now())

    source = given(revision("Talk:A", 1), revision("Talk:B", 2))
    run = start_run(wiki, source.source(), watch=take_over)

    assert "now run by another process" in run.log
    assert stored == [("Talk:A", 1)]
    assert ImportRun.objects.get().state == State.RUNNING, "it is the other one's to end"


def test_progress_is_told_with_the_sources_own_measure(
    wiki: Wiki, given: Callable[..., Given]
) -> None:
    seen: list[tuple[int, int | None]] = []
    source = given(revision("Talk:A", 1, at=70), revision("Talk:B", 2, at=140))

    start_run(
        wiki, source.source(), watch=lambda run, _item: seen.append((run.progress, run.total))
    )

    assert seen == [(70, 2), (140, 2)]
    run = ImportRun.objects.get()
    assert (run.progress, run.total) == (140, 2)
    report(run)
