"""Talk pages as wikitext in, threads out. Pure Python: it does not need Django.

model.py      what parsing gives: sections, comments, unsigned text, problems
pipeline.py   the stages by which a page is read, in order
fragment.py   some wikitext by itself, as readers see it
structure/    nodes to sections, comments, parents and ids
syntax/       wikitext to nodes
rendering/    nodes to safe HTML and plain text
redaction/    wikitext without what is not to be shown
flow/         the nodes, and what they tell of each other
site/         what is known of a language and a wiki
markup/       what HTML and CSS a page may have
collector.py  the garbage collector at rest while many objects are made
bench.py      what parsing costs, beside mwparserfromhell alone
as_json.py    what parsing gives, as JSON
__main__.py   the command line
"""

from typing import Unpack

from .collector import collector_at_rest
from .model import ParsedPage
from .pipeline import STAGES, ParseOptions, page_of
from .site.faults import BadProfile
from .site.languages import UnknownLanguage, UnknownTimezone
from .structure.problem_messages import MESSAGES as PROBLEM_MESSAGES
from .structure.problem_messages import SENTENCES as PROBLEM_SENTENCES

__all__ = [
    "PARSER_VERSION",
    "PROBLEM_MESSAGES",
    "PROBLEM_SENTENCES",
    "BadProfile",
    "ParseOptions",
    "ParsedPage",
    "UnknownLanguage",
    "UnknownTimezone",
    "parse_page",
]

# Stored with what was parsed; a change here tells that a reparse would give other rows.
PARSER_VERSION = "16"


def parse_page(text: str, *, title: str, **options: Unpack[ParseOptions]) -> ParsedPage:
    """Read a talk page.

    In: its whole wikitext, its full title, and how its wiki's pages are to be read.
    Out: its items, whose spans are a partition of the text, and what is odd about them.
    Raises UnknownLanguage, UnknownTimezone and BadProfile; never for what the text holds.
    """
    with collector_at_rest():
        return _parsed(text, title, **options)


def _parsed(text: str, title: str, **options: Unpack[ParseOptions]) -> ParsedPage:
    """As `parse_page`; all that the stages made is gone with it, so that the collector has no
    more to look through than what it gives."""
    page = page_of(text, title, **options)
    for stage in STAGES:
        stage(page)
    return ParsedPage(
        page.title,
        page.profile.language,
        page.profile.timezone,
        tuple(page.items),
        tuple(page.closures),
        tuple(page.boxes),
        tuple(page.decisions),
        tuple(page.problems),
        page.profile.outcomes.positions_checked,
        page.profile.outcomes.decisions_checked,
    )
