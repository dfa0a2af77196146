"""Where text comes from. A source has been checked: what it gives can be parsed and stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageRevision:
    """One state of one page, as its wiki has it."""

    title: str  # in full, as MediaWiki writes it
    text: str  # its whole wikitext, with LF line ends
    number: int | None = None  # the wiki's revision id, where known
    timestamp: datetime | None = None  # when it was saved on the wiki, aware, where known


@dataclass(frozen=True, slots=True)
class Source:
    """Page revisions from one place, in the order in which they are imported."""

    name: str  # "paste", "upload" …, as the import's record says it
    revisions: Iterable[PageRevision]
