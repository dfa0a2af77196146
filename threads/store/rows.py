"""What was read from a page as fresh rows: neither saved nor linked to one another yet."""

from typing import Any, NamedTuple

from threads.models import Comment, Section, UnsignedText
from threads.wikitext import model

from .placement import Place, places

Row = Section | Comment | UnsignedText


class FreshRows(NamedTuple):
    """A page's rows by kind, each in reading order."""

    sections: list[Section]
    comments: list[Comment]
    unsigned: list[UnsignedText]


def fresh_rows(parsed: model.ParsedPage) -> FreshRows:
    """A row for every item of the page."""
    found = places(parsed.items)
    rows = [_row(item, place) for item, place in zip(parsed.items, found, strict=True)]
    return FreshRows(
        [row for row in rows if isinstance(row, Section)],
        [row for row in rows if isinstance(row, Comment)],
        [row for row in rows if isinstance(row, UnsignedText)],
    )


def _row(item: model.Item, place: Place) -> Row:
    common: dict[str, Any] = {
        "is_current": True,
        "position": place.position,
        "last_position": place.last_position,
        "depth": place.depth,
        "start": item.start,
        "end": item.end,
        "html": item.html,
    }
    match item:
        case model.Section():
            return Section(
                ident=item.id,
                name=item.name,
                heading=item.heading,
                anchor=item.anchor,
                heading_level=item.heading_level,
                edit_number=item.edit_number,
                comment_count=place.comments,
                **common,
            )
        case model.Comment():
            return Comment(
                ident=item.id,
                name=item.name,
                timestamp=item.timestamp,
                level=item.level,
                inline=item.inline,
                cosigners=[_cosigner(signature) for signature in item.cosigners],
                descendants=place.comments,
                text=item.text,
                **common,
            )
        case model.Unsigned():
            return UnsignedText(level=item.level, text=item.text, **common)


def _cosigner(signature: model.Signature) -> dict[str, str]:
    """As JSON: who, and when in UTC: "2019-04-24T06:43:00Z"."""
    time = signature.timestamp.isoformat().replace("+00:00", "Z")
    return {"author": signature.author, "timestamp": time}
