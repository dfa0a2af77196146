"""What was read from a page as fresh rows: neither saved nor linked to one another yet."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from threads.models import Comment, Section, UnsignedText
from threads.wikitext import model

from .matching import AnyRow
from .names import author_name
from .placement import Place, places

Row = Section | Comment | UnsignedText
Values = dict[str, Any]  # a row's, by attribute, in the order of its table's columns


class FreshValues(NamedTuple):
    """A page's rows by kind, each in reading order, as what they are to hold."""

    sections: list[Values]
    comments: list[Values]
    unsigned: list[Values]


class FreshRows(NamedTuple):
    """The same as rows."""

    sections: list[Section]
    comments: list[Comment]
    unsigned: list[UnsignedText]


def fresh_values(parsed: model.ParsedPage) -> FreshValues:
    """What a row is to hold for every item of the page; keys are None."""
    values = FreshValues([], [], [])
    into: dict[type, tuple[Callable[..., Values], list[Values]]] = {
        model.Section: (_section, values.sections),
        model.Comment: (_comment, values.comments),
        model.Unsigned: (_unsigned, values.unsigned),
    }
    for item, place in zip(parsed.items, places(parsed.items), strict=True):
        make, rows = into[type(item)]
        rows.append(make(item, place))
    closures, boxes, decisions = _closures(parsed), _boxes(parsed), _decisions(parsed)
    for section in values.sections:
        section["closures"] = closures[section["ident"]]
        section["boxes"] = boxes[section["ident"]]
        section["decision"] = decisions.get(section["ident"])
    return values


def fresh_rows(parsed: model.ParsedPage) -> FreshRows:
    """A row for every item of the page."""
    sections, comments, unsigned = fresh_values(parsed)
    return FreshRows(
        _made(Section, sections), _made(Comment, comments), _made(UnsignedText, unsigned)
    )


def _made(kind: type[AnyRow], rows: list[Values]) -> list[AnyRow]:
    """By place: that takes Django a third of the time that it takes by name."""
    make: Callable[..., AnyRow] = kind
    return [make(*values.values()) for values in rows]


def _closures(parsed: model.ParsedPage) -> defaultdict[str, list[dict[str, str]]]:
    """The closed discussions of each section, as JSON; the time is in UTC, or ""."""
    closures: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for closure in parsed.closures:
        when = _time(closure.when) if closure.when else ""
        said = {"words": closure.words, "status": closure.status, "source": closure.source}
        by = author_name(closure.by)
        closures[closure.section].append({"by": by, "when": when, **said})
    return closures


def _decisions(parsed: model.ParsedPage) -> dict[str, dict[str, Any]]:
    """The decision of each section that has one, as JSON; the time is in UTC, or ""."""
    return {
        decision.section: {
            "outcome": decision.outcome,
            "by": author_name(decision.by),
            "when": _time(decision.when) if decision.when else "",
            "comment": decision.comment,
            "sources": list(decision.sources),
        }
        for decision in parsed.decisions
    }


def _stance(position: model.Position | None) -> dict[str, str] | None:
    """A position as JSON; one without a status counts."""
    if position is None:
        return None
    return {
        "stance": position.stance,
        "word": position.word,
        "status": position.status,
        "source": position.source,
    }


def _boxes(parsed: model.ParsedPage) -> defaultdict[str, list[dict[str, Any]]]:
    """The boxes that begin in each section, as JSON, by their items' places."""
    places = {item.id: position for position, item in enumerate(parsed.items)}
    boxes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for box in parsed.boxes:
        span = {"first": places[box.first], "last": places[box.last]}
        said = {"closed": box.closed, "folded": box.folded, "label": box.label}
        boxes[box.section].append(span | said)
    return boxes


def _section(item: model.Section, place: Place) -> Values:
    return _of(
        Section,
        item,
        place,
        ident=item.id,
        name=item.name,
        heading=item.heading,
        anchor=item.anchor,
        heading_level=item.heading_level,
        edit_number=item.edit_number,
        comment_count=place.comments,
        former_ids=[],
    )


def _comment(item: model.Comment, place: Place) -> Values:
    return _of(
        Comment,
        item,
        place,
        ident=item.id,
        name=item.name,
        timestamp=item.timestamp,
        precision=str(item.precision),
        zone_assumed=item.zone_assumed,
        impossible_date=item.impossible_date,
        level=item.level,
        inline=item.inline,
        cosigners=[_cosigner(signature) for signature in item.cosigners],
        descendants=place.comments,
        stance=_stance(item.position),
        text=item.text,
    )


def _unsigned(item: model.Unsigned, place: Place) -> Values:
    return _of(
        UnsignedText,
        item,
        place,
        level=item.level,
        text=item.text,
        known_by=str(item.known_by or ""),
        plain_name=author_name(item.plain_name),
    )


_BLANK: dict[type[Row], Values] = {
    kind: dict.fromkeys(field.attname for field in kind._meta.concrete_fields)
    for kind in (Section, Comment, UnsignedText)
}


def _of(kind: type[Row], item: model.Item, place: Place, **own: Any) -> Values:
    """A row's values: what every kind has, and its own."""
    return _BLANK[kind] | {
        "is_current": True,
        "position": place.position,
        "last_position": place.last_position,
        "depth": place.depth,
        "start": item.start,
        "end": item.end,
        "html": item.html,
        **own,
    }


def _cosigner(signature: model.Signature) -> dict[str, str]:
    """As JSON: who, and when in UTC: "2019-04-24T06:43:00Z"."""
    return {"author": author_name(signature.author), "timestamp": _time(signature.timestamp)}


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
