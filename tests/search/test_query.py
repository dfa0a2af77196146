"""What somebody types into a search box."""

import pytest

from threads.search.query import Phrase, Query, read_query


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("Lamp oil", [Phrase(("lamp",)), Phrase(("oil",))], []),
        ('"out of oil"', [Phrase(("out", "of", "oil"), exact=True)], []),
        ("„out of oil“", [Phrase(("out", "of", "oil"), exact=True)], []),
        ('"never closed', [Phrase(("never", "closed"), exact=True)], []),
        ("lamp -harbour", [Phrase(("lamp",))], [Phrase(("harbour",))]),
        ("2018-20", [Phrase(("2018", "20"))], []),
        ("lamp lamp", [Phrase(("lamp",))], []),
        ("-harbour", [], [Phrase(("harbour",))]),
        ("?! -- ''", [], []),
        ("'); DROP TABLE x", [Phrase(("drop",)), Phrase(("table",)), Phrase(("x",))], []),
    ],
)
def test_a_query_is_words_phrases_and_what_must_not_be_there(
    typed: str, wanted: list[Phrase], unwanted: list[Phrase]
) -> None:
    assert read_query(typed) == Query(tuple(wanted), tuple(unwanted))


def test_a_query_without_a_wanted_word_is_false() -> None:
    assert not read_query("-harbour")


def test_an_endless_query_is_cut() -> None:
    assert len(read_query(" ".join(f"w{number}" for number in range(1000))).wanted) == 20
