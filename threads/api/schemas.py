"""Wikis, pages, revisions, authors and collections as answers have them.

Names are those of MediaWiki's API where it has them: `dbname`, `sitename`, `lang`, `pageid`,
`revid`, `parentid`, `user`, `comment` for an edit summary, `minor`, `size`, `content`. What is not
known is null.
"""

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class ProblemAnswer(Schema):
    """What went wrong, by RFC 9457."""

    type: str = Field(description="Where the code is described.")
    title: str = Field(description="The code in words.")
    status: int = Field(description="The HTTP status.")
    code: str = Field(description="A word that stays the same: “not-found”.")
    detail: str | None = Field(None, description="A sentence on this request.")
    errors: list[dict[str, str]] | None = Field(
        None, description="Of invalid parameters: the “parameter” and a “message”."
    )


class Continue(Schema):
    """The parameter that the next request has besides."""

    after: str = Field(description="The key of the last row.")


class Listing(Schema):
    """Rows of a list."""

    continue_: Continue | None = Field(
        None, alias="continue", description="Left out where no rows follow."
    )


class WikiAnswer(Schema):
    """A MediaWiki site."""

    dbname: str = Field(description="Its database name: “metawiki”.")
    sitename: str = Field(description="What readers call it.")
    lang: str = Field(description="MediaWiki's code of its language.")
    timezone: str = Field(description="The zone that its signatures are written in.")
    server: str = Field(description="Where it is; empty where that is not known.")
    articlepath: str = Field(description="The path of its pages, with “$1” for the title.")
    pages: int = Field(description="Talk pages in the archive.")
    comments: int = Field(description="Comments on them.")
    authors: int = Field(description="Authors of these comments.")
    url: str = Field(description="Its page in the archive.")


class Wikis(Schema):
    """All wikis of the archive."""

    wikis: list[WikiAnswer]


class PageAnswer(Schema):
    """A talk page."""

    wiki: str = Field(description="The database name of its wiki.")
    pageid: int | None = Field(description="The wiki's number of the page.")
    title: str
    revid: int | None = Field(description="The wiki's number of the revision that readers see.")
    comments: int
    topics: int
    first_comment: datetime | None = Field(description="When the oldest comment was signed.")
    last_comment: datetime | None = Field(description="When the newest comment was signed.")
    url: str = Field(description="Its address in the archive.")
    canonicalurl: str | None = Field(description="Its address on the wiki.")


class Pages(Listing):
    """Pages of a wiki in the order of their titles."""

    pages: list[PageAnswer]


class RevisionAnswer(Schema):
    """A state of a page's wikitext."""

    key: int = Field(description="The archive's own number, where the wiki's is not known.")
    revid: int | None = Field(description="The wiki's number of it.")
    parentid: int | None = Field(description="The wiki's number of the revision before.")
    timestamp: datetime | None = Field(description="When it was saved on the wiki.")
    imported: datetime = Field(description="When the archive took it in.")
    user: str | None = Field(description="Who saved it.")
    userhidden: bool = Field(description="The wiki does not tell who saved it.")
    comment: str = Field(description="The edit summary.")
    commenthidden: bool = Field(description="The wiki does not show the edit summary.")
    minor: bool
    size: int = Field(description="Bytes of UTF-8.")
    sha256: str = Field(description="Of these bytes, in hexadecimal.")
    takendown: str | None = Field(description="Why its text was taken down: it has none then.")


class Revisions(Listing):
    """Revisions of a page, that which was imported last first."""

    title: str
    revisions: list[RevisionAnswer]


class Wikitext(RevisionAnswer):
    """A revision with its text."""

    wiki: str
    title: str
    contentmodel: str = "wikitext"
    content: str = Field(description="The whole wikitext.")


class AuthorAnswer(Schema):
    """Somebody who signed, on one wiki."""

    wiki: str
    name: str
    url: str = Field(description="Their page in the archive.")
    canonicalurl: str | None = Field(description="Their user page on the wiki.")


class OneAuthor(AuthorAnswer):
    """An author with what they wrote."""

    comments: int = Field(description="Their comments that are on a page.")
    months: dict[str, int] = Field(description="Of these, those of each month, in UTC.")


class Authors(Listing):
    """Authors of a wiki in the order of their names."""

    authors: list[AuthorAnswer]


class CollectionAnswer(Schema):
    """Pages under one title."""

    slug: str = Field(description="The last part of its address.")
    title: str
    introduction: str
    pages: int
    comments: int
    url: str


class Collections(Schema):
    """All collections of the archive."""

    collections: list[CollectionAnswer]


class OneCollection(CollectionAnswer, Listing):
    """A collection with its pages in their order."""

    entries: list[PageAnswer]


class Parse(Schema):
    """A page to be parsed."""

    text: str = Field(description="Its whole wikitext.")
    title: str = Field(min_length=1, max_length=512, description="Its full title.")
    language: str = Field("en", description="MediaWiki's code of the wiki's language.")
    timezone: str = Field("UTC", description="The IANA name of its time zone.")
    wiki: str = Field("", description="The database name of one of Wikimedia's wikis.")


class Parsed(Schema):
    """What was found in a page."""

    title: str
    items: list[dict[str, Any]] = Field(
        description="Headings, comments and unsigned text in order; see docs/parser.md."
    )
    closures: list[dict[str, Any]]
    boxes: list[dict[str, Any]]
    problems: list[dict[str, Any]]
