"""Conversation actions from histories, as WikiConv has them (Hua et al., 2018), in JSON Lines.

A comment is created (or added, where it answers one) when it is first seen; what happened to it in
later revisions modifies, deletes or restores it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import F

from threads.export.discussions import pages_of
from threads.export.selection import Selection, by_bytes
from threads.models import Change, Comment, TalkPage

ROWS = 500  # that are read at once
KINDS = {
    Change.Kind.CHANGED: "MODIFICATION",
    Change.Kind.LEFT: "DELETION",
    Change.Kind.RETURNED: "RESTORATION",
}
encode = msgspec.json.Encoder(order="deterministic").encode


class Action(msgspec.Struct, kw_only=True):
    """What happened to a comment; `docs/export.md` describes the fields."""

    id: str
    type: str
    comment_id: str
    conversation_id: str
    reply_to: str | None = msgspec.field(name="reply-to")
    ancestor_id: str
    parent_id: str | None
    speaker: str
    user: str
    timestamp: datetime | None
    wiki: str
    page_title: str
    topic: str
    rev_id: int | None
    text: str


def wikiconv(selection: Selection) -> Iterator[bytes]:
    for page in pages_of(selection):
        changes = _changes(page)
        roots = _roots(dict(page.comments.order_by().values_list("ident", "parent__ident")))
        for comment in _comments(page, selection):
            root = roots[comment.ident]
            for action in _actions(page, comment, changes.get(comment.pk, []), root):
                yield encode(action) + b"\n"


def _roots(parents: Mapping[str, str | None]) -> dict[str, str]:
    """The comment that the conversation of each began with."""
    roots: dict[str, str] = {}
    for ident in parents:
        way = [ident]
        while way[-1] not in roots and (parent := parents[way[-1]]) is not None:
            way.append(parent)
        roots.update(dict.fromkeys(way, roots.get(way[-1], way[-1])))
    return roots


def _comments(page: TalkPage, selection: Selection) -> Iterator[Any]:
    """Of all that the page ever had what is selected, first what stands on it."""
    comments = selection.among(Comment.objects.all(), page).order_by(
        "-is_current", "position", by_bytes("ident")
    )
    return comments.annotate(
        author_name=F("author__name"),
        heading=F("section__heading"),
        parent_ident=F("parent__ident"),
        saved_by=F("first_revision__user"),
        saved_as=F("first_revision__number"),
    ).iterator(ROWS)


def _changes(page: TalkPage) -> dict[int, list[Change]]:
    """What happened to the page's comments, by primary key, in its order."""
    told = defaultdict(list)
    rows = Change.objects.filter(comment__page=page).select_related("revision")
    for change in rows.defer("html", "revision__compressed").order_by("pk"):
        told[change.comment_id].append(change)
    return told


def _actions(page: TalkPage, comment: Any, changes: list[Change], root: str) -> Iterator[Action]:
    name = f"{page.wiki.dbname}:{page.title}#"
    ident = f"{name}{comment.ident}"
    # A change tells the text before it: each text is told by the next change of it.
    texts = [change.text for change in changes if change.kind == Change.Kind.CHANGED]
    texts.append(comment.text)
    text = texts.pop(0)
    action = Action(
        id=f"{ident}/0",
        type="ADDITION" if comment.parent_ident else "CREATION",
        comment_id=ident,
        conversation_id=f"{name}{root}",
        reply_to=f"{name}{comment.parent_ident}" if comment.parent_ident else None,
        ancestor_id=f"{ident}/0",
        parent_id=None,
        speaker=comment.author_name,
        user=comment.saved_by,
        timestamp=comment.timestamp,
        wiki=page.wiki.dbname,
        page_title=page.title,
        topic=comment.heading,
        rev_id=comment.saved_as,
        text=text,
    )
    yield action
    for number, change in enumerate(changes, start=1):
        if change.kind == Change.Kind.CHANGED:
            text = texts.pop(0)
        saved = change.revision
        action = msgspec.structs.replace(
            action,
            id=f"{ident}/{number}",
            type=KINDS[Change.Kind(change.kind)],
            parent_id=action.id,
            user=saved.user,
            timestamp=saved.timestamp,
            rev_id=saved.number,
            text="" if change.kind == Change.Kind.LEFT else text,
        )
        yield action
