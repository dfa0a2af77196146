"""What parsing a talk page gives: frozen dataclasses, every field described.

Spans are character offsets into the page's wikitext, end exclusive. The spans of a
page's items, in order, are a partition of its text: put together they are the wikitext
exactly, with nothing left out and nothing twice.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """The user links plus the timestamp that end a comment."""

    author: str  # normalised user name: "James Salsman"
    timestamp: datetime  # aware, in UTC
    start: int  # where the signature begins in the page's wikitext …
    end: int  # … and where its timestamp ends


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. What stands under it follows it as items of their own."""

    id: str  # DiscussionTools' id, unique on the page: "h-Results-2019-04-24T06:43:00.000Z"
    name: str  # DiscussionTools' name, the same on every page: "h-Author-time", or "h-"
    parent: str | None  # id of the section above, None at the top
    start: int
    end: int
    heading: str  # plain text; "" for the placeholder
    html: str  # the heading's text as safe HTML
    anchor: str  # MediaWiki's fragment id: "Results_2"; "" for the placeholder
    heading_level: int  # 1 to 6, the number of "="; 0 for the placeholder
    placeholder: bool  # stands for "before any heading", has no heading in the text
    edit_number: int | None  # the number that `action=edit&section=` wants on the wiki
    level: int = 0  # DiscussionTools' level: 0 for every heading


@dataclass(frozen=True, slots=True)
class DiscussionToolsPlace:
    """Where DiscussionTools has a comment of which part is somebody else's."""

    level: int
    parent: str  # an id


@dataclass(frozen=True, slots=True)
class Position:
    """A position that somebody took in a comment. Detected: the page does not say so in data."""

    stance: str  # "support", "oppose", "neutral", "keep", "delete", "merge" …; or "other"
    word: str  # as it is written: "Strong keep"
    counts: bool  # one person counts once in a topic, by the last position
    status: str  # why it does not: "struck", "withdrawn", "changed", "repeated"; else ""
    source: str  # by what it was detected: "bold", "template" or "word"; or "editor"


@dataclass(frozen=True, slots=True)
class Comment:
    """One signed contribution: its text up to and with its signature."""

    id: str  # DiscussionTools' id, unique on the page
    name: str  # DiscussionTools' name: "c-Author-time", the same on every page
    parent: str  # id of the comment it answers, or of its section
    section: str  # id of the section it stands in
    level: int  # 1 for an answer to the section itself, one more for each indentation
    start: int
    end: int
    author: str  # normalised user name
    timestamp: datetime  # aware, in UTC
    signature: Signature
    text: str  # plain text as a reader sees it, without the signature
    html: str  # safe HTML of the same, block level, without the signature
    inline: bool  # a second signed text in another comment's paragraph
    cosigners: tuple[Signature, ...]  # further signatures with no text before them
    precision: str = "minute"  # how exactly its time is known: "minute", "second" or "day"
    zone_assumed: bool = False  # its time is written without a zone: the wiki's is taken
    impossible_date: bool = False  # there is no such date or time, or it is from before wikis
    dt: DiscussionToolsPlace | None = None  # where that differs from what is shown
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Text that belongs to no signature."""

    id: str  # "u-1", "u-2" … in document order: unique on the page, ours alone
    parent: str  # id of the item it stands under, by its indentation; else of its section
    section: str  # id of the section it stands in
    level: int  # as for a comment
    start: int
    end: int
    text: str
    html: str
    author: str | None = None  # who wrote it, where the text or the history tells
    # What tells it: "link", "template", "history" or "editor"; "name" where the text has a name
    # without a link, of which nothing tells whether there is such an account.
    known_by: str | None = None

    @property
    def account(self) -> str | None:
        """The author, where an account is known."""
        return None if self.known_by == "name" else self.author

    @property
    def plain_name(self) -> str:
        """The author's name, where no account is known; else ""."""
        return (self.author or "") if self.known_by == "name" else ""


Item = Section | Comment | Unsigned


@dataclass(frozen=True, slots=True)
class Closure:
    """A part of the page that somebody closed. Detected: the page does not say so in data."""

    start: int
    end: int
    section: str  # id of the section that is closed, or in which the closed part begins
    by: str  # who closed it; "" where that cannot be told
    when: datetime | None  # aware, in UTC; None where that cannot be told
    words: str  # the closing words as plain text; "" where there are none
    status: str  # the outcome in a word, where the template has one: "no consensus"
    source: str  # by what it was detected: "template" or "markup"


@dataclass(frozen=True, slots=True)
class Decision:
    """That a topic was decided. Detected: the page does not say so in data."""

    section: str  # id of the section that is decided
    topic: str  # its heading as plain text
    outcome: str  # the page's words; "" where it has none
    by: str  # who decided; "" where the page does not say
    when: datetime | None  # aware, in UTC; None where the page does not say
    comment: str  # id of the comment that says so; "" where it is none
    sources: tuple[str, ...]  # the marks: "heading", "sentence", "template", "box", "comment"


@dataclass(frozen=True, slots=True)
class Box:
    """Items that templates set apart from the others: folded away, or closed."""

    start: int  # where it begins in the page's wikitext
    section: str  # id of the section that its first item is, or stands in
    first: str  # id of its first item …
    last: str  # … and of its last one; between them nothing is outside
    closed: bool  # a closed discussion
    folded: bool  # the wiki shows its label alone until a reader asks for more
    label: str  # plain text; "" where it has none


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an admin may want to look at; the page is stored all the same."""

    code: str  # stable, for filters: "no-signature"
    message: str  # one sentence an admin understands
    start: int
    end: int
    severity: str = "problem"  # something may be lost or wrong; or "note": it is harmless
    section: str = ""  # id of the section it stands in; "" on an empty page
    heading: str = ""  # the section's heading as plain text; "" for the placeholder
    item: str = ""  # id of the item it stands in: the section itself, or one below it
    excerpt: str = ""  # the words there, on one line


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A whole talk page."""

    title: str  # as given, underscores made blanks
    language: str
    timezone: str  # IANA name, or "UTC"
    items: tuple[Item, ...]  # in document order
    closures: tuple[Closure, ...]  # in document order
    boxes: tuple[Box, ...]  # in document order
    decisions: tuple[Decision, ...]  # in document order
    problems: tuple[Problem, ...]
    # Whether somebody has compared the language's words of positions and decisions with pages.
    positions_checked: bool = False
    decisions_checked: bool = False

    @property
    def sections(self) -> list[Section]:
        return [item for item in self.items if isinstance(item, Section)]

    @property
    def comments(self) -> list[Comment]:
        return [item for item in self.items if isinstance(item, Comment)]

    @property
    def unsigned(self) -> list[Unsigned]:
        return [item for item in self.items if isinstance(item, Unsigned)]
