"""Problems: what an admin may want to look at on an imported page."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from threads.wikitext.flow.nodes import BREAK, LINK, OPEN, TEXT, Node
from threads.wikitext.model import Comment, Item, Problem, Section
from threads.wikitext.site.foreign_dates import language_of_month
from threads.wikitext.site.historic_dates import HistoricDates, unsure_weeks
from threads.wikitext.site.languages import Profile
from threads.wikitext.site.redirects import Redirect
from threads.wikitext.syntax.brackets import MAX_DEPTH, Span

from .comments import Draft, DraftComment, DraftUnsigned
from .problem_messages import A_DATE, A_LANGUAGE, MESSAGES, NO_DATE, NO_LANGUAGE, NOTES
from .signatures import FoundSignature, is_content
from .unread_dates import unread_date
from .words.text_lines import LEADS_OVER

# Clocks differ, and a page may be imported from a wiki whose clock is ahead.
TOLERANCE = timedelta(days=1)
# Of each kind, this many are told; a page may be made of nothing else.
MOST_OF_A_KIND = 100
# A link to a user this near to the end of a text looks like a signature without a time.
NEAR_THE_END = 40
LONGEST_EXCERPT = 80  # characters
ENOUGH = 4 * LONGEST_EXCERPT  # of a text, for its excerpt: blanks are folded
BEFORE = 30  # of them, this many stand before a place inside an item
# Elements whose text is shown as it is written: a time there is of a sample.
_AS_IT_IS = re.compile(r"<(?:nowiki|pre|source|syntaxhighlight)\b", re.IGNORECASE)
_OPENING = re.compile(r"[{\[]|<!?\w*")  # how the kinds of what may be left open begin
# Where nobody has signed, a date is looked for in this much of the page, in characters.
SEARCHED = 50_000
# A time of day and a year near to it, or the other way round; and what may be the zone.
_DATE_LIKE = re.compile(
    r"(?:\b\d{1,2}[:.]\d\d\b[^\n\d][^\n]{0,40}?\b\d{4}\b|\b\d{4}\b[^\n]{1,40}?\b\d{1,2}[:.]\d\d\b)"
    r"(?::\d\d)?(?: ?\([^()\n]{1,12}\))?"
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages came upon, to be told as problems."""

    profile: Profile
    flow: list[Node]
    drafts: list[Draft]
    unclosed: list[Span]
    too_deep: list[Span]
    lone_timestamps: list[Node]
    skipping: list[Draft]
    numbered: list[Draft]
    no_talk: list[Span]
    redirect: Redirect | None


def notice(text: str, items: list[Item], findings: Findings) -> list[Problem]:
    """The problems of a page, in the order of their places."""
    places = _Places(text, items)
    found = [
        places.problem(code, MESSAGES[code].format(most=MAX_DEPTH), span)
        for code, spans in _spans(text, items, findings).items()
        for span in spans[:MOST_OF_A_KIND]
    ]
    found += _of_foreign_dates(places, findings)
    if redirect := findings.redirect:
        said = MESSAGES["redirect"].format(target=redirect.target)
        found.append(places.problem("redirect", said, (redirect.start, redirect.end)))
    elif not any(isinstance(item, Comment) for item in items):
        found.append(places.problem("no-signature", _no_signature(findings), (0, len(text))))
    return sorted(found, key=lambda problem: problem.start)


def _spans(text: str, items: list[Item], findings: Findings) -> dict[str, list[Span]]:
    """Where the page has problems, by their kinds."""
    limit = datetime.now(UTC) + TOLERANCE
    signatures = [s for draft in findings.drafts for s in _signatures_of(draft)]
    weeks = unsure_weeks(findings.profile.timezone)
    dates = HistoricDates(findings.profile)
    unclosed = _first_on_lines(text, findings.unclosed)
    comments_begun = {span: text.startswith("<!--", span[0]) for span in unclosed}
    return {
        "timestamp-without-author": list(_lone_timestamps(text, findings)),
        "author-without-timestamp": [
            (draft.start, draft.end)
            for draft in findings.drafts
            if _names_a_user(draft, findings.flow) and not unread_date(draft, findings.flow, dates)
        ],
        "skipped-indentation": [(draft.start, draft.end) for draft in findings.skipping],
        "duplicate-id": [(draft.start, draft.end) for draft in findings.numbered],
        "time-in-the-future": [
            (item.start, item.end)
            for item in items
            if isinstance(item, Comment) and item.timestamp > limit
        ],
        "ambiguous-date": [_date_of(s, findings.flow) for s in signatures if s.is_ambiguous],
        "no-such-date": [_date_of(s, findings.flow) for s in signatures if s.is_impossible],
        "clock-and-zone-differ": [
            _date_of(signature, findings.flow)
            for first, last in weeks
            for signature in signatures
            if signature.when
            and first <= signature.when < last
            and not signature.zone_assumed
            and "UTC" not in text[signature.start : signature.end]
        ],
        "unclosed-markup": [span for span, is_one in comments_begun.items() if not is_one],
        "too-deep": _first_on_lines(text, findings.too_deep),
        "unclosed-comment": [span for span, is_one in comments_begun.items() if is_one],
        "no-talk": findings.no_talk[:1],
        "different-indentation": [
            (draft.start, draft.end)
            for draft in findings.drafts
            if _changes_its_level(draft, findings.flow)
        ],
    }


def _lone_timestamps(text: str, findings: Findings) -> Iterator[Span]:
    for node in findings.lone_timestamps:
        if not _AS_IT_IS.match(text, node.start):
            yield node.start, node.end


def _first_on_lines(text: str, spans: Sequence[Span]) -> list[Span]:
    """Of openings, in order, the first of each kind on its line: what is not ended there leaves
    those around it without an end."""
    first: list[Span] = []
    kinds: set[str] = set()
    line_end = -1
    for span in spans:
        if span[0] > line_end:
            line_end = text.find("\n", span[0])
            line_end = len(text) if line_end < 0 else line_end
            kinds.clear()
        kind = _OPENING.match(text, span[0])
        assert kind is not None  # a bracket or a tag begins it
        if kind[0].lower() not in kinds:
            kinds.add(kind[0].lower())
            first.append(span)
    return first


def _of_foreign_dates(places: "_Places", findings: Findings) -> Iterator[Problem]:
    """Dates in another language than the wiki's: those that were read, and those that were not."""
    flow, drafts = findings.flow, findings.drafts
    read = (found for draft in drafts for found in _signatures_of(draft) if found.language)
    for signature in islice(read, MOST_OF_A_KIND):
        said = MESSAGES["foreign-date"].format(language=signature.language)
        yield places.problem("foreign-date", said, _date_of(signature, flow))
    dates = HistoricDates(findings.profile)
    unread = filter(None, (unread_date(draft, flow, dates) for draft in drafts))
    for date in islice(unread, MOST_OF_A_KIND):
        language = language_of_month(date.text, findings.profile.language)
        month = A_LANGUAGE.format(language=language) if language else NO_LANGUAGE
        said = MESSAGES["unread-date"].format(month=month)
        yield places.problem("unread-date", said, (date.start, date.end))


def _signatures_of(draft: Draft) -> Sequence[FoundSignature]:
    return draft.signatures if isinstance(draft, DraftComment) else ()


def _date_of(signature: FoundSignature, flow: list[Node]) -> Span:
    """Where the last text of a signature stands, with its date."""
    return flow[signature.last].start, signature.end


class _Places:
    """Tells of a place on a page what it is in, and what stands there."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self._text = text
        self._items = items
        self._starts = [item.start for item in items]
        self._headings = {item.id: item.heading for item in items if isinstance(item, Section)}

    def problem(self, code: str, message: str, span: Span) -> Problem:
        severity = "note" if code in NOTES else "problem"
        number = bisect_right(self._starts, span[0]) - 1
        if number < 0:
            return Problem(code, message, *span, severity)
        item = self._items[number]
        section = item.id if isinstance(item, Section) else item.section
        return Problem(
            code,
            message,
            *span,
            severity,
            section=section,
            heading=self._headings[section],
            item=item.id,
            excerpt=self._excerpt(item, span),
        )

    def _excerpt(self, item: Item, span: Span) -> str:
        """An item's words, or the wikitext around a place inside it."""
        words = item.heading if isinstance(item, Section) else item.text
        if not words or span != (item.start, item.end):
            start = max(item.start, span[0] - BEFORE)
            words = self._text[start : min(item.end, start + 2 * LONGEST_EXCERPT)]
        words = " ".join(words[:ENOUGH].split())
        return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1]}…"


def _no_signature(findings: Findings) -> str:
    """Why nobody may have been found to sign, and what may be a date."""
    profile = findings.profile
    formats = dict.fromkeys(form for style in profile.dates for form in style.formats)
    found = _date_like(findings)
    return MESSAGES["no-signature"].format(
        language=f"“{profile.language}”",
        timezone=f"“{profile.timezone}”",
        formats=", ".join(f"“{form}”" for form in formats),
        date=A_DATE.format(found=found) if found else NO_DATE,
    )


def _date_like(findings: Findings) -> str:
    """The first text of a page that looks like a date; "" where there is none."""
    shown = "".join(
        node.text if node.kind is TEXT else "\n" if node.kind is BREAK else ""
        for node in findings.flow
    )[:SEARCHED]
    if match := _DATE_LIKE.search(shown):
        return match[0]
    found = HistoricDates(findings.profile).find(shown)
    return " ".join(shown[found.start : found.end].split()) if found else ""


def _changes_its_level(draft: Draft, flow: list[Node]) -> bool:
    """Whether a comment begins at another depth than it is signed at, and does not lead over."""
    if not isinstance(draft, DraftComment) or draft.host is not None:
        return False
    signed = draft.signature.first
    level, begin = flow[signed].level, draft.first
    while begin < signed and not is_content(flow[begin]):
        begin += 1
    if begin == signed or flow[begin].level == level:
        return False
    nodes = reversed(flow[begin:signed])
    before = next(node for node in nodes if node.level != level and is_content(node))
    return not LEADS_OVER.search(before.text)


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
