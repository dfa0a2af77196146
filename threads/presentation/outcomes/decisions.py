"""How discussions were decided, as detected; what could not be told is empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from threads.models import DecidedTopic, Section
from threads.presentation.people.speakers import Hues, Person

_BOX = str(DecidedTopic.Source.BOX)


@dataclass(frozen=True, slots=True)
class DiscussionOutcome:
    """One decision, or the words of one closed part."""

    person: Person | None
    when: datetime | None
    words: str
    status: str
    sources: str  # by what it was detected, in words
    comment: str  # the ID of the comment that says so, or ""
    is_decision: bool  # about the whole topic, and not a part of it


def outcomes_of(
    section: Section, dbname: str, hues: Hues, *, shows_decisions: bool
) -> list[DiscussionOutcome]:
    """How a section was decided, and how discussions in it were closed; each once.

    In: `hues`, those of the page. Where decisions are not shown, only what a wiki's boxes say.
    """
    closed = [_closed(closure, dbname, hues) for closure in section.closures]
    decision = section.decision if shows_decisions else None
    if decision is None:
        return closed
    decided = _decided(decision, decision["sources"], dbname, hues)
    if closed and _BOX in decision["sources"]:
        return [_completed(closed[0], decided), *closed[1:]]
    return [decided, *closed]


def _completed(closed: DiscussionOutcome, decided: DiscussionOutcome) -> DiscussionOutcome:
    """A decision in the words of its box; what the box leaves open is the decision's."""
    signed = closed if closed.person else decided
    return replace(
        decided,
        words=closed.words or ("" if closed.status else decided.words),
        status=closed.status,
        person=signed.person,
        when=signed.when,
    )


def _closed(closure: Mapping[str, Any], dbname: str, hues: Hues) -> DiscussionOutcome:
    return replace(_decided(closure, [_BOX], dbname, hues), is_decision=False)


def _decided(
    told: Mapping[str, Any], sources: Iterable[str], dbname: str, hues: Hues
) -> DiscussionOutcome:
    return DiscussionOutcome(
        Person.named(told["by"], dbname, hues) if told["by"] else None,
        datetime.fromisoformat(told["when"]) if told["when"] else None,
        told["outcome"] if "outcome" in told else told["words"],
        told.get("status", ""),
        ", ".join(str(DecidedTopic.Source(source).label) for source in sources),
        told.get("comment", ""),
        is_decision=True,
    )
