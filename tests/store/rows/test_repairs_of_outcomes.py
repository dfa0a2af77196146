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
