"""The register of decided topics: of a page, a wiki or a collection."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet

from threads.models import DecidedTopic
from threads.presentation.keyset import Order, Slice, slice_of
from threads.presentation.people.speakers import NO_HUES
from threads.privacy.rules.asked import names_of_today

from .decisions import DiscussionOutcome, outcomes_of

LATEST_FIRST: Order = ("-last_at", "-section_id")
TOPICS_A_PAGE = 50
MOST_COUNTED = 1000  # topics; more are told as more
_LONGEST_YEAR = 4  # digits


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which decided topics a reader wants."""

    source: str = ""  # the first of the marks that tell of the decision, or ""
    by: str = ""  # who decided, where the page says so
    year: str = ""  # of the decision, where the page says so
    left_out: tuple[str, ...] = ()  # what was asked for and means nothing: "source:zzz"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """In: what an address asks for; what means nothing is left out."""
        source, year = given.get("source", ""), given.get("year", "").strip()
        is_year = year.isascii() and year.isdigit() and len(year) <= _LONGEST_YEAR
        is_source = source in DecidedTopic.Source.values
        nonsense = {"source": "" if is_source else source, "year": "" if is_year else year}
        return cls(
            source if is_source else "",
            given.get("by", "").replace("_", " ").strip(),
            year if is_year else "",
            tuple(f"{field}:{value}" for field, value in nonsense.items() if value),
        )

    def chosen(self, topics: QuerySet[DecidedTopic]) -> QuerySet[DecidedTopic]:
        """Those of the topics that are wanted. A query where it matters who decided, for the names
        that were changed here."""
        if self.source:
            topics = topics.filter(source=self.source)
        if self.by:
            topics = topics.filter(by__name__in=[self.by, *names_of_today().of_person(self.by)])
        return topics.filter(year=int(self.year)) if self.year else topics


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A decided topic as the register shows it."""

    topic: DecidedTopic  # with its section, page and wiki
    outcome: DiscussionOutcome


@dataclass(frozen=True, slots=True)
class Register:
    """One page of a register."""

    entries: list[RegisterEntry]
    listing: Slice[DecidedTopic]
    count: int  # of the topics that are wanted …
    more: bool  # … of which there are more than that


def register_of(
    topics: QuerySet[DecidedTopic],
    query: RegisterQuery,
    *,
    order: Order = LATEST_FIRST,
    after: int | None = None,
    before: int | None = None,
) -> Register:
    """The topics that are wanted, the one with the latest comment first; three queries at most.

    In: an `order` of the latest first; the primary key of a topic behind which, or before which,
    the page begins or ends.
    """
    wanted = query.chosen(topics).order_by()
    shown = slice_of(
        wanted.select_related("section", "page__wiki").defer("section__html", "page__months"),
        order,
        TOPICS_A_PAGE,
        after=topics.filter(pk=after).first() if after else None,
        before=topics.filter(pk=before).first() if before else None,
    )
    count = wanted[: MOST_COUNTED + 1].count()
    return Register(
        [RegisterEntry(topic, _outcome(topic)) for topic in shown.rows],
        shown,
        min(count, MOST_COUNTED),
        count > MOST_COUNTED,
    )


def _outcome(topic: DecidedTopic) -> DiscussionOutcome:
    topic.section.page = topic.page  # which has its wiki
    dbname = topic.page.wiki.dbname
    return outcomes_of(topic.section, dbname, NO_HUES, shows_decisions=True)[0]
