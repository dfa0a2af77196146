"""What editors set right of detected positions and decisions."""

import pytest
from django.utils import timezone

from tests.store.conftest import Store
from threads.models import DecidedTopic, Section

from .test_repairs import PAGE, by, repair

pytestmark = pytest.mark.django_db
VOTES = (
    "== Lamps ==\nSell one? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
    ": '''Keep''' both. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
    ": {{done}} so. [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
)
CLOSED = (
    "== Lamps ==\n{{archive top|status=done|result=Keep both. "
    "[[User:Lark]] 12:00, 2 May 2019 (UTC)}}\n"
    "Sell one? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n{{archive bottom}}\n"
    "== Oil ==\nBuy some? [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
    ": {{done}} so. [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
    ": And paid. [[User:Dag]] 09:00, 3 May 2019 (UTC)\n"
)


def test_a_position_is_what_an_editor_says_or_none(store: Store) -> None:
    store(VOTES)
    made = repair("Ben", "position", stance="")
    store(VOTES)
    assert by("Ben").stance is None
    repair("Ada", "position", stance="oppose", word="Sell one?")
    store(VOTES)
    assert by("Ada").stance == {
        "stance": "oppose",
        "word": "Sell one?",
        "status": "",
        "source": "editor",
    }
    made.undone_at = timezone.now()
    made.save()
    store(VOTES)
    assert (by("Ben").stance or {})["word"] == "Keep"


def test_a_decision_that_is_none_is_removed_with_its_place_in_the_register(store: Store) -> None:
    store(VOTES)
    assert DecidedTopic.objects.count() == 1
    repair("Cem", "decision")
    store(VOTES)
    assert Section.objects.current().get(heading="Lamps").decision is None
    assert not DecidedTopic.objects.exists()


def test_where_nothing_was_decided_nothing_can_be_removed(store: Store) -> None:
    store(PAGE)
    repair("Cem", "decision")
    assert "no decision is detected for its topic" in store(PAGE).remarks[0]


def test_what_a_comment_closed_and_decided_is_by_its_corrected_author(store: Store) -> None:
    store(CLOSED)
    repair("Lark", "author", author="Dot")
    repair("Cem", "author", author="Eve")
    store(CLOSED)
    lamps, oil = (Section.objects.current().get(heading=each) for each in ("Lamps", "Oil"))
    assert [each["by"] for each in lamps.closures] == ["Dot"]
    assert (lamps.decision or {})["by"] == "Dot"
    assert (oil.decision or {})["by"] == "Eve"
    assert set(DecidedTopic.objects.values_list("by__name", flat=True)) == {"Dot", "Eve"}


def test_what_was_merged_is_decided_by_the_whole(store: Store) -> None:
    store(CLOSED)
    repair("Dag", "join", **{"with": by("Cem").ident, "words": ""})
    store(CLOSED)
    decision = Section.objects.current().get(heading="Oil").decision or {}
    assert (decision["by"], decision["when"]) == ("Dag", "2019-05-03T09:00:00Z")
    assert decision["comment"] == by("Dag").ident
