"""What a page would look like: its topics as a tree, with the comments in them."""

from dataclasses import dataclass

from threads.wikitext.model import Comment, Item, ParsedPage, Section

DEEPEST = 12  # indentation ends there, so that words stay readable


@dataclass(slots=True)
class OutlineRow:
    """One line of the preview."""

    item: Item
    kind: str  # "section", "comment" or "unsigned"
    depth: int  # how many items it stands under, not more than DEEPEST
    comments: int = 0  # a section's, those of its parts included


def outline(parsed: ParsedPage) -> list[OutlineRow]:
    """A row for every item, in reading order."""
    rows: dict[str, OutlineRow] = {}
    for item in parsed.items:
        above = rows.get(item.parent or "")
        rows[item.id] = OutlineRow(
            item, type(item).__name__.lower(), min(above.depth + 1, DEEPEST) if above else 0
        )
        if isinstance(item, Comment):
            rows[item.section].comments += 1
    for row in reversed(rows.values()):
        if isinstance(row.item, Section) and row.item.parent:
            rows[row.item.parent].comments += row.comments
    return list(rows.values())
