"""Dates behind a user's link that could not be read: in another language, or in a strange form."""

from typing import NamedTuple

from threads.wikitext.flow.nodes import BREAK, CLOSE, TEXT, Node
from threads.wikitext.site.foreign_dates import is_like_date
from threads.wikitext.site.historic_dates import HistoricDates

from .comments import Draft, DraftUnsigned

_LONGEST = 80  # characters


class UnreadDate(NamedTuple):
    """Such a text, with its place in the page's wikitext."""

    start: int
    end: int
    text: str


def unread_date(draft: Draft, flow: list[Node], dates: HistoricDates) -> UnreadDate | None:
    """What ends an unsigned text behind a link and looks like a date with its time and zone, but
    cannot be read as one of the wiki's."""
    if not isinstance(draft, DraftUnsigned) or draft.known_by != "link":
        return None
    text, end, start = "", -1, -1
    for node in reversed(flow[draft.first : draft.last]):
        if node.kind is TEXT:
            end = node.end if end < 0 else end
            text, start = node.text + text, node.start
        elif node.kind >= BREAK or (node.kind is CLOSE and text.strip()) or len(text) > _LONGEST:
            break
    if not is_like_date(text, dates.zones):
        return None
    date = dates.find(text)
    return None if date and date.is_exact else UnreadDate(start, end, text)
