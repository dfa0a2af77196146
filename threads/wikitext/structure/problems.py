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


def notice(text: str, items: list[Item], findings: Findings) -> list[Problem]:
    """The problems of a page, in the order of their places."""
    limit = datetime.now(UTC) + TOLERANCE
    comments = [item for item in items if isinstance(item, Comment)]
    future = [item for item in comments if item.timestamp > limit]
    found = [
        _problems(
            "timestamp-without-author",
            "Here is a time but no link to a user before it, so nobody is known to have signed.",
            [(node.start, node.end) for node in findings.lone_timestamps],
        ),
        _problems(
            "author-without-timestamp",
            "This text ends with a link to a user but has no time, so it is kept as unsigned.",
            [
                (item.start, item.end)
                for item in findings.drafts
                if _names_a_user(item, findings.flow)
            ],
        ),
        _problems(
            "skipped-indentation",
            "This comment is indented more than one step further than the one above it.",
            [(draft.start, draft.end) for draft in findings.skipping],
        ),
        _problems(
            "duplicate-id",
            "Something before it on this page has the same author, time and place, so its id "
            "got a number.",
            [(draft.start, draft.end) for draft in findings.numbered],
        ),
        _problems(
            "time-in-the-future",
            "This comment is signed with a time that is still to come.",
            [(item.start, item.end) for item in future],
        ),
        _problems(
            "unclosed-markup",
            "This begins a template, link or tag that has no end; it is kept as text.",
            [span for span in findings.unclosed if not text.startswith("<!--", span[0])],
        ),
        _problems(
            "too-deep",
            f"This holds more than {MAX_DEPTH} templates or links inside each other; it is kept as "
            "text.",
            findings.too_deep,
        ),
        _problems(
            "unclosed-comment",
            "This begins a comment that has no end, so the rest of the page is hidden, as on "
            "the wiki.",
            [span for span in findings.unclosed if text.startswith("<!--", span[0])],
        ),
    ]
    if not comments:
        message = (
            "Nobody has signed anything on this page, so all of it is kept as unsigned text. "
            "If there are signatures, check the wiki's language and time zone."
        )
        found.append(_problems("no-signature", message, [(0, len(text))]))
    return sorted((each for group in found for each in group), key=lambda problem: problem.start)


def _problems(code: str, message: str, spans: list[Span]) -> list[Problem]:
    return [Problem(code, message, *span) for span in spans[:MOST_OF_A_KIND]]


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
