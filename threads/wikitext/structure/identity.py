"""Ids and names of headings and comments: DiscussionTools' own, character for character."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from threads.wikitext.model import Comment, Item, Section, Signature
from threads.wikitext.site.languages import zone

from .comments import Draft, DraftComment, DraftHeading, DraftUnsigned

MAX_BYTES = 80
MOST_BYTES = 4  # of a character in UTF-8
SECONDS = len("2019-04-24T06:43:00")
_WITHOUT_MARKS = str.maketrans("", "", "-T:")
SHORT_TIMES_FROM = datetime(2022, 7, 12)  # in the wiki's own time


def set_identities(items: list[Draft], timezone: ZoneInfo) -> list[Draft]:
    """Set each item's id and name; gives those whose id had to be numbered."""
    oldest = _oldest(items)
    border = SHORT_TIMES_FROM.replace(tzinfo=timezone).astimezone(UTC)
    numbers: dict[str, int] = {}  # id -> the last number tried behind it
    numbered: list[Draft] = []
    hosts = [item for item in items if not (isinstance(item, DraftComment) and item.host)]
    inline = [item for item in items if isinstance(item, DraftComment) and item.host]
    for item in [*hosts, *inline]:
        if not isinstance(item, DraftUnsigned):
            wanted, item.name = _identity(item, oldest, border)
            if _take(item, wanted, numbers):
                numbered.append(item)
    return numbered


def set_further_identities(items: list[Draft], timezone: ZoneInfo) -> list[Draft]:
    """Set the ids and names of what DiscussionTools does not have; none is one of its own.

    Gives those comments whose id had to be numbered.
    """
    further = [item for item in items if not item.id]
    unsigned = [item for item in further if isinstance(item, DraftUnsigned)]
    for number, text in enumerate(unsigned, 1):
        text.id = f"u-{number}"
    numbered: list[Draft] = []
    if len(further) > len(unsigned):
        border = SHORT_TIMES_FROM.replace(tzinfo=timezone).astimezone(UTC)
        numbers = {item.id: 0 for item in items if item.id}
        for item in further:
            if not item.id:
                wanted, item.name = _identity(item, {}, border)
                if _take(item, wanted, numbers):
                    numbered.append(item)
    return numbered


def _take(item: Draft, wanted: str, numbers: dict[str, int]) -> bool:
    """Give an item its id, or one with a number where that is taken: then True."""
    item.id = wanted
    is_taken = wanted in numbers
    while item.id in numbers:
        numbers[wanted] += 1
        item.id = f"{wanted}-{numbers[wanted]}"
    numbers[item.id] = 0
    return is_taken


def _oldest(items: list[Draft]) -> dict[Draft, DraftComment]:
    """The oldest comment anywhere below each heading that has one, inline replies left out."""
    found: dict[Draft, DraftComment] = {}
    for item in items:
        if not isinstance(item, DraftComment) or item.host is not None:
            continue
        heading: Draft | None = item.section
        while isinstance(heading, DraftHeading):
            if heading not in found or _when(item) < _when(found[heading]):
                found[heading] = item
            heading = heading.parent
    return found


def _identity(item: Draft, oldest: dict[Draft, DraftComment], border: datetime) -> tuple[str, str]:
    """(id, name) of a heading or comment, before ids are made unique."""
    if isinstance(item, DraftHeading):
        parts = ["h", truncate(item.anchor)]
        if isinstance(item.parent, DraftHeading):
            parts.append(truncate(item.parent.anchor))
        if item not in oldest:
            return "-".join(parts), "h-"
        parts.append(time_string(_when(oldest[item]), border))
        return "-".join(parts), "h-" + _signed(oldest[item], border)
    assert isinstance(item, DraftComment)
    parent, below = item.parent, None
    if isinstance(parent, DraftComment):  # it stands before, and has its name
        below = _below_comment(parent.name)
    elif isinstance(parent, DraftHeading) and parent.heading is not None:
        below = truncate(parent.anchor)
    return _named(_signed(item, border), below)


def identity_of(signature: Signature, parent: Item, timezone: str) -> tuple[str, str]:
    """The (id, name) that DiscussionTools would give such a comment under this parent."""
    border = SHORT_TIMES_FROM.replace(tzinfo=zone(timezone))
    below = None
    if isinstance(parent, Comment):
        below = _below_comment(parent.name)
    elif isinstance(parent, Section) and not parent.placeholder:
        below = truncate(parent.anchor)
    return _named(_author_and_time(signature.author, signature.timestamp, border), below)


def _named(signed: str, below: str | None) -> tuple[str, str]:
    """(id, name) of a comment; `below` is what its parent is called there, if it has one."""
    name = f"c-{signed}"
    return (name if below is None else f"{name}-{below}"), name


def _below_comment(name: str) -> str:
    return name.removeprefix("c-")


def _signed(item: DraftComment, border: datetime) -> str:
    return _author_and_time(item.signature.author, _when(item), border)


def _author_and_time(author: str, when: datetime, border: datetime) -> str:
    return f"{name_in_ids(author)}-{time_string(when, border)}"


def name_in_ids(user: str) -> str:
    """A user's name as ids have it."""
    return truncate(user.replace(" ", "_"))


def _when(item: DraftComment) -> datetime:
    when = item.signature.when
    assert when is not None  # a signature without a real time makes no comment
    return when


def time_string(when: datetime, border: datetime) -> str:
    """A time as ids have it: the form changed with the comments of 12 July 2022."""
    if when < border:
        return f"{when.isoformat()[:SECONDS]}.000Z"
    return when.isoformat()[:SECONDS].translate(_WITHOUT_MARKS)


def truncate(text: str) -> str:
    """At most 80 bytes of UTF-8, cut between characters, without "_" at its ends."""
    if len(text) * MOST_BYTES > MAX_BYTES:
        text = text.encode()[:MAX_BYTES].decode(errors="ignore")
    return text.strip("_")
