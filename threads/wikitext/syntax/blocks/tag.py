"""Block-level tags: what each begins and ends."""

from collections.abc import Mapping

from threads.wikitext.flow.nodes import Break, Node
from threads.wikitext.markup.tags import BLOCK, Tag

from .state import CELLS, HOLDER, NO_BREAK, TEMPLATE, BlockState

Names = frozenset[str]


def _ends(names: Names, through: Names = frozenset()) -> tuple[Names, Names]:
    """What ends, and what it does not reach out of: all but those names."""
    return names, (BLOCK | {HOLDER, TEMPLATE}) - names - through


# What ends where one of the same kind begins, but for what other blocks hold (HTML's tree
# construction).
_ENDS: Mapping[str, tuple[Names, Names]] = {
    "li": _ends(frozenset(["li"]), frozenset(["div"])),
    **dict.fromkeys(("dd", "dt"), _ends(frozenset(["dd", "dt"]), frozenset(["div"]))),
    **dict.fromkeys(CELLS, _ends(CELLS)),
    "tr": _ends(CELLS | {"tr"}),
}


def open_tag(state: BlockState, node: Node) -> None:
    """A tag that begins a block."""
    tag = node.info
    assert isinstance(tag, Tag)
    if tag.name != "p" and not tag.selfclosing:
        if tag.name in _ENDS:
            state.end(state.open.around_all(*_ENDS[tag.name]))
        state.begin(tag.name, tag=tag, place=node.start)
    state.add_break(node.start, Break("", node.html))


def close_tag(state: BlockState, node: Node) -> None:
    """A tag that ends a block, where one of its name is open."""
    tag = node.info
    assert isinstance(tag, Tag)
    if tag.name == "p":
        state.add_break(node.start, NO_BREAK)
    elif state.close(tag.name, node.end):
        state.add_break(node.start, Break("", node.html))
