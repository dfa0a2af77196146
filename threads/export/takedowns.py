"""What was taken down, so that whoever has an earlier export can follow: never a name that is not
shown any more, and no text."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from threads.models import PrivacyRule
from threads.privacy.rules.holding import redaction_of

from .lines import TakedownLine
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
