"""Problems: what an admin may want to look at on an imported page."""

from datetime import UTC, datetime, timedelta

from .comments import Draft
from .model import Comment, Item, Problem
from .nodes import Node

# Clocks differ, and a page may be imported from a wiki whose clock is ahead.
TOLERANCE = timedelta(days=1)


def notice(
    text: str,
    items: list[Item],
    lone_timestamps: list[Node],
    skipping: list[Draft],
    numbered: list[Draft],
) -> list[Problem]:
    """The problems of a page, in the order of their places."""
    comments = [item for item in items if isinstance(item, Comment)]
    problems = [
        Problem(
            "timestamp-without-author",
            "Here is a time but no link to a user before it, so nobody is known to have signed.",
            node.start,
            node.end,
        )
        for node in lone_timestamps
    ]
    problems += [
        Problem(
            "skipped-indentation",
            "This comment is indented more than one step further than the one above it.",
            draft.start,
            draft.end,
        )
        for draft in skipping
    ]
    problems += [
        Problem(
            "duplicate-id",
            "Something before it on this page has the same author, time and place; "
            f"its id got a number: {draft.id}.",
            draft.start,
            draft.end,
        )
        for draft in numbered
    ]
    limit = datetime.now(UTC) + TOLERANCE
    problems += [
        Problem(
            "time-in-the-future",
            f"This comment is signed with a time that is still to come: {item.timestamp:%Y-%m-%d}.",
            item.start,
            item.end,
        )
        for item in comments
        if item.timestamp > limit
    ]
    if not comments:
        problems.append(
            Problem(
                "no-signature",
                "Nobody has signed anything on this page, so all of it is kept as unsigned text. "
                "If there are signatures, check the wiki's language and time zone.",
                0,
                len(text),
            )
        )
    return sorted(problems, key=lambda problem: problem.start)
