"""The order of a page on which editors have set what comments reply to."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from threads.store.rows.order import ReadingOrder
from threads.store.rows.placement import places
from threads.wikitext import parse_page
from threads.wikitext.model import Box, Comment, Item, Section, Unsigned

SIGNED = "[[User:Ada]] 10:00, 1 May 2019 (UTC)\n"

pages = st.lists(
    st.builds(
        lambda heading, indent, signed: (
            f"{'=' * heading} one {'=' * heading}\n"
            if heading
            else f"{':' * indent}two {SIGNED if signed else ''}\n"
        ),
        st.sampled_from([0, 0, 0, 0, 2, 3]),
        st.integers(0, 4),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=2,
    max_size=25,
).map("".join)


def read(wikitext: str) -> list[Item]:
    return [*parse_page(wikitext, title="Talk:T").items]


def moved_items(items: list[Item], data: st.DataObject) -> tuple[list[Item], set[str]]:
    """Some comments reply to any earlier one, or to their section."""
    moved = set()
    for place, item in enumerate(items):
        if isinstance(item, Comment) and data.draw(st.booleans(), "moved"):
            earlier = [other.id for other in items[:place] if isinstance(other, Comment)]
            parent = data.draw(st.sampled_from([item.section, *earlier]), "parent")
            items[place] = replace(item, parent=parent)
            moved.add(item.id)
    return items, moved


@given(pages, st.data())
def test_every_comment_stands_among_the_replies_to_its_parent(
    wikitext: str, data: st.DataObject
) -> None:
    items, moved = moved_items(read(wikitext), data)

    ordered = ReadingOrder(items, moved).items()

    placed = {item.id: place for item, place in zip(ordered, places(ordered), strict=True)}
    assert placed.keys() == {item.id for item in items}
    parents = {item.id: item.parent for item in items}
    for item in ordered:
        place = placed[item.id]
        around = [
            other.id
            for other in ordered[: place.position]
            if placed[other.id].last_position >= place.position and not isinstance(other, Unsigned)
        ]
        if isinstance(item, Comment):
            assert around[-1] == item.parent == parents[item.id]
            sections = [ident for ident in around if ident not in {c.id for c in comments(ordered)}]
            assert sections[-1] == item.section


@given(pages)
def test_a_page_on_which_nothing_was_moved_is_read_in_document_order(wikitext: str) -> None:
    items = read(wikitext)

    assert ReadingOrder(items, set()).items() == items


@given(pages, st.data())
def test_replies_to_one_comment_stay_in_document_order(wikitext: str, data: st.DataObject) -> None:
    items, moved = moved_items(read(wikitext), data)

    ordered = ReadingOrder(items, moved).items()

    for parent in ordered:
        replies = [item.start for item in comments(ordered) if item.parent == parent.id]
        assert replies == sorted(replies)
    assert [item.id for item in ordered if isinstance(item, Section)] == [
        item.id for item in items if isinstance(item, Section)
    ]


def comments(items: list[Item]) -> list[Comment]:
    return [item for item in items if isinstance(item, Comment)]


def box_around(first: str, last: str) -> Box:
    return Box(0, "h-", first, last, closed=True, folded=False, label="")


def thread(*indents: int) -> list[Item]:
    return read("".join(f"{':' * indent}two {SIGNED}\n" for indent in indents))


def moved_under(items: list[Item], place: int, parent: int) -> ReadingOrder:
    item = items[place]
    changed = [*items[:place], replace(item, parent=items[parent].id), *items[place + 1 :]]
    return ReadingOrder(changed, {item.id})


def test_a_box_ends_before_a_branch_that_was_moved_out_of_it() -> None:
    _, _, closed, also, _, below = items = thread(0, 0, 0, 0, 1)

    box = moved_under(items, 4, 1).bounded(box_around(closed.id, below.id))

    assert (box.first, box.last) == (closed.id, also.id)


def test_a_box_takes_in_what_was_moved_below_one_of_its_items() -> None:
    _, ask, closed, _, moved, below = items = thread(0, 0, 0, 0, 1)
    order = moved_under(items, 4, 2)

    box = order.bounded(box_around(ask.id, closed.id))

    assert [item.id for item in order.items()][1:5] == [ask.id, closed.id, moved.id, below.id]
    assert (box.first, box.last) == (ask.id, closed.id)


def test_a_box_around_a_moved_branch_alone_goes_with_it() -> None:
    *_, moved, below = items = thread(0, 0, 0, 0, 1)

    box = moved_under(items, 4, 1).bounded(box_around(moved.id, below.id))

    assert (box.first, box.last) == (moved.id, below.id)
