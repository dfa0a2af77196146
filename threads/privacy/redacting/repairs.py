"""What editors corrected on a page, redacted: it holds ids, names, and words of comments."""

from html import unescape
from typing import Any

from threads.models import Repair, TalkPage
from threads.privacy.withheld.originals import Originals
from threads.wikitext.redaction.redacting import Redaction

WORDS = ("at", "words")  # of the values, what is quoted from comments
COLUMNS = ("target", "name", "text", "value", "note")
# Of the values: an id, and who signed the comment that has it.
SIGNED = (("was", "was_by"), ("parent", "new_by"))
NAMES = ("author", "was_by", "new_by")  # of the values, users' names


def redact_repairs(page: TalkPage, redaction: Redaction, originals: Originals) -> bool:
    """Change a page's corrections; out: whether any of them is another one now."""
    changed = False
    for repair in page.repairs.all():
        now = {column: getattr(repair, column) for column in COLUMNS}
        told = {column: originals.of(repair, column, now[column]) for column in COLUMNS}
        shown = _shown(told, redaction)
        for column in COLUMNS:
            originals.settle(repair, column, told[column], shown[column])
            setattr(repair, column, shown[column])
        if shown != now:
            repair.save(update_fields=COLUMNS)
            changed = True
    return changed


def redact_new(repair: Repair, redaction: Redaction) -> None:
    """The same of a correction that is made while the rules hold; it is not saved."""
    told = {column: getattr(repair, column) for column in COLUMNS}
    for column, shown in _shown(told, redaction).items():
        setattr(repair, column, shown)


def _shown(told: dict[str, Any], redaction: Redaction) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "target": redaction.ident(told["target"]),
        "name": redaction.ident(told["name"]),
        "text": redaction.words(told["text"]),
        "value": {**redaction.data(told["value"]), **_named(told["value"], redaction)},
        "note": redaction.words(told["note"]),
    }
    if taken := redaction.taken(told["name"]):
        # By its text, a correction is found again where the comment stands on another page.
        shown["text"] = unescape(taken.words)
        quoted = {name: taken.words for name in WORDS if told["value"].get(name)}
        shown["value"] = {**shown["value"], **quoted, **_signed(taken.signer, told["value"])}
    for ident, by in SIGNED:
        signer = redaction.signer(str(told["value"].get(ident, "")))
        if signer and told["value"].get(by):
            shown["value"] = {**shown["value"], by: signer}
    return shown


def _named(value: dict[str, Any], redaction: Redaction) -> dict[str, str]:
    """The names that a correction holds: a name is one outside of links as well."""
    names = [*NAMES, "was"] if "author" in value else NAMES
    return {name: redaction.name(value[name]) for name in names if value.get(name)}


def _signed(signer: str, value: dict[str, Any]) -> dict[str, str]:
    """Who is told to have signed a comment that is to have another signer; in: what the correction
    says of it."""
    if not signer or "at" in value or "author" not in value:  # the other part has another author
        return {}
    return {name: signer for name in ("author", "was") if value.get(name)}
