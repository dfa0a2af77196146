"""What was taken down, so that whoever has an earlier export can follow: never a name that is not
shown any more, and no text."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from threads.models import PrivacyRule, TalkPage
from threads.privacy.rules.holding import redaction_of
from threads.store import load_rows

from .lines import RevisionLine, TakedownLine
from .references import References
from .selection import by_bytes

Kind = PrivacyRule.Kind


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
    return TakedownLine(
        wiki=rule.wiki.dbname,
        kind=rule.kind,
        page=redaction.title(titles.get(Kind(rule.kind), "")),
        revision=int(rule.subject) if is_number else None,
        comment=redaction.ident(rule.subject) if rule.kind == Kind.COMMENT else "",
        name=rule.new_name,
        reason=rule.reason,
        made_at=rule.made_at,
        undone_at=rule.undone_at,
    )


def load_takedowns(known: References, lines: Sequence[TakedownLine]) -> None:
    """Load them; later imports are kept to them, but for names: an old name is in no export. Such a
    rule is about a name that nobody can have."""
    rows = []
    for line in lines:
        subject = {
            Kind.COMMENT: line.comment,
            Kind.REVISION: str(line.revision or ""),
            Kind.PAGE: line.page,
            Kind.MASK: "",
        }.get(Kind(line.kind), f"#{line.name} {line.made_at.isoformat()}")
        told = {"new_name": line.name, "reason": line.reason}
        times = {"made_at": line.made_at, "undone_at": line.undone_at}
        wiki = known.wiki(line.wiki).pk
        rows.append(_row(wiki, line.kind, subject, line.page) | told | times)
    load_rows(PrivacyRule, rows)


def rule_of(page: TalkPage, line: RevisionLine, place: int) -> int:
    """The key of the rule by which a version has no text; in: its place on its page."""
    subject = str(line.number or f"{page.title} {place}")
    rules = PrivacyRule.objects.active().filter(wiki=page.wiki_id, kind=Kind.REVISION)
    found = rules.filter(subject=subject).first()
    if found is not None:
        return found.pk
    row = _row(page.wiki_id, Kind.REVISION, subject, page.title)
    return load_rows(PrivacyRule, [row | {"reason": line.taken_down}])[0]


def _row(wiki: int, kind: str, subject: str, title: str) -> dict[str, Any]:
    """A rule whose originals are elsewhere."""
    return {
        "wiki_id": wiki,
        "kind": kind,
        "subject": subject,
        "new_name": "",
        "everywhere": True,
        "reason": "",
        "note": "",
        "known": {"is_loaded": True, "title": title, "words": "–"},
        "made_by_id": None,
        "made_at": timezone.now(),
        "undone_by_id": None,
        "undone_at": None,
        "state": PrivacyRule.State.APPLIED,
        "done_to": 0,
        "heartbeat": None,
        "log": "",
    }
