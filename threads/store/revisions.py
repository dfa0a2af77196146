"""Which kept revision a text is, and whether a later one is known."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from django.db.models import Q
from django.utils.translation import gettext as _

from threads.edits import RevisionFacts
from threads.models import Revision, TalkPage, Withheld
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
    revision = _kept(page, parsed.title, digest, facts) if known else None
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


def _kept(page: TalkPage, title: str, digest: str, facts: RevisionFacts) -> Revision | None:
    number, unnumbered = facts.number, Q(number=None)
    if number is None:
        current = Q(pk=page.current_revision_id or 0)
        return _of_text(page, digest, current | unnumbered, facts)
    same = page.revisions.without_text().filter(number=number).first()
    if same and (same.sha256 != digest or _differs(same, facts)):
        said = _("Revision %(number)s of “%(title)s” already exists with different text.")
        if title != page.title:
            said = _(
                "Revision %(number)s of “%(title)s” already exists with different text: of the "
                "page that is “%(kept)s” here."
            )
        told = {"number": number, "title": title, "kept": page.title}
        raise RevisionConflict(said % told)
    return same or _of_text(page, digest, unnumbered, facts)


def _of_text(page: TalkPage, digest: str, among: Q, facts: RevisionFacts) -> Revision | None:
    """Of revisions that show the text of this digest, the one that readers see first.

    Under privacy rules, two texts may show the same; each is kept. A revision whose original is
    not known, as one from an export, is taken for any that shows its text.
    """
    found = page.revisions.shown().without_text().filter(among, sha256=digest).order_by("pk")
    shown_first = sorted(found, key=lambda each: each.pk != page.current_revision_id)
    originals = _originals(shown_first)
    same = [each for each in shown_first if originals.get(each.pk) == facts.original]
    if facts.original is not None:
        same += [each for each in shown_first if each.pk not in originals]
    return same[0] if same else None


def facts_of(revision: Revision) -> RevisionFacts:
    """What is known of a kept revision, so that its text is taken for it again. One query."""
    original = _originals([revision]).get(revision.pk)
    page_number = revision.page.number
    return RevisionFacts(revision.number, revision.timestamp, page_number, original=original)


def _differs(revision: Revision, facts: RevisionFacts) -> bool:
    """Whether what is withheld of a revision is known, and is another text."""
    if facts.original is None:
        return False
    return _originals([revision]).get(revision.pk, facts.original) != facts.original


def _originals(revisions: Sequence[Revision]) -> dict[int, str]:
    """By key, the texts as they were imported, where privacy rules changed them."""
    if not revisions:
        return {}
    keys = [each.pk for each in revisions]
    kept = Withheld.objects.filter(table="revision", column="text", row__in=keys)
    return {each.row: each.held for each in kept}


def is_outdated(page: TalkPage, revision: Revision) -> bool:
    """Whether the archive has a later revision of the page than this one."""
    if page.current_revision_id in (None, revision.pk):
        return False
    return page.revisions.shown().later_than(revision.number, revision.timestamp).exists()
