"""Where the words of a query stand in a text."""

from random import Random

import pytest

from threads.search.tokens.folding import term_of, tokens_of, ways_of
from threads.search.tokens.markers import of_author
from threads.search.tokens.marking import excerpt, marked
from threads.search.tokens.terms import Term


def shown(text: str, *terms: Term | None) -> str:
    """The text, with what is marked in square brackets."""
    pieces = marked(text, [term for term in terms if term])
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


LAMPS = "The lamps are out; a clamp holds the Lamp-post."


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (term_of("lamp", prefix=True), "The [lamps] are out; a clamp holds the [Lamp]-post."),
        (term_of("lamp"), "The lamps are out; a clamp holds the [Lamp]-post."),
        (term_of("lamp post"), "The lamps are out; a clamp holds the [Lamp-post]."),
        (term_of("lamppost"), "The lamps are out; a clamp holds the [Lamp-post]."),
        (term_of("lamp pos", prefix=True), "The lamps are out; a clamp holds the [Lamp-post]."),
        (term_of("lamps out"), LAMPS),
    ],
)
def test_the_words_of_a_query_are_marked(term: Term, expected: str) -> None:
    assert shown(LAMPS, term) == expected


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Die STRASSE, die Straße", "straße", "Die [STRASSE], die [Straße]"),
        ("Το ΣΥΖΗΤΗΣΗΣ", "συζήτησης", "Το [ΣΥΖΗΤΗΣΗΣ]"),
        ("قال مُحَمَّدٌ هنا", "محمد", "قال [مُحَمَّدٌ] هنا"),
        ("港の灯台が消えた", "灯台", "港の[灯台]が消えた"),
        ("港の灯台が消えた", "灯", "港の[灯]台が消えた"),
        ("ﾗﾝﾌﾟの光", "ランプ", "[ﾗﾝﾌﾟ]の光"),
        ("ﾞの光", "光", "ﾞの[光]"),
        ("ประเทศไทย", "ไทย", "ประเทศ[ไทย]"),
        ("Said O’Brien.", "OBrien", "Said [O’Brien]."),
        ("An em\u00adpha\u00adsis", "emphasis", "An [em\u00adpha\u00adsis]"),
    ],
)
def test_what_is_marked_is_the_text_as_it_was_written(text: str, typed: str, expected: str) -> None:
    assert shown(text, term_of(typed)) == expected


def test_each_of_the_ways_in_which_a_word_is_written_is_marked() -> None:
    assert shown("O'Brien and OBrien", *ways_of("O'Brien")) == "[O'Brien] and [OBrien]"


def test_places_that_overlap_are_marked_as_one() -> None:
    assert shown("out of oil", term_of("out of"), term_of("of oil")) == "[out of oil]"


def test_markers_mark_nothing() -> None:
    assert shown(LAMPS, Term((of_author(3),))) == LAMPS


def text_of(typed: str, text: str) -> str:
    terms = [term for word in typed.split() if (term := term_of(word))]
    return "".join(piece.text for piece in excerpt(text, terms))


def test_an_excerpt_of_a_long_text_stands_around_the_first_word() -> None:
    shown = text_of("lamp", "before " * 200 + "the lamp is out " + "behind " * 200)

    assert shown.startswith("… before")
    assert shown.endswith("…")
    assert "the lamp is out" in shown
    assert len(shown) < 500


def test_an_excerpt_stands_where_most_of_the_words_are() -> None:
    text = "A lamp. " + "Then more. " * 100 + "The lamp needs oil. " + "And more. " * 100

    assert "lamp needs oil" in text_of("lamp oil", text)


def test_a_word_far_behind_others_is_found_as_well() -> None:
    text = "A lamp. " + "Then more. " * 3_000 + "The lamp needs oil."

    assert "lamp needs oil" in text_of("lamp oil", text)
    assert text_of("oil", text).startswith("… ")


def test_all_places_in_an_excerpt_are_marked() -> None:
    text = "no " * 300 + "lamp " * 200

    assert {piece.text for piece in excerpt(text, [Term(("lamp",))]) if piece.marked} == {"lamp"}
    assert sum(piece.marked for piece in excerpt(text, [Term(("lamp",))])) > 50


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert text_of("lamp", "The lamp is out.") == "The lamp is out."


def stands_in(term: Term, tokens: list[str]) -> bool:
    """Whether a term's tokens stand one behind the other."""
    *first, last = term.tokens
    return any(
        tokens[at : at + len(first)] == first
        and (token.startswith(last) if term.prefix else token == last)
        for at, token in enumerate(tokens[len(first) :])
    )


@pytest.mark.parametrize("alphabet", ["ab AB_ c0.", "ก น ี ่ ด้ 中 文 ", "a b é 中 ガ ی ा क"])
def test_words_are_marked_where_they_are_found_and_nowhere_else(alphabet: str) -> None:
    random = Random(7)  # noqa: S311 (nothing secret)
    for _round in range(3_000):
        text = "".join(random.choices(alphabet, k=random.randint(1, 12)))
        typed = "".join(random.choices(alphabet, k=random.randint(1, 4)))
        term = term_of(typed, prefix=random.random() < 0.3)
        if term is not None:
            is_marked = any(piece.marked for piece in marked(text, [term]))
            assert is_marked == stands_in(term, tokens_of(text)), (text, typed, term)


def test_the_last_character_of_a_text_may_have_marks_that_were_not_typed() -> None:
    assert shown("เขี", term_of("ข")) == "เ[ขี]"
    assert shown("ขี ab", term_of("ข")) == "[ขี] ab"
