"""The kept revisions of a page, redacted: what each was is withheld, and all follows from them."""

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.utils import timezone

from threads.models import Repair, Revision, TalkPage, Withheld
from threads.models.wiki.packing import pack
from threads.privacy.withheld.originals import Originals
from threads.store import ReadText, apply_repairs, read_text
from threads.wikitext import ParsedPage
from threads.wikitext.redaction.comments import Readings
from threads.wikitext.redaction.redacting import Redaction

from .prepared import Prepared, Read

TEXTS = 10  # read at once
EDIT = ("user", "user_hidden", "summary", "summary_hidden")


@dataclass(frozen=True, slots=True)
class Called:
    """What a section or a comment is called by."""

    ident: str
    name: str
    anchor: str = ""  # of a section


@dataclass(frozen=True, slots=True)
class NewCall:
    """What one was called in the wikitext of before, and is called now."""

    before: Called
    now: Called


@dataclass(slots=True)
class Rewritten:
    """What became of a page's revisions."""

    called: dict[int, list[Called]] = field(
        default_factory=dict
    )  # before, of those with another text now
    hidden: set[str] = field(default_factory=set)  # ids and anchors of what was taken down …
    shown: set[str] = field(default_factory=set)  # … and of texts that changed, as they are shown
    changed: bool = False  # anything at all

    @property
    def texts(self) -> list[int]:
        """The keys of those with another text."""
        return list(self.called)


def prepare_revisions(page: TalkPage, prepared: Prepared) -> None:
    """Redact and read the page's texts, where any of them changes: all that takes long of what
    those do that follow, and `replay`."""
    originals, changes = Originals.of_page(page), False
    prepared.corrections = _corrections(page)
    whole = readings_of_originals(page, prepared.read)
    for revision in page.revisions.order_by("pk").iterator(TEXTS):
        text = _text_of(revision, prepared, originals, whole)
        changes = changes or text != revision.text
    for revision in page.revisions.order_by("pk").iterator(TEXTS) if changes else ():
        before, text = revision.text, _text_of(revision, prepared, originals, whole)
        for each in {before, text}:
            prepared.read(page.wiki, page.title, each)


def _text_of(revision: Revision, prepared: Prepared, originals: Originals, whole: Readings) -> str:
    """What is left of a revision's text."""
    if revision.withheld_by_id:
        return ""
    return prepared.redacted(originals.of(revision, "text", revision.text), whole)


def redact_revisions(
    page: TalkPage, redaction: Redaction, originals: Originals, prepared: Prepared
) -> Rewritten:
    """Change what is kept of a page's revisions; its rows are still those of before."""
    done = Rewritten()
    prepared.corrections = _corrections(page)
    shown, whole = reader(page, prepared.read), readings_of_originals(page, prepared.read)
    for revision in page.revisions.order_by("pk").iterator(TEXTS):
        before = revision.text
        original = originals.of(revision, "text", before)
        text = _text_of(revision, prepared, originals, whole)
        originals.settle(revision, "text", original, text)
        if text != before:
            calls = done.called[revision.pk] = calls_in(shown(before))
            if revision.withheld_by_id:
                done.hidden |= _words_of(calls)
            _set_text(revision, text)
        if _redact_edit(revision, redaction, originals) or text != before:
            done.changed = True
            revision.save()
    return done


def read_anew(page: TalkPage, done: Rewritten, prepared: Prepared) -> dict[str, NewCall]:
    """After the page's corrections were changed as well: note what the parser notices now.

    Out: by the ids of before, what sections and comments are called now.
    """
    read, calls = reader(page, prepared.read), dict[str, NewCall]()
    for revision in page.revisions.filter(pk__in=done.texts).order_by("pk").iterator(TEXTS):
        parsed = read(revision.text)
        revision.problems = [asdict(problem) for problem in parsed.problems]
        revision.save(update_fields=["problems"])
        before, now = done.called[revision.pk], calls_in(parsed)
        done.shown |= _words_of(now)
        if len(before) == len(now):
            pairs = zip(before, now, strict=True)
            calls |= {old.ident: NewCall(old, new) for old, new in pairs}
    return calls


def only_hidden(page: TalkPage, done: Rewritten, prepared: Prepared) -> set[str]:
    """Ids and anchors that only versions had which were taken down."""
    read, left = reader(page, prepared.read), set(done.hidden)
    for revision in page.revisions.shown().order_by("pk").iterator(TEXTS) if left else ():
        left -= _words_of(calls_in(read(revision.text)))
    return left


def reader(page: TalkPage, read: ReadText = read_text) -> Read:
    """How the page's wikitext is read, with the corrections as they are kept now."""
    return _reader(page, list(_repairs(page)), read)


def _words_of(calls: list[Called]) -> set[str]:
    return {word for call in calls for word in (call.ident, call.anchor)}


def calls_in(parsed: ParsedPage) -> list[Called]:
    sections = [Called(item.id, item.name, item.anchor) for item in parsed.sections]
    return sections + [Called(item.id, item.name) for item in parsed.comments]


def _repairs(page: TalkPage) -> list[Repair]:
    return list(Repair.objects.active().filter(page__wiki=page.wiki))


def _corrections(page: TalkPage) -> str:
    """The state of the wiki's corrections, as a text: another one after any change."""
    return repr([(each.pk, each.target, each.name, each.value) for each in _repairs(page)])


def borders(page: TalkPage) -> list[Repair]:
    """The corrections of the page's wiki, also those that were undone, that tell where comments
    begin and end, and who signed them. One query."""
    kinds = (Repair.Kind.SPLIT, Repair.Kind.JOIN, Repair.Kind.AUTHOR)
    return list(Repair.objects.filter(page__wiki=page.wiki, kind__in=kinds).order_by("pk"))


def readings_of(page: TalkPage) -> Readings:
    """In which ways the page's wikitext was read when a comment was taken down: with what still
    holds of `borders`, with all of them, and without merges, by which the words of one comment are
    another one's."""
    return _readings(page, borders(page), read_text)


def readings_of_originals(page: TalkPage, read: ReadText = read_text) -> Readings:
    """The same for texts as they were imported, with the corrections as they were made."""
    repairs = borders(page)
    withheld = Withheld.objects.filter(table="repair", row__in=[repair.pk for repair in repairs])
    originals = Originals(None, withheld if repairs else ())
    for repair in repairs:
        for name in ("target", "name", "text", "value"):
            setattr(repair, name, originals.of(repair, name, getattr(repair, name)))
    return _readings(page, repairs, read)


def _readings(page: TalkPage, repairs: list[Repair], read: ReadText) -> Readings:
    known = dict[tuple[int, ...], ParsedPage]()  # by corrections, of the text asked for last
    last = None

    def readings(text: str, since: datetime | None) -> list[ParsedPage]:
        nonlocal last
        if text != last:
            known.clear()
            known[()], last = read(page.wiki, page.title, text), text
        held = [each for each in repairs if each.held_at(since or timezone.now())]
        now = [each for each in held if each.undone_at is None]
        apart = [each for each in held if each.kind != Repair.Kind.JOIN]
        ways = {tuple(each.pk for each in some): some for some in (now, held, apart)}
        for keys, some in ways.items():
            if keys not in known:
                known[keys] = apply_repairs(page, known[()], text, some)[0]
        return [known[keys] for keys in ways]

    return readings


def _reader(page: TalkPage, repairs: list[Repair], read: ReadText) -> Read:
    def read_repaired(text: str) -> ParsedPage:
        parsed = read(page.wiki, page.title, text)
        return apply_repairs(page, parsed, text, repairs)[0] if repairs else parsed

    return read_repaired


def _set_text(revision: Revision, text: str) -> None:
    data = text.encode()
    revision.compressed, revision.size = pack(data), len(data)
    revision.sha256 = hashlib.sha256(data).hexdigest()


def _redact_edit(revision: Revision, redaction: Redaction, originals: Originals) -> bool:
    """What the wiki tells of who saved it, and how; out: whether it is another one now."""
    now = {name: getattr(revision, name) for name in EDIT}
    told = {name: originals.of(revision, name, now[name]) for name in EDIT}
    summary = redaction.words(told["summary"])
    shown = {**told, "user": redaction.name(told["user"]), "summary": summary}
    if redaction.hides(told["summary"]):
        shown |= {"summary": "", "summary_hidden": True}
    if redaction.hides_user(told["user"], revision.timestamp):
        shown |= {"user": "", "user_hidden": True}
    for name in EDIT:
        originals.settle(revision, name, told[name], shown[name])
        setattr(revision, name, shown[name])
    return shown != now
