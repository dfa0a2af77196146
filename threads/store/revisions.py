"""Which kept revision a text is, and whether a later one is known."""

import hashlib
from dataclasses import asdict

from django.utils.translation import gettext as _

from threads.edits import RevisionFacts
from threads.models import Revision, TalkPage
from threads.models.wiki.packing import pack
from threads.wikitext import PARSER_VERSION
from threads.wikitext.model import ParsedPage


class RevisionConflict(ValueError):
    """A revision id that the archive has already, with another text."""


def revision_for(
    page: TalkPage,
    parsed: ParsedPage,
    text: str,
    facts: RevisionFacts,
) -> Revision:
    """The page's kept revision with this text, or a new one; not saved yet.

    Raises RevisionConflict.
    """
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    known = page.current_revision_id is not None
    revision = _kept(page, parsed.title, digest, facts.number) if known else None
    if revision is None:
        revision = Revision(page=page, sha256=digest, size=len(data), compressed=pack(data))
    if revision.number is None:
        # Nothing but its time tells such a revision from the same text saved again.
        times = [time for time in (revision.timestamp, facts.timestamp) if time]
        revision.timestamp = max(times, default=None)
        revision.number = facts.number
    revision.timestamp = revision.timestamp or facts.timestamp
    revision.learn(facts.edit)
    revision.parser_version = PARSER_VERSION
    revision.problems = [asdict(problem) for problem in parsed.problems]
    return revision


def _kept(page: TalkPage, title: str, digest: str, number: int | None) -> Revision | None:
    revisions = page.revisions.without_text()
    unnumbered = revisions.filter(number=None, sha256=digest)
    if number is None:
        current = revisions.filter(pk=page.current_revision_id or 0, sha256=digest)
        return current.first() or unnumbered.first()
    same = revisions.filter(number=number).first()
    if same and same.sha256 != digest:
        said = _("Revision %(number)s of “%(title)s” already exists with different text.")
        if title != page.title:
            said = _(
                "Revision %(number)s of “%(title)s” already exists with different text: of the "
                "page that is “%(kept)s” here."
            )
        told = {"number": number, "title": title, "kept": page.title}
        raise RevisionConflict(said % told)
    return same or unnumbered.first()


def is_outdated(page: TalkPage, revision: Revision) -> bool:
    """Whether the archive has a later revision of the page than this one."""
    if page.current_revision_id in (None, revision.pk):
        return False
    return page.revisions.shown().later_than(revision.number, revision.timestamp).exists()
