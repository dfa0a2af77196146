"""The stages by which a page is read, in order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from .flow.anchors import anchors_in, link_anchors
from .flow.nodes import Node
from .flow.notes import Notes
from .markup.entities import cleaned, with_line_feeds
from .model import Box, Closure, Decision, Item, Problem, Section
from .site.languages import Profile, profile_for, zone
from .site.links import normalise_title
from .site.redirects import redirect_of
from .site.timestamps import TimestampPattern
from .structure import problems
from .structure.boxes import find_boxes
from .structure.closures import find_closures
from .structure.comments import Draft, DraftHeading, Finder, set_spans
from .structure.finishing import finished
from .structure.identity import set_further_identities, set_identities
from .structure.indentation import set_parents
from .structure.outcomes.counting import counted, topics_of, with_positions
from .structure.outcomes.decisions import find_decisions
from .structure.outcomes.passages import Passages
from .structure.outcomes.positions import find_positions
from .structure.places import Places
from .structure.sections import set_headings
from .structure.signatures import Signatures
from .structure.words.marks import Marks
from .structure.words.parting import Parter
from .structure.words.plain_names import PlainNames
from .syntax.blocks.reader import read_flow
from .syntax.brackets import Span, scan

_BYTE_ORDER_MARK = "\ufeff"
_NO_TALK = re.compile("__NOTALK__", re.IGNORECASE)


class ParseOptions(TypedDict, total=False):
    """How a wiki's pages are to be read; what is left out is as on a wiki in English."""

    language: str  # MediaWiki's code of the wiki's language
    timezone: str  # IANA name of its time zone
    profile: Mapping[str, Any] | None  # what the wiki has of its own: see languages.profile_for
    wiki: str  # database name, by which one of Wikimedia's wikis is known; "" for every other


@dataclass(slots=True)
class PageState:
    """A page on its way through the stages."""

    text: str
    title: str
    profile: Profile
    flow: list[Node] = field(default_factory=list)
    places: Places = field(default_factory=lambda: Places.of(()))
    drafts: list[Draft] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    too_deep: list[Span] = field(default_factory=list)
    unclosed: list[Span] = field(default_factory=list)
    no_talk: list[Span] = field(default_factory=list)
    lone_timestamps: list[Node] = field(default_factory=list)
    skipping: list[Draft] = field(default_factory=list)
    numbered: list[Draft] = field(default_factory=list)


def page_of(text: str, title: str, **options: Unpack[ParseOptions]) -> PageState:
    """A page that is to be read. Raises UnknownLanguage, UnknownTimezone and BadProfile."""
    text = with_line_feeds(cleaned(text))
    if text.startswith(_BYTE_ORDER_MARK):  # an editor's: it shows nothing, and hides no heading
        text = "\n" + text[1:]
    return PageState(text, normalise_title(cleaned(title)), profile_for(**options))


def build_flow(page: PageState) -> None:
    """Wikitext to the flat list of nodes."""
    brackets = scan(page.text)
    page.unclosed, page.too_deep = brackets.unclosed, brackets.too_deep
    page.no_talk = [match.span() for match in _NO_TALK.finditer(brackets.masked)]
    page.flow = read_flow(page.text, brackets, page.profile, page.title, Notes())


def find_comments(page: PageState) -> None:
    """Nodes to headings, comments and unsigned text, each with its span."""
    page.places = Places.of(page.flow)
    signatures = Signatures(page.flow, TimestampPattern(page.profile))
    finder = Finder(page.flow, page.places, signatures)
    page.drafts = finder.items()
    page.lone_timestamps = finder.lone_timestamps
    if page.text and not (page.drafts and isinstance(page.drafts[0], DraftHeading)):
        page.drafts.insert(0, DraftHeading(0, 0))


def link_to_anchors(page: PageState) -> None:
    """Links within the page to the places that it names, in headings as well."""
    drafts = (draft for draft in page.drafts if isinstance(draft, DraftHeading))
    headings = [draft.heading.nodes for draft in drafts if draft.heading]
    anchors = [page.flow[index] for index in page.places.anchors]
    anchors += anchors_in(node for nodes in headings for node in nodes)
    link_anchors([page.flow, *headings], anchors)


def read_headings(page: PageState) -> None:
    """Heading texts and anchors."""
    set_headings([draft for draft in page.drafts if isinstance(draft, DraftHeading)])


def build_threads(page: PageState) -> None:
    """Parents, by indentation."""
    page.skipping = set_parents(page.drafts)


def name_items(page: PageState) -> None:
    """Ids and names."""
    page.numbered = set_identities(page.drafts, zone(page.profile.timezone))


def part_items(page: PageState) -> None:
    """What is somebody else's than the signer's, as items of their own."""
    marks = Marks(page.flow, page.text, TimestampPattern(page.profile), page.profile)
    names = PlainNames(page.flow, page.places.users, page.profile)
    parter = Parter(page.flow, page.places, marks, names)
    before = [(draft.level, draft.parent) for draft in page.drafts]
    found = parter.parted(page.drafts)
    if parter.cut or found != page.drafts:
        for draft, (level, parent) in zip(page.drafts, before, strict=True):
            draft.in_dt = level, parent
        page.drafts = found
        page.skipping = set_parents(page.drafts)
        for draft in page.drafts:
            if draft.in_dt == (draft.level, draft.parent) and draft not in parter.cut:
                draft.in_dt = None
    page.numbered += set_further_identities(page.drafts, zone(page.profile.timezone))
    set_spans(page.drafts, page.flow, page.text)


def finish_items(page: PageState) -> None:
    """Drafts to the finished items, with their HTML and text."""
    page.items = finished(page.drafts, page.flow, page.places)


def detect_closures(page: PageState) -> None:
    """Which discussions are closed, and what is set apart in boxes: nothing on most pages."""
    if not page.places.states:
        return
    page.closures = find_closures(page.text, page.flow, page.places, page.drafts)
    page.boxes = find_boxes(page.text, page.flow, page.places, page.drafts)


def detect_outcomes(page: PageState) -> None:
    """Who takes which position, and which topics were decided: nothing on most pages."""
    words, passages = page.profile.outcomes, Passages(page.flow, page.text)
    topics = topics_of([item for item in page.items if isinstance(item, Section)], words)
    found = find_decisions(page.text, page.drafts, page.closures, passages, topics, words)
    page.decisions = found
    positions = find_positions(page.drafts, page.closures, passages, topics, words)
    if positions:
        page.items = with_positions(page.items, counted(page.items, positions, words))


def notice_problems(page: PageState) -> None:
    """What an admin may want to look at."""
    findings = problems.Findings(
        page.profile,
        page.flow,
        page.drafts,
        page.unclosed,
        page.too_deep,
        page.lone_timestamps,
        page.skipping,
        page.numbered,
        page.no_talk,
        redirect_of(page.text, page.profile),
    )
    page.problems = problems.notice(page.text, page.items, findings)


STAGES: tuple[Callable[[PageState], None], ...] = (
    build_flow,
    find_comments,
    link_to_anchors,
    read_headings,
    build_threads,
    name_items,
    part_items,
    finish_items,
    detect_closures,
    detect_outcomes,
    notice_problems,
)
