"""The lines of an archive in JSON Lines: one struct a kind of row, its fields as they are written.

`docs/export.md` tells what each holds. Rows are named by what stays the same in every archive:
wikis by database name, pages by title, sections and comments by their IDs, revisions by their
place on their page. No primary key is in a line.
"""

from datetime import datetime
from typing import Any

import msgspec

VERSION = 3  # of the format
READ = (1, 2, 3)  # versions that can be loaded: the first one told of no takedowns
FIRST_WITH_END = 3


class Line(msgspec.Struct, tag_field="type", kw_only=True, forbid_unknown_fields=True):
    """One line: its `type`, then its fields in their order."""


class Elsewhere(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A revision of another page of the wiki."""

    page: str
    revision: int


RevisionPlace = int | Elsewhere  # from 0, in the order of the lines of the page's revisions


class ArchiveLine(Line, tag="archive"):
    """The first line."""

    version: int


class WikiLine(Line, tag="wiki"):
    dbname: str
    name: str
    language: str
    timezone: str
    server: str
    article_path: str
    script_path: str
    api_url: str
    namespaces: dict[str, Any]
    profile: dict[str, Any]
    positions_shown: bool | None
    decisions_shown: bool | None
    noindex: bool = False  # older exports are without it


class OfWiki(Line):
    """A line about something of a wiki."""

    wiki: str


class TakedownLine(OfWiki, tag="takedown"):
    kind: str
    page: str
    revision: int | None
    comment: str
    name: str  # that is shown now
    reason: str
    made_at: datetime
    undone_at: datetime | None
    holds: bool | None = None  # later imports where it is loaded; older exports are without it


class PageLine(OfWiki, tag="page"):
    title: str
    number: int | None
    comment_count: int
    topic_count: int
    months: dict[str, int]
    first_comment_at: datetime | None
    last_comment_at: datetime | None
    created_at: datetime
    noindex: bool = False  # older exports are without it


class OfPage(OfWiki):
    """A line about something of a page."""

    page: str


class FormerTitleLine(OfPage, tag="former_title"):
    title: str


class RevisionLine(OfPage, tag="revision"):
    number: int | None
    timestamp: datetime | None
    imported_at: datetime
    user: str
    user_hidden: bool
    summary: str
    summary_hidden: bool
    minor: bool
    parent_number: int | None
    parser_version: str
    problems: list[dict[str, Any]]
    is_current: bool  # what readers see of the page
    text: str
    taken_down: str = ""  # why it has no text; not in version 1


class ItemLine(OfPage):
    """What sections, comments and unsigned texts have in common."""

    is_current: bool
    position: int
    last_position: int
    depth: int
    start: int
    end: int
    revision: RevisionPlace


class SectionLine(ItemLine, tag="section"):
    ident: str
    name: str
    parent: str | None
    heading: str
    anchor: str
    heading_level: int
    edit_number: int | None
    comment_count: int
    closures: list[dict[str, Any]]
    decision: dict[str, Any] | None
    boxes: list[Any]
    former_ids: list[str]
    html: str


class CommentLine(ItemLine, tag="comment"):
    ident: str
    name: str
    section: str
    parent: str | None
    author: str
    timestamp: datetime
    precision: str
    zone_assumed: bool
    level: int
    first_revision: RevisionPlace
    is_latest: bool  # of the page, by time
    inline: bool
    cosigners: list[dict[str, Any]]
    stance: dict[str, Any] | None
    descendants: int
    text: str
    html: str
    impossible_date: bool = False  # older exports are without it


class UnsignedLine(ItemLine, tag="unsigned_text"):
    section: str
    author: str | None
    known_by: str
    level: int
    first_revision: RevisionPlace | None
    text: str
    html: str
    plain_name: str = ""  # older exports are without it


class ChangeLine(OfPage, tag="change"):
    comment: str
    revision: RevisionPlace
    kind: str
    text: str
    html: str


class FailedOn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A page of the wiki on which a correction is not in effect."""

    page: str
    since: datetime
    why: str


class RepairLine(OfPage, tag="repair"):
    kind: str
    target: str
    name: str
    text: str
    value: dict[str, Any]
    note: str
    made_at: datetime
    undone_at: datetime | None
    failed_on: list[FailedOn] = []  # by title; older exports are without it


class FormerIdLine(OfPage, tag="former_id"):
    ident: str
    comment_page: str
    comment: str


class CollectionLine(Line, tag="collection"):
    slug: str
    title: str
    introduction: str


class CollectionPageLine(OfPage, tag="collection_page"):
    collection: str
    position: int


class EndLine(Line, tag="end"):
    """The last line."""

    lines: dict[str, int]  # how many stand above it, by type


AnyLine = (
    ArchiveLine
    | WikiLine
    | TakedownLine
    | PageLine
    | FormerTitleLine
    | RevisionLine
    | SectionLine
    | CommentLine
    | UnsignedLine
    | ChangeLine
    | RepairLine
    | FormerIdLine
    | CollectionLine
    | CollectionPageLine
    | EndLine
)
# The order of dictionaries inside is that of their keys: PostgreSQL keeps no other.
encode = msgspec.json.Encoder(order="deterministic").encode
decode = msgspec.json.Decoder(AnyLine).decode
