"""The place of each item: ranges nest, whatever stands between a comment and its reply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.store.rows.placement import Place, places
from threads.wikitext import parse_page
from threads.wikitext.model import Item, Unsigned

SIGNED = "[[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
BLANK = "\n\n"

lines = st.lists(
    st.builds(
        lambda heading, indent, words, signed: (
            f"{'=' * heading} {words} {'=' * heading}\n"
            if heading
            else f"{':' * indent}{words} {SIGNED if signed else BLANK}"
        ),
        st.sampled_from([0, 0, 0, 2, 3, 4]),
        st.integers(0, 5),
        st.sampled_from(["one", "two", "three"]),
        st.booleans(),
    ),
    max_size=25,
)


def places_of(*wikitext: str) -> list[tuple[Item, Place]]:
    items = parse_page("".join(wikitext), title="Talk:T").items
    return list(zip(items, places(items), strict=True))


@given(lines)
def test_ranges_nest_and_hold_what_belongs_under_an_item(wikitext: list[str]) -> None:
    placed = places_of(*wikitext)
    by_id = {item.id: place for item, place in placed}
    for position, (item, place) in enumerate(placed):
        assert place.position == position <= place.last_position
        for _other, around in placed[:position]:
            assert around.last_position < position or around.last_position >= place.last_position
        if item.parent and not isinstance(item, Unsigned):
            parent = by_id[item.parent]
            assert parent.position < position <= parent.last_position


def test_unsigned_text_stands_under_the_comment_that_it_is_indented_below() -> None:
    placed = places_of("Ask ", SIGNED, ":: remark\n")

    assert [(place.position, place.last_position, place.depth) for _, place in placed] == [
        (0, 2, 0),
        (1, 2, 0),
        (2, 2, 1),
    ]


def test_unsigned_text_between_a_comment_and_its_reply_interrupts_the_branch() -> None:
    (section, _), (ask, _), (answer, _) = places_of("== A ==\nAsk ", SIGNED, ":Answer ", SIGNED)
    remark = Unsigned("u-1", section.id, section.id, 1, ask.end, ask.end, "remark", "")

    _, asked, remarked, answered = places([section, ask, remark, answer])

    assert asked.last_position == answered.position
    assert (asked.depth, remarked.depth, answered.depth) == (0, 1, 1)
    assert asked.comments == 1


def test_unsigned_text_does_not_count_as_a_comment() -> None:
    (_section, place), *_ = places_of("== A ==\nremark\n\nAsk ", SIGNED)

    assert place.comments == 1


@pytest.mark.parametrize("parent", ["nowhere", None])
def test_an_item_whose_parent_is_not_there_stands_at_the_top(parent: str | None) -> None:
    (section, _), (comment, _) = places_of("== A ==\nAsk ", SIGNED)
    lost = replace(comment, parent=parent)  # type: ignore[arg-type]

    assert places([section, lost])[1].depth == 0
