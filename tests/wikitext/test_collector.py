"""Reading a page leaves nothing to Python's garbage collector, which rests meanwhile."""

import gc
from collections.abc import Iterator

import pytest

from threads.wikitext import parse_page, pipeline

from .cases import Case, load


@pytest.fixture
def collector_off() -> Iterator[None]:
    """It is on again after the test; what was there before, it does not look through."""
    gc.disable()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    gc.enable()


def left_over(case: Case) -> int:
    """How many objects only the collector can find, after a page is read and forgotten."""
    case.parse()  # what is made once for all pages is made now
    gc.collect()
    case.parse()
    return gc.collect()


@pytest.mark.usefixtures("collector_off")
def test_all_that_a_page_was_read_with_goes_with_it() -> None:
    assert [str(case) for case in load() if left_over(case)] == []


def test_the_collector_rests_while_a_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    running = []
    monkeypatch.setattr(
        "threads.wikitext.STAGES", [lambda page: running.append(gc.isenabled()), *pipeline.STAGES]
    )
    parse_page("Lamps", title="Talk:Lamps")
    assert running == [False]
    assert gc.isenabled()


@pytest.mark.usefixtures("collector_off")
def test_a_collector_that_was_off_stays_off() -> None:
    parse_page("Lamps", title="Talk:Lamps")
    assert not gc.isenabled()


def test_the_collector_runs_again_when_reading_has_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(page: object) -> None:
        raise MemoryError

    monkeypatch.setattr("threads.wikitext.STAGES", [fail])
    with pytest.raises(MemoryError):
        parse_page("Lamps", title="Talk:Lamps")
    assert gc.isenabled()
