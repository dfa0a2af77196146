"""Two versions of a text in one."""

import pytest

from threads.presentation.comment.differences import MOST_PAIRS, diff_parts, difference


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ("one two", "one two", "one two"),
        ("one two", "one three", "one <del>two</del><ins>three</ins>"),
        ("one", "one, two", "one<ins>, two</ins>"),
        ("a\nb", "b", "<del>a\n</del>b"),
        ("", "new", "<ins>new</ins>"),
        ("灯を守る", "灯を見る", "灯を<del>守</del><ins>見</ins>る"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
    ],
)
def test_what_went_and_what_came_are_marked(before: str, after: str, both: str) -> None:
    assert difference(before, after) == both


@pytest.mark.parametrize("line", ["a b " * 50 + "\n", "a b "])
def test_long_texts_are_compared_by_lines_or_not_at_all(line: str) -> None:
    size = MOST_PAIRS // 100 // len(line)
    before, after = line * size, f"{line * size}end"

    found = list(diff_parts(before, after))

    assert "".join(text for kind, text in found if kind != "insert") == before
    assert "".join(text for kind, text in found if kind != "delete") == after
