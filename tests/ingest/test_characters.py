"""Text from outside becomes a line that pages, terminals and databases take."""

import pytest

from threads.ingest.characters import as_line, one_line


@pytest.mark.parametrize(
    "character",
    ["\0", "\t", "\n", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\ufffe", "\uffff"],
)
def test_what_no_line_can_have_is_replaced_in_its_place(character: str) -> None:
    assert as_line(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize("text", ["", "Lamps and oil", "éclairage", "灯", "\U0001f4a1", "a\u200fb"])
def test_all_else_stays(text: str) -> None:
    assert as_line(text) == text


def test_a_line_has_its_bound_and_shows_that_it_was_cut() -> None:
    assert one_line("abc", 3) == "abc"
    assert one_line("abcd", 3) == "ab…"
