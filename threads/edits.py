"""What a wiki tells of a revision, and of the edit that made it.

Pure: sources of revisions are known in the processes that parse, which know no tables.
"""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """Who saved a revision, and how; a field that is not known is as here."""

    user: str = ""  # their name or IP address
    summary: str = ""
    minor: bool = False
    user_hidden: bool = False  # on the wiki, from everybody
    summary_hidden: bool = False
    parent_number: int | None = None  # the revision id that it was made from; 0: it was the first

    def filled_from(self, other: "Edit") -> "Edit":
        """The same with what another account of it tells beyond that."""
        told = self if self.user or self.user_hidden else other
        parent = other.parent_number if self.parent_number is None else self.parent_number
        return replace(told, parent_number=parent)


UNKNOWN = Edit()


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """What a wiki tells of a revision besides its text, where known."""

    number: int | None = None  # the wiki's revision id
    timestamp: datetime | None = None  # when it was saved on the wiki, aware
    page_number: int | None = None  # the wiki's page id; it outlives moves
    edit: Edit = UNKNOWN
    original: str | None = None  # the text as the wiki has it, where privacy rules changed that


NOTHING_KNOWN = RevisionFacts()
