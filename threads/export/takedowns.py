"""What was taken down, so that whoever has an earlier export can follow: never a name that is not
shown any more, and no text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from threads.models import PrivacyRule, TalkPage
from threads.privacy.rules.holding import redaction_of
from threads.store import load_rows

from .lines import RevisionLine, TakedownLine
from .references import References
from .selection import by_bytes

Kind = PrivacyRule.Kind
NOTHING = "#"  # before a subject that no name and no title can be


def takedowns(wiki: str = "", since: datetime | None = None) -> Iterator[TakedownLine]:
    """Those that hold, in the order of what they are about; with `since`, those that were made or
    undone from that moment on, too. In: a wiki's database name, for its own alone."""
    rules = PrivacyRule.objects.select_related("wiki").order_by(
        by_bytes("wiki__dbname"), "kind", "pk"
    )
    if wiki:
        rules = rules.filter(wiki__dbname=wiki)
    if since is None:
        rules = rules.filter(undone_at=None)
    else:
        rules = rules.filter(Q(made_at__gte=since) | Q(undone_at__gte=since))
    return map(_line, rules)


def _line(rule: PrivacyRule) -> TakedownLine:
    redaction = redaction_of(rule.wiki)
    titles = {Kind.PAGE: rule.subject, Kind.REVISION: str(rule.known.get("title", ""))}
    is_number = rule.kind == Kind.REVISION and rule.subject.isdecimal()
    line = TakedownLine(
        wiki=rule.wiki.dbname,
        kind=rule.kind,
        page=redaction.title(titles.get(Kind(rule.kind), "")),
        revision=int(rule.subject) if is_number else None,
        comment=redaction.ident(rule.subject) if rule.kind == Kind.COMMENT else "",
        name=redaction.name(rule.new_name),
        reason=rule.reason,
        made_at=rule.made_at,
        undone_at=rule.undone_at,
    )
    # What a rule is recognized by must be in the line; it is not where it tells of a name.
    names = {rule.subject, *rule.known.get("names", ())}
    line.holds = rule.known.get("holds", not line.name and names == {_subject(line)})
    return line


def _subject(line: TakedownLine) -> str:
    """What a rule is about, as far as its line tells; where it does not, what nothing can be."""
    told = {
        Kind.COMMENT: line.comment,
        Kind.REVISION: str(line.revision or ""),
        Kind.PAGE: line.page,
    }.get(Kind(line.kind), "")
    if told or line.kind == Kind.MASK:
        return told
    return f"{NOTHING}{line.name or line.page} {line.made_at.isoformat()}"


def load_takedowns(known: References, lines: Sequence[TakedownLine]) -> None:
    """Load them. Later imports are kept to those that hold: of the others, what they are recognized
    by is in no export."""
    rows = []
    for line in lines:
        told = {"new_name": line.name, "reason": line.reason}
        times = {"made_at": line.made_at, "undone_at": line.undone_at}
        wiki = known.wiki(line.wiki).pk
        holds = _is_told_whole(line) if line.holds is None else line.holds
        rows.append(_row(wiki, line.kind, _subject(line), line.page, holds) | told | times)
    load_rows(PrivacyRule, rows)


def _is_told_whole(line: TakedownLine) -> bool:
    """Whether an older export surely has what a rule is recognized by: comments' names and titles
    may have had another author's name in them."""
    return line.kind == Kind.MASK or bool(line.revision)


def rules_that_do_not_hold() -> QuerySet[PrivacyRule]:
    """Those that were loaded and are not kept to by later imports."""
    return PrivacyRule.objects.active().filter(known__holds=False).order_by("pk")


def rule_of(page: TalkPage, line: RevisionLine, place: int) -> int:
    """The key of the rule by which a version has no text; in: its place on its page."""
    rules = PrivacyRule.objects.active().filter(wiki=page.wiki_id, kind=Kind.REVISION)
    if line.number:
        rules = rules.filter(subject=str(line.number))
    else:
        rules = rules.filter(subject__startswith=NOTHING, reason=line.taken_down)
        rules = rules.filter(known__title=page.title)
    found = rules.order_by("pk").first()
    if found is not None:
        return found.pk
    subject = str(line.number or f"{NOTHING}{page.title} {place}")
    row = _row(page.wiki_id, Kind.REVISION, subject, page.title, bool(line.number))
    return load_rows(PrivacyRule, [row | {"reason": line.taken_down}])[0]


def _row(wiki: int, kind: str, subject: str, title: str, holds: bool) -> dict[str, Any]:
    """A rule whose originals are elsewhere."""
    return {
        "wiki_id": wiki,
        "kind": kind,
        "subject": subject,
        "new_name": "",
        "everywhere": True,
        "reason": "",
        "note": "",
        "known": {"is_loaded": True, "title": title, "words": "–", "holds": holds},
        "made_by_id": None,
        "made_at": timezone.now(),
        "undone_by_id": None,
        "undone_at": None,
        "state": PrivacyRule.State.APPLIED,
        "done_to": 0,
        "heartbeat": None,
        "log": "",
    }
