"""How a page's wikitext is read: with corrections as they are kept, or as they were made."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from threads.models import Repair, TalkPage, Wiki, Withheld
from threads.privacy.withheld.originals import Originals
from threads.store import ReadText, apply_repairs, read_text
from threads.wikitext import ParsedPage
from threads.wikitext.redaction.comments import Readings

from .prepared import Read

COLUMNS = ("target", "name", "text", "value", "note")  # of corrections, what names and words are in


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections by which a page was read, for its rows as they are."""

    before: list[Repair]
    otherwise: bool  # whether any that is about the page is another one now


def corrections(wiki: Wiki) -> list[Repair]:
    """The wiki's corrections that hold, as they are kept now. One query."""
    return list(Repair.objects.active().filter(page__wiki=wiki))


def as_made(repairs: list[Repair]) -> list[Repair]:
    """Let these corrections, which are not to be saved, be what they were before any rule. One
    query."""
    withheld = Withheld.objects.filter(table="repair", row__in=[repair.pk for repair in repairs])
    originals = Originals(None, withheld if repairs else ())
    for repair in repairs:
        for column in COLUMNS:
            setattr(repair, column, originals.of(repair, column, getattr(repair, column)))
    return repairs


def reader(page: TalkPage, repairs: list[Repair], read: ReadText = read_text) -> Read:
    """How the page's wikitext is read with these corrections."""

    def read_repaired(text: str) -> ParsedPage:
        parsed = read(page.wiki, page.title, text)
        return apply_repairs(page, parsed, text, repairs)[0] if repairs else parsed

    return read_repaired


def borders(wiki: Wiki) -> list[Repair]:
    """The wiki's corrections, also those that were undone, that tell where comments begin and end,
    and who signed them. One query."""
    kinds = (Repair.Kind.SPLIT, Repair.Kind.JOIN, Repair.Kind.AUTHOR)
    return list(Repair.objects.filter(page__wiki=wiki, kind__in=kinds).order_by("pk"))


def state_of_borders(wiki: Wiki) -> str:
    """What originals are read by, as a text: another one after any change. Two queries."""
    made = as_made(borders(wiki))
    return repr(
        [(each.pk, each.undone_at, *(getattr(each, it) for it in COLUMNS)) for each in made]
    )


def readings_of(page: TalkPage) -> Readings:
    """In which ways the page's wikitext was read when a comment was taken down: with what still
    holds of `borders`, with all of them, and without merges, by which the words of one comment are
    another one's."""
    return _readings(page, borders(page.wiki), read_text)


def readings_of_originals(page: TalkPage, read: ReadText = read_text) -> Readings:
    """The same for texts as they were imported, with the corrections as they were made."""
    return _readings(page, as_made(borders(page.wiki)), read)


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
