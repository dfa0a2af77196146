"""What somebody types into a search box, and where its words stand in a text."""

import pytest

from threads.search.marking import excerpt, marked
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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lamp", "The [lamps] are out; a clamp holds the [Lamp]-post."),
        ('"lamp"', "The lamps are out; a clamp holds the [Lamp]-post."),
        ('"lamp post"', "The lamps are out; a clamp holds the [Lamp-post]."),
        ("lamp -out", "The [lamps] are out; a clamp holds the [Lamp]-post."),
    ],
)
def test_the_words_of_a_query_are_marked(typed: str, shown: str) -> None:
    text = "The lamps are out; a clamp holds the Lamp-post."
    pieces = marked(text, read_query(typed))

    assert "".join(f"[{p.text}]" if p.marked else p.text for p in pieces) == shown


def test_in_a_script_without_blanks_a_word_is_found_inside_another() -> None:
    assert [p.text for p in marked("港の灯台が消えた", read_query("灯台")) if p.marked] == ["灯台"]


def test_an_excerpt_of_a_long_text_stands_around_the_first_word() -> None:
    text = "before " * 200 + "the lamp is out " + "behind " * 200
    shown = "".join(piece.text for piece in excerpt(text, read_query("lamp")))

    assert shown.startswith("… before")
    assert shown.endswith("…")
    assert "the lamp is out" in shown
    assert len(shown) < 500


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert "".join(p.text for p in excerpt("The lamp is out.", read_query("lamp"))) == (
        "The lamp is out."
    )
