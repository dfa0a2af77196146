"""Any of many texts is found where one of them stands, and the longest of them first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from threads.wikitext.markup.alternatives import any_of

texts = st.lists(st.text("ab.* ", min_size=1, max_size=4), min_size=1, max_size=8)


@given(texts, st.text("ab.* ", max_size=12))
def test_it_finds_what_a_list_of_them_finds(known: list[str], text: str) -> None:
    longest_first = sorted(known, key=len, reverse=True)
    listed = re.compile("|".join(map(re.escape, longest_first)))
    assert re.findall(any_of(known), text) == listed.findall(text)


def test_a_character_can_stand_for_others() -> None:
    pattern = re.compile(any_of(["old lamp", "old*"], {" ": r"\s+", "*": r"\w*"}))
    assert [match[0] for match in pattern.finditer("old  lamp older")] == ["old  lamp", "older"]


def test_where_there_is_none_nothing_is_found() -> None:
    assert re.search(any_of([]), "") is None
