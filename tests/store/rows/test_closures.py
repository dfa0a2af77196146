"""Closed discussions, as the store keeps them."""

from tests.store.conftest import Store
from threads.models import Section

ASK = "Keep or sell? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
LARK = "[[User:Lark]] 12:00, 2 May 2019 (UTC)"
OPEN = f"== Lamps ==\n{ASK}== Keepers ==\nWho? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"


def closed(words: str) -> str:
    top = f"{{{{archive top|status=done|result={words} {LARK}}}}}\n"
    return OPEN.replace(ASK, f"{top}{ASK}{{{{archive bottom}}}}\n")


def section(heading: str) -> Section:
    return Section.objects.current().get(heading=heading)


def test_a_section_keeps_how_it_was_closed(store: Store) -> None:
    store(closed("Keep both."))
    assert section("Lamps").closures == [
        {
            "by": "Lark",
            "when": "2019-05-02T12:00:00Z",
            "words": "Keep both.",
            "status": "done",
            "source": "template",
        }
    ]
    assert section("Keepers").closures == []


def test_what_cannot_be_told_is_kept_as_empty(store: Store) -> None:
    store(OPEN.replace(ASK, f"{{{{archive top}}}}\n{ASK}{{{{archive bottom}}}}\n"))
    untold = dict.fromkeys(("by", "when", "words", "status"), "")
    assert section("Lamps").closures == [untold | {"source": "template"}]


def test_other_words_change_the_section_in_place(store: Store) -> None:
    store(closed("Keep both."))
    before = section("Lamps").pk
    store(closed("Sell both."))
    assert section("Lamps").pk == before
    assert [closure["words"] for closure in section("Lamps").closures] == ["Sell both."]


def test_a_discussion_may_be_closed_and_opened_again(store: Store) -> None:
    store(OPEN)
    before = section("Lamps").pk
    store(closed("Keep both."))
    assert (section("Lamps").pk, len(section("Lamps").closures)) == (before, 1)
    store(OPEN + "\n")
    assert (section("Lamps").pk, section("Lamps").closures) == (before, [])
