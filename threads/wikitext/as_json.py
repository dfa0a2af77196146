"""What a talk page holds, as JSON has it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from .model import Comment, Item, ParsedPage, Section

KINDS = {Section: "heading", Comment: "comment"}


def page_as_json(page: ParsedPage) -> dict[str, Any]:
    """Everything but the page's language and time zone; times are not yet text."""
    return {
        "title": page.title,
        "items": [item_as_json(item) for item in page.items],
        "closures": [asdict(closure) for closure in page.closures],
        "boxes": [asdict(box) for box in page.boxes],
        "problems": [asdict(problem) for problem in page.problems],
    }


def item_as_json(item: Item) -> dict[str, Any]:
    """One item: its type, and its fields."""
    return {"type": KINDS.get(type(item), "unsigned"), **asdict(item)}


def value_as_json(value: object) -> str:
    """A time, for `json.dump`; raises TypeError for what JSON has no form for."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    raise TypeError(f"no JSON for {value!r}")
