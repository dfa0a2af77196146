"""What a talk page holds, as JSON has it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from .model import Comment, Item, ParsedPage, Section

KINDS = {Section: "heading", Comment: "comment"}


def page_as_json(page: ParsedPage, *, unchecked: bool = False) -> dict[str, Any]:
    """Everything but the page's language and time zone; times are not yet text.

    Positions and decisions are left out where nobody has compared the language's words of them
    with real pages, unless they are wanted `unchecked`.
    """
    with_positions = page.positions_checked or unchecked
    with_decisions = page.decisions_checked or unchecked
    return {
        "title": page.title,
        "items": [item_as_json(item, with_position=with_positions) for item in page.items],
        "closures": [asdict(closure) for closure in page.closures],
        "boxes": [asdict(box) for box in page.boxes],
        "decisions": [asdict(decision) for decision in page.decisions if with_decisions],
        "problems": [asdict(problem) for problem in page.problems],
    }


def item_as_json(item: Item, *, with_position: bool = True) -> dict[str, Any]:
    """One item: its type, and its fields."""
    values = {"type": KINDS.get(type(item), "unsigned"), **asdict(item)}
    if isinstance(item, Comment) and not with_position:
        values["position"] = None
    return values


def value_as_json(value: object) -> str:
    """A time, for `json.dump`; raises TypeError for what JSON has no form for."""
    if isinstance(value, datetime):
        return f"{value.isoformat()[:19]}Z"
    raise TypeError(f"no JSON for {value!r}")
