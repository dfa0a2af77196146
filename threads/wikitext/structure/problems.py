"""Problems: what an admin may want to look at on an imported page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from threads.wikitext.flow.nodes import BREAK, LINK, OPEN, Node
from threads.wikitext.model import Comment, Item, Problem
from threads.wikitext.syntax.brackets import MAX_DEPTH, Span

from .comments import Draft, DraftUnsigned

# Clocks differ, and a page may be imported from a wiki whose clock is ahead.
TOLERANCE = timedelta(days=1)
# Of each kind, this many are told; a page may be made of nothing else.
MOST_OF_A_KIND = 100
# A link to a user this near to the end of a text looks like a signature without a time.
NEAR_THE_END = 40


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages came upon, to be told as problems."""

    flow: list[Node]
    drafts: list[Draft]
    unclosed: list[Span]
    too_deep: list[Span]
    lone_timestamps: list[Node]
    skipping: list[Draft]
    numbered: list[Draft]


# What each kind of problem means to an admin.
MESSAGES = {
    "timestamp-without-author": (
        "Here is a time but no link to a user before it, so nobody is known to have signed."
    ),
    "author-without-timestamp": (
        "This text ends with a link to a user but has no time, so it is kept as unsigned."
    ),
    "skipped-indentation": (
        "This comment is indented more than one step further than the one above it."
    ),
    "duplicate-id": (
        "Something before it on this page has the same author, time and place, so its id got a "
        "number."
    ),
    "time-in-the-future": "This comment is signed with a time that is still to come.",
    "unclosed-markup": ("This begins a template, link or tag that has no end; it is kept as text."),
    "too-deep": (
        f"This holds more than {MAX_DEPTH} templates or links inside each other; it is kept as "
        "text."
    ),
    "unclosed-comment": (
        "This begins a comment that has no end, so the rest of the page is hidden, as on the wiki."
    ),
    "no-signature": (
        "Nobody has signed anything on this page, so all of it is kept as unsigned text. If there "
        "are signatures, check the wiki's language and time zone."
    ),
}


def notice(text: str, items: list[Item], findings: Findings) -> list[Problem]:
    """The problems of a page, in the order of their places."""
    comments = [item for item in items if isinstance(item, Comment)]
    limit = datetime.now(UTC) + TOLERANCE
    comments_begun = {span: text.startswith("<!--", span[0]) for span in findings.unclosed}
    places: dict[str, list[Span]] = {
        "timestamp-without-author": [(n.start, n.end) for n in findings.lone_timestamps],
        "author-without-timestamp": [
            (draft.start, draft.end)
            for draft in findings.drafts
            if _names_a_user(draft, findings.flow)
        ],
        "skipped-indentation": [(draft.start, draft.end) for draft in findings.skipping],
        "duplicate-id": [(draft.start, draft.end) for draft in findings.numbered],
        "time-in-the-future": [(c.start, c.end) for c in comments if c.timestamp > limit],
        "unclosed-markup": [span for span, is_one in comments_begun.items() if not is_one],
        "too-deep": findings.too_deep,
        "unclosed-comment": [span for span, is_one in comments_begun.items() if is_one],
        "no-signature": [] if comments else [(0, len(text))],
    }
    found = [
        Problem(code, MESSAGES[code], *span)
        for code, spans in places.items()
        for span in spans[:MOST_OF_A_KIND]
    ]
    return sorted(found, key=lambda problem: problem.start)


def _names_a_user(draft: Draft, flow: list[Node]) -> bool:
    """Whether an unsigned text ends like a signature that lacks its time."""
    if not isinstance(draft, DraftUnsigned):
        return False
    length = 0
    for node in reversed(flow[draft.first : draft.last]):
        if node.kind is OPEN and node.user and node.info is LINK:
            return True
        length += len(node.text)
        if node.kind is BREAK or length > NEAR_THE_END:
            return False
    return False
