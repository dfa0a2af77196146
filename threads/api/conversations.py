"""Sections, comments and unsigned text as answers have them.

Names are those of DiscussionTools (`discussiontoolspageinfo`) where it has them: `type`, `level`,
`id`, `name`, `headingLevel`, `placeholderHeading`, `author`, `timestamp`, `replies`. Others are
those of the parser's command line.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Field, Schema

from threads.models import Comment, Section, UnsignedText, Wiki
from threads.models.discussion.items import Item
from threads.presentation.outcomes.shown import shows_decisions, shows_positions
from threads.presentation.texts.links import resolve_links

from .decisions import decision_answer
from .schemas import Listing


class ItemAnswer(Schema):
    """A heading, a comment or unsigned text; a member that its type does not have is left out."""

    type: str = Field(description="“heading”, “comment” or “unsigned”.")
    level: int = Field(
        description="0 for headings; else 1 more than the indentation, as in DiscussionTools."
    )
    position: int = Field(description="Its place on the page.")
    html: str = Field(description="Safe HTML with whole addresses.")
    id: str | None = Field(None, description="DiscussionTools' id, unique on the page.")
    name: str | None = Field(None, description="DiscussionTools' name, on every page the same.")
    parent: str | None = Field(None, description="The id of what it answers or is a part of.")
    section: str | None = Field(None, description="The id of the section that it is in.")
    text: str | None = Field(None, description="As plain text; of a heading, its words.")
    headingLevel: int | None = Field(None, description="1 to 6.")
    placeholderHeading: bool | None = Field(
        None, description="It stands for what is before the first heading."
    )
    anchor: str | None = Field(None, description="What the wiki's own links to it have.")
    comments: int | None = Field(None, description="In the section and those below it.")
    closures: list[dict[str, Any]] | None = Field(
        None, description="Who closed it, when, and in which words, as detected."
    )
    decision: dict[str, Any] | None = Field(
        None, description="How it was decided, as detected: see “decisions”."
    )
    stance: dict[str, Any] | None = Field(
        None, description="The position that it takes, as detected: its word, and what it means."
    )
    author: str | None = Field(None, description="Who signed it or, of unsigned text, wrote it.")
    known_by: str | None = Field(
        None, description="What tells who wrote unsigned text; “name”: no account is known."
    )
    timestamp: datetime | None = Field(None, description="When it was signed.")
    precision: str | None = Field(None, description="“minute”, “second”, or “day” alone.")
    zone_assumed: bool | None = Field(None, description="Its time has no zone: the wiki's.")
    impossible_date: bool | None = Field(
        None, description="Its signature has a date or time that does not exist, or before 2001."
    )
    inline: bool | None = Field(None, description="Signed in another comment's paragraph.")
    cosigners: list[dict[str, Any]] | None = Field(None, description="Further signatures.")
    descendants: int | None = Field(None, description="Comments below it, at any depth.")
    url: str | None = Field(None, description="Its permanent address.")
    wiki: str | None = Field(None, description="Where a comment is by itself: the wiki …")
    title: str | None = Field(None, description="… the page …")
    current: bool | None = Field(None, description="… and whether it is on it now.")
    replies: "list[ItemAnswer] | None" = Field(None, description="In trees: what is below it.")


class Threads(Listing):
    """Items of a page."""

    wiki: str
    title: str
    threaditems: list[ItemAnswer]


class Comments(Listing):
    """Comments, the newest first."""

    comments: list[ItemAnswer]


class Places(Schema):
    """A comment at each of its places."""

    comments: list[ItemAnswer]


def answers_of(wiki: Wiki | None, items: Sequence[Item], root: str) -> list[dict[str, Any]]:
    """Items of one wiki, or of several (None), as they are listed. Three queries at most.

    In: each with its page, its section and what it answers; `root`, the beginning of whole
    addresses.
    """
    resolve_links(wiki, items, root=root)
    return [_answer(item, root) for item in items]


def with_place(comment: Comment, answer: dict[str, Any]) -> dict[str, Any]:
    """A comment by itself: with where it is, or was."""
    page = comment.page
    place = {"wiki": page.wiki.dbname, "title": page.title, "current": comment.is_current}
    return answer | place


def tree_of(items: Sequence[Item], answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items that follow each other on a page, each with those below it as `replies`."""
    top: list[dict[str, Any]] = []
    above: list[tuple[Item, dict[str, Any]]] = []
    for item, answer in zip(items, answers, strict=True):
        answer["replies"] = []
        while above and above[-1][0].last_position < item.position:
            above.pop()
        (above[-1][1]["replies"] if above else top).append(answer)
        above.append((item, answer))
    return top


def _answer(item: Item, root: str) -> dict[str, Any]:
    common = {"position": item.position, "html": item.html}
    if isinstance(item, Section):
        return common | _heading(item)
    if isinstance(item, Comment):
        return common | _comment(item) | {"url": root + reverse("comment", args=[item.ident])}
    assert isinstance(item, UnsignedText)
    return common | {
        "type": "unsigned",
        "level": item.level,
        "section": item.section.ident,
        "text": item.text,
        "author": item.named or None,
        "known_by": item.known_by or None,
    }


def _heading(section: Section) -> dict[str, Any]:
    return {
        "type": "heading",
        "level": 0,
        "id": section.ident,
        "name": section.name,
        "parent": section.parent.ident if section.parent else None,
        "text": section.heading,
        "headingLevel": section.heading_level,
        "placeholderHeading": section.heading_level == 0,
        "anchor": section.anchor,
        "comments": section.comment_count,
        "closures": section.closures,
        "decision": decision_answer(section.decision)
        if shows_decisions(section.page.wiki)
        else None,
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "type": "comment",
        "level": comment.level,
        "id": comment.ident,
        "name": comment.name,
        "parent": (comment.parent or comment.section).ident,
        "section": comment.section.ident,
        "text": comment.text,
        "author": comment.author.name,
        "timestamp": comment.timestamp,
        "precision": comment.precision,
        "zone_assumed": comment.zone_assumed,
        "impossible_date": comment.impossible_date,
        "inline": comment.inline,
        "cosigners": comment.cosigners,
        "descendants": comment.descendants,
        "stance": comment.stance if shows_positions(comment.page.wiki) else None,
    }
