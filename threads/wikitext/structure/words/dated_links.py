"""Signatures of a user's link and a date behind it in whatever form, which only a reader sees.

On a line that begins with a semicolon, the colon of the time parts the term from its definition:
";[[User:Ana]] 10:08, …" signs as well.
"""

from collections.abc import Sequence

from threads.wikitext.flow.nodes import Node
from threads.wikitext.site.historic_dates import HistoricDate, HistoricDates, Precision
from threads.wikitext.structure.signatures import FoundSignature, is_around, place_in

from .text_lines import ShownLine, TextLine
from .undated import NOTHING


def signature_of(
    flow: Sequence[Node],
    link: tuple[ShownLine, str, int],
    end: tuple[ShownLine, int],
    date: HistoricDate,
    language: str = "",
) -> FoundSignature:
    """A signature. In: the line of its link, the user, and where in the line the link ends; the
    line of its date's end, and where that is; the date's language, where it is not the wiki's."""
    line, user, offset = link
    first = line.first_link_of(user, offset)
    while first and is_around(flow[first - 1]):
        first -= 1
    last, tail = end[0].locate(end[1])
    return FoundSignature(
        user,
        date.when,
        first,
        last,
        flow[first].start,
        place_in(flow[last], tail),
        tail,
        date.precision,
        zone_assumed=not date.zone_is_written and date.precision is not Precision.DAY,
        is_ambiguous=date.is_ambiguous,
        language=language,
    )


def signature_in_term(
    flow: Sequence[Node], lines: Sequence[TextLine], dates: HistoricDates
) -> FoundSignature | None:
    """The signature that begins in the first and ends in the second of two lines: a term and its
    definition, parted by the colon of the signature's time."""
    term, definition = lines
    is_pair = term.has_user and term.prefix.endswith(";") and not definition.has_user
    if not is_pair or definition.prefix != f"{term.prefix[:-1]}:":
        return None
    one, other = ShownLine(flow, term), ShownLine(flow, definition)
    if not one.links or not one.text[-1:].isdigit() or not other.text[:1].isdigit():
        return None
    end, user = one.links[-1]
    text = f"{one.text}:{other.text}"
    date = dates.find(text, end)
    if date is None or not date.is_exact or not date.start < len(one.text) < date.end:
        return None
    if not NOTHING.fullmatch(text, date.end):
        return None
    place = date.end - len(one.text) - 1
    return signature_of(flow, (one, user, end), (other, place), date)
