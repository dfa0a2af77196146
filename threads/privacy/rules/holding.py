"""The privacy rules of a wiki that hold, put together."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from threads.models import PrivacyRule, Wiki
from threads.store import parse_options
from threads.wikitext.redaction.comments import TakenComment
from threads.wikitext.redaction.names import Renaming
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.site.languages import profile_for

Kind = PrivacyRule.Kind


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a wiki."""

    redaction: Redaction
    pages: dict[str | int, str] = field(default_factory=dict)  # title or page ID -> the reason
    revisions: dict[str, str] = field(default_factory=dict)  # ID, or SHA-256 -> the reason

    def reason_for_page(self, title: str, number: int | None) -> str:
        """Why a page is not taken; "" where it is."""
        return self.pages.get(title) or (number and self.pages.get(number)) or ""

    def reason_for_revision(self, number: int | None, text: str) -> str:
        """The same of one state of a page; in: its text as the wiki has it."""
        if not self.revisions:
            return ""
        known_as = str(number) if number else hashlib.sha256(text.encode()).hexdigest()
        return self.revisions.get(known_as, "")


def rules_of(wiki: Wiki) -> Rules | None:
    """The rules that hold for a wiki; None where there are none, as for most. One query."""
    found = list(PrivacyRule.objects.active().filter(wiki=wiki)) if wiki.pk else []
    if not found:
        return None
    return Rules(redaction_by(wiki, found), _taken_pages(found), _taken_revisions(found))


def redaction_of(wiki: Wiki) -> Redaction:
    """What the rules that hold do to texts of a wiki; nothing, where there are none. One query."""
    return redaction_by(wiki, PrivacyRule.objects.active().filter(wiki=wiki))


def redaction_by(wiki: Wiki, rules: Iterable[PrivacyRule]) -> Redaction:
    """The same by these rules alone."""
    held = [rule for rule in rules if not (rule.is_of_name and rule.known.get("is_loaded"))]
    profile = profile_for(**parse_options(wiki))
    names = tuple(renaming_by(rule) for rule in held if rule.is_of_name)
    masks = any(rule.kind == Kind.MASK for rule in held)
    shown = Redaction(profile, names, masks=masks)
    comments = tuple(_comment_by(rule, shown) for rule in held if rule.kind == Kind.COMMENT)
    return Redaction(profile, names, comments, masks)


def renaming_by(rule: PrivacyRule) -> Renaming:
    """The change of a name that a rule makes."""
    spared = tuple(rule.known.get("spared", ()))
    return Renaming(rule.subject, rule.new_name, rule.everywhere, spared)


def _comment_by(rule: PrivacyRule, shown: Redaction) -> TakenComment:
    names = frozenset({rule.subject, *rule.known.get("names", ())})
    taken = TakenComment(
        # A wiki may have changed the name in its texts as well.
        names=names | {shown.ident(name) for name in names},
        words=rule.known["words"],
        signer=rule.new_name,
        lines=frozenset(rule.known.get("lines", ())),
        times=frozenset(rule.known.get("times", ())),
        pieces=frozenset(rule.known.get("pieces", ())),
        signatures=frozenset(map(tuple, rule.known.get("signatures", ()))),
        since=rule.made_at,
    )
    signed = {f"c-{name}" for _before, name in taken.signatures_in_ids}
    return replace(taken, names=taken.names | signed)


def _taken_pages(rules: Iterable[PrivacyRule]) -> dict[str | int, str]:
    taken: dict[str | int, str] = {}
    for rule in rules:
        if rule.kind == Kind.PAGE:
            number = rule.known.get("number")
            taken |= {rule.subject: rule.reason, **({number: rule.reason} if number else {})}
    return taken


def _taken_revisions(rules: Iterable[PrivacyRule]) -> dict[str, str]:
    return {rule.subject: rule.reason for rule in rules if rule.kind == Kind.REVISION}
