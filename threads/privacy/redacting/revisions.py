"""The kept revisions of a page, redacted: what each was is withheld, and all follows from them."""

import hashlib
from dataclasses import asdict, dataclass, field

from threads.models import Revision, TalkPage
from threads.models.wiki.packing import pack
from threads.privacy.withheld.originals import Originals
from threads.wikitext import ParsedPage
from threads.wikitext.redaction.comments import Readings
from threads.wikitext.redaction.redacting import Redaction

from .prepared import Prepared
from .readings import Corrected, corrections, reader, readings_of_originals, state_of_borders

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

    # Before, of those that have another text now, or are read otherwise.
    called: dict[int, list[Called]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)  # ids and anchors of what was taken down …
    shown: set[str] = field(default_factory=set)  # … and of `called`, as they are shown
    changed: bool = False  # anything at all


def prepare_revisions(page: TalkPage, prepared: Prepared) -> None:
    """Redact and read the page's texts, where any of them changes: all that takes long of what
    those do that follow, and `replay`."""
    originals, changes = Originals.of_page(page), False
    prepared.corrections = state_of_borders(page.wiki)
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
    page: TalkPage,
    redaction: Redaction,
    originals: Originals,
    prepared: Prepared,
    corrected: Corrected,
) -> Rewritten:
    """Change what is kept of a page's revisions; its rows are still those of before."""
    done = Rewritten()
    prepared.corrections = state_of_borders(page.wiki)
    shown = reader(page, corrected.before, prepared.read)
    whole = readings_of_originals(page, prepared.read)
    for revision in page.revisions.order_by("pk").iterator(TEXTS):
        before = revision.text
        original = originals.of(revision, "text", before)
        text = _text_of(revision, prepared, originals, whole)
        originals.settle(revision, "text", original, text)
        if text != before or corrected.otherwise:
            done.called[revision.pk] = calls_in(shown(before))
        if text != before:
            if revision.withheld_by_id:
                done.hidden |= _words_of(done.called[revision.pk])
            _set_text(revision, text)
        if _redact_edit(revision, text, redaction, originals) or text != before:
            done.changed = True
            revision.save()
    return done


def read_anew(page: TalkPage, done: Rewritten, prepared: Prepared) -> dict[str, NewCall]:
    """After the page's corrections were changed as well: note what the parser notices now.

    Out: by the ids of before, what sections and comments are called now.
    """
    read = reader(page, corrections(page.wiki), prepared.read)
    calls = dict[str, NewCall]()
    for revision in page.revisions.filter(pk__in=list(done.called)).order_by("pk").iterator(TEXTS):
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
    read = reader(page, corrections(page.wiki), prepared.read)
    left = set(done.hidden)
    for revision in page.revisions.shown().order_by("pk").iterator(TEXTS) if left else ():
        left -= _words_of(calls_in(read(revision.text)))
    return left


def _words_of(calls: list[Called]) -> set[str]:
    return {word for call in calls for word in (call.ident, call.anchor)}


def calls_in(parsed: ParsedPage) -> list[Called]:
    sections = [Called(item.id, item.name, item.anchor) for item in parsed.sections]
    return sections + [Called(item.id, item.name) for item in parsed.comments]


def _set_text(revision: Revision, text: str) -> None:
    data = text.encode()
    revision.compressed, revision.size = pack(data), len(data)
    revision.sha256 = hashlib.sha256(data).hexdigest()


def _redact_edit(revision: Revision, text: str, redaction: Redaction, originals: Originals) -> bool:
    """What the wiki tells of who saved it, and how; in: its text as it is shown; out: whether it
    is another one now."""
    now = {name: getattr(revision, name) for name in EDIT}
    told = {name: originals.of(revision, name, now[name]) for name in EDIT}
    summary = redaction.words(told["summary"])
    shown = {**told, "user": redaction.name(told["user"]), "summary": summary}
    if redaction.hides(told["summary"]):
        shown |= {"summary": "", "summary_hidden": True}
    if redaction.hides_user(told["user"], revision.timestamp, text):
        shown |= {"user": "", "user_hidden": True}
    for name in EDIT:
        originals.settle(revision, name, told[name], shown[name])
        setattr(revision, name, shown[name])
    return shown != now
