"""What editors corrected on a page, redacted: it holds ids, names, and words of comments."""

from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Any

from django.db import transaction

from threads.models import Repair, TalkPage, Wiki
from threads.models.discussion.comment_ids import spellings_of
from threads.privacy.withheld.originals import Originals
from threads.wikitext.redaction.comments import TakenComment, signed_by, without_pieces
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.structure.identity import name_in_ids

from .readings import COLUMNS, Corrected, as_made, borders, corrections

WORDS = ("at", "words")  # of the values, what is quoted from comments
# Of the values: an id, and who signed the comment that has it.
SIGNED = (("was", "was_by"), ("parent", "new_by"))
NAMES = ("author", "was_by", "new_by")  # of the values, users' names


def redact_corrections(wiki: Wiki, redaction: Redaction) -> None:
    """Change all corrections of a wiki: those of one page are applied to other pages as well."""
    for page in TalkPage.objects.filter(wiki=wiki, repairs__isnull=False).distinct().order_by("pk"):
        originals = Originals(page, page.withheld.filter(table="repair"))
        with transaction.atomic():
            redact_repairs(page, redaction, originals)
            originals.save()


def redact_repairs(page: TalkPage, redaction: Redaction, originals: Originals) -> None:
    """Change a page's corrections."""
    repairs = list(page.repairs.all())
    shared = shared_words(page.wiki, redaction) if repairs else []
    for repair in repairs:
        now = _told(repair)
        told = {column: originals.of(repair, column, now[column]) for column in COLUMNS}
        shown = _shown(told, redaction, _shared_by(repair, shared))
        for column in COLUMNS:
            originals.settle(repair, column, told[column], shown[column])
        _set(repair, shown)
        if shown != now:
            repair.save(update_fields=COLUMNS)


def as_shown(wiki: Wiki, redaction: Redaction) -> list[Repair]:
    """The wiki's corrections that hold, unsaved, as a redaction leaves them."""
    repairs = as_made(corrections(wiki))
    shared = shared_words(wiki, redaction) if repairs else []
    for repair in repairs:
        _set(repair, _shown(_told(repair), redaction, _shared_by(repair, shared)))
    return repairs


def corrected(page: TalkPage, before: list[Repair]) -> Corrected:
    """In: the corrections by which the page's rows were read."""
    known = {repair.pk: _told(repair) for repair in before}
    now = {repair.pk: repair for repair in corrections(page.wiki)}
    others = [repair for repair in before if known[repair.pk] != _told(now.get(repair.pk, repair))]
    if any(repair.page_id == page.pk for repair in others):
        return Corrected(before, otherwise=True)
    names = {name for repair in others for name in (repair.name, now[repair.pk].name) if name}
    spellings = {spelling for name in names for spelling in spellings_of(name)}
    return Corrected(before, page.comments.with_names(spellings).exists() if names else False)


def redact_new(repair: Repair, redaction: Redaction) -> None:
    """The same of a correction that is made while the rules hold; it is not saved."""
    _set(repair, _shown(_told(repair), redaction, ()))


def shared_words(wiki: Wiki, redaction: Redaction) -> list[tuple[TakenComment, set[str]]]:
    """With each comment that is taken down, the names and ids of those that have, or had, some of
    its words: because they were merged with it or split from it, now or once. One query."""
    together = [
        {each.name, each.value.get("part", ""), each.value.get("with", "")} - {""}
        for each in (borders(wiki) if redaction.comments else ())
    ]
    return [(taken, _connected({*taken.names}, together)) for taken in redaction.comments]


def _shared_by(
    repair: Repair, shared: Iterable[tuple[TakenComment, set[str]]]
) -> list[TakenComment]:
    """Those of them whose words a correction may quote."""
    return [taken for taken, names in shared if repair.name in names]


def _told(repair: Repair) -> dict[str, Any]:
    return {column: getattr(repair, column) for column in COLUMNS}


def _set(repair: Repair, shown: dict[str, Any]) -> None:
    for column in COLUMNS:
        setattr(repair, column, shown[column])


def _connected(names: set[str], together: list[set[str]]) -> set[str]:
    """The names, and what stands in a set with one of them; ids begin with names."""
    found = {*names}
    while more := [
        some
        for some in together
        if not some <= found
        and any(each in found or each.startswith(tuple(f"{it}-" for it in found)) for each in some)
    ]:
        found = found.union(*more)
    return found


def _shown(
    told: dict[str, Any], redaction: Redaction, shared: Iterable[TakenComment]
) -> dict[str, Any]:
    """In: the comments that are taken down which it may quote."""
    text, note = told["text"], told["note"]
    for rule in redaction.comments:
        text = without_pieces(text, rule, short=rule in shared)
        note = without_pieces(note, rule, short=rule in shared)
    shown: dict[str, Any] = {
        "target": redaction.ident(told["target"]),
        "name": redaction.ident(told["name"]),
        "text": redaction.words(text),
        "value": {**redaction.data(told["value"]), **_named(told["value"], redaction)},
        "note": redaction.words(note),
    }
    for rule in shared:
        quoted = {name: rule.words for name in WORDS if _quotes(told["value"].get(name, ""), rule)}
        shown["value"] = {**shown["value"], **quoted}
    if taken := redaction.taken(told["name"]):
        # By its text, a correction is found again where the comment stands on another page.
        shown["text"] = unescape(taken.words)
        quoted = {name: taken.words for name in WORDS if told["value"].get(name)}
        shown["value"] = {**shown["value"], **quoted, **_signed(taken.signer, told["value"])}
    if signer := _signer_of_part(told["value"], redaction):
        shown["value"] = {**shown["value"], "author": signer}
    for ident, by in SIGNED:
        signer = redaction.signer(str(told["value"].get(ident, "")))
        if signer and told["value"].get(by):
            shown["value"] = {**shown["value"], by: signer}
    return shown


def _signer_of_part(value: dict[str, Any], redaction: Redaction) -> str:
    """Who is to have signed what a correction splits from a comment; "" for whoever has."""
    if not ("at" in value and value.get("author") and value.get("timestamp")):
        return ""
    signed = name_in_ids(value["author"]), datetime.fromisoformat(value["timestamp"])
    return next((each.signer for each in redaction.comments if signed in signed_by(each)), "")


def _quotes(words: str, taken: TakenComment) -> bool:
    return words != "" and any(each in words or words in each for each in taken.pieces)


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
