"""The block-level elements that are open at a place of the page."""

from collections.abc import Callable

from .nodes import CLOSED_BOX, CLOSED_BOX_END, Node, Quoted, StateKind
from .tags import Tag, is_closed_box

MAX_OPEN = 400  # inside each other; browsers stop at about 500
CELLS = frozenset(["td", "th", "caption"])
_ITEMS = frozenset(["li", "dd"])
# What ends where one of the same kind begins, but for what other blocks than these hold.
_ALIKE = {"li": ("li",), **dict.fromkeys(("dd", "dt"), ("dd", "dt"))}
_TRANSPARENT = frozenset(["div", "p"])
_SCOPES = frozenset(["table", "template", *CELLS])
QUOTES = {"blockquote": Quoted.QUOTE, "cite": Quoted.QUOTE, "q": Quoted.QUOTE}


class _Element:
    __slots__ = ("closes", "items", "name", "quoted", "row")

    def __init__(self, name: str, items: int, quoted: int, *, closes: bool) -> None:
        self.name = name
        self.closes = closes  # whether it marks what is in it as a closed discussion
        self.items = items  # list items that it adds
        self.quoted = quoted  # what its content is, itself and all around it considered
        self.row: list[tuple[Tag, Node]] = []  # a table's cells in its present row


class Elements:
    """A stack of open elements.

    `on_state` is told where a closed discussion begins and ends: a place in the page, None
    for where it has come to, and CLOSED_BOX or CLOSED_BOX_END.
    """

    def __init__(self, on_state: Callable[[int | None, StateKind], None]) -> None:
        self.items = 0  # list items around, by elements
        self.tables = 0  # open tables
        self.quoted = 0  # what stands here: see Quoted
        self._stack: list[_Element] = []
        self._on_state = on_state

    def __len__(self) -> int:
        return len(self._stack)

    @property
    def row(self) -> list[tuple[Tag, Node]]:
        """The cells of the innermost table's present row; a list of its own without a table."""
        tables = (element for element in reversed(self._stack) if element.name == "table")
        found = next(tables, None)
        return found.row if found else []

    def open(
        self,
        name: str,
        *,
        items: int | None = None,
        quoted: int = Quoted.NO,
        tag: Tag | None = None,
        place: int = 0,
    ) -> None:
        """Begin an element; `place` is where its tag stands."""
        if len(self._stack) >= MAX_OPEN and name not in _SCOPES:
            return
        if items is None:
            items = 1 if name in _ITEMS else 0
        quoted = max(self.quoted, quoted, QUOTES.get(name, Quoted.NO))
        closes = tag is not None and is_closed_box(tag)
        if tag is not None and "mw-notalk" in tag.attributes.get("class", ""):
            quoted = Quoted.ASIDE
        if closes:
            self._on_state(place, CLOSED_BOX)
        self._stack.append(_Element(name, items, quoted, closes=closes))
        self.items += items
        self.tables += name == "table"
        self.quoted = quoted

    def close(self, name: str, place: int) -> bool:
        """End the innermost element of that name, and all in it; False if none is open.

        `place` is where its closing tag ends.
        """
        for index in range(len(self._stack) - 1, -1, -1):
            element = self._stack[index]
            if element.name == name:
                self.cut(index, place)
                return True
            if element.name in _SCOPES and not (name == "table" and element.name in CELLS):
                return False
        return False

    def close_alike(self, name: str) -> None:
        """End the list item, term or definition that ends where one of that name begins.

        Rule: HTML's tree construction.
        """
        alike = _ALIKE.get(name, ())
        for index in range(len(self._stack) - 1, -1, -1) if alike else ():
            if self._stack[index].name in alike:
                self.cut(index)
                return
            if self._stack[index].name not in _TRANSPARENT:
                return

    def close_innermost(self, names: frozenset[str]) -> None:
        """End the innermost elements while they have one of these names."""
        while self._stack and self._stack[-1].name in names:
            self.cut(len(self._stack) - 1)

    def close_to_table(self) -> None:
        """End whatever is open inside the innermost table."""
        depth = len(self._stack)
        while depth and self._stack[depth - 1].name != "table":
            depth -= 1
        self.cut(depth)

    def cut(self, depth: int, place: int | None = None) -> None:
        """End elements until only so many are open."""
        while len(self._stack) > depth:
            gone = self._stack.pop()
            self.items -= gone.items
            self.tables -= gone.name == "table"
            if gone.closes:
                self._on_state(place, CLOSED_BOX_END)
        self.quoted = self._stack[-1].quoted if self._stack else Quoted.NO
