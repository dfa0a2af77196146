"""What somebody wrote on all wikis of the archive where an author has their name.

On the wikis of one movement, a name belongs to one person; elsewhere it may be several people.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from urllib.parse import urlencode

from django.db.models import Min

from threads.models import Author, AuthorMonth, Comment, Contribution, Section
from threads.models.discussion.dating import NEVER, is_ahead, latest_of
from threads.presentation.addresses.patterns import AddressPattern
from threads.presentation.times.charts import Chart, chart_of, months_of

from .authors import authors_named
from .contributions import PARTNERS_OF, Partners
from .speakers import Person, hue

MOST_PAGES = 100  # that are listed
# What is shown, and no more: whole rows take longer to make than the page.
OF_PAGE = ("page__title", *(f"page__wiki__{name}" for name in ("dbname", "name", "language")))
OF_SECTION = ("section__heading", "section__heading_level")
OF_COMMENT = ("ident", "timestamp", *OF_SECTION, "parent__author__name", *OF_PAGE)


@dataclass(frozen=True, slots=True)
class PersonTopic:
    """A section in which somebody wrote, with their comments there."""

    section: Section  # with its page and wiki
    address: str  # of their earliest comment in it that counts, with all of theirs marked
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class PersonEverywhere:
    """What a name stands for in the whole archive."""

    authors: Sequence[tuple[Author, int]]  # one for each wiki, with the number of their comments
    count: int  # of all comments
    first: datetime | None  # when the oldest comment is from; None where there is none
    last: datetime | None  # the newest; None where all lie in the future, too
    chart: Chart | None  # comments over time
    pages: Sequence[Contribution]  # the one of their latest comment first
    pages_left_out: int  # how many more there are
    topics: Sequence[PersonTopic]  # of the latest comments, at most `PARTNERS_OF`
    partners: Partners  # with whom they talked there


def person_everywhere(name: str) -> PersonEverywhere | None:
    """None where no author has the name. Six queries, whatever they wrote; one more for who wrote
    on more pages than are listed."""
    authors = authors_named([name])
    if not authors:
        return None
    months = list(AuthorMonth.objects.filter(author__in=authors).order_by("author", "month"))
    counts = Counter[int]()
    by_month = Counter[str]()
    for row in months:
        counts[row.author_id] += row.comments
        by_month[row.month] += row.comments
    written = Contribution.objects.filter(author__in=authors)
    pages = written.select_related("page__wiki").only("first_at", "last_at", "comments", *OF_PAGE)
    latest = _latest(authors)
    listed = list(pages.order_by("-last_at", "page_id")[:MOST_PAGES])
    return PersonEverywhere(
        authors=[(author, counts[author.pk]) for author in authors],
        count=counts.total(),
        first=_first(authors, min(by_month, default="")),
        chart=chart_of(months_of(by_month.items())),
        last=latest_of(part.last_at for part in listed[:1] if part.last_at > NEVER),
        pages=listed,
        pages_left_out=written.count() - MOST_PAGES if len(listed) == MOST_PAGES else 0,
        topics=_topics(latest, name),
        partners=_partners(latest, name),
    )


def _first(authors: Sequence[Author], month: str) -> datetime | None:
    """The time of the oldest comment. In: its month, or "" for none. One query, of few rows."""
    if not month:
        return None
    year, number = int(month[:4]), int(month[5:])
    end = datetime(year, number, monthrange(year, number)[1], 23, 59, 59, 999_999, tzinfo=UTC)
    theirs = Comment.objects.current().filter(author__in=authors, timestamp__lte=end).order_by()
    first: datetime | None = theirs.aggregate(first=Min("timestamp"))["first"]
    return first


def _latest(authors: Sequence[Author]) -> list[Comment]:
    """The newest comments of these authors, those that are dated in the future last. One query."""
    theirs = Comment.objects.current().filter(author__in=authors).newest_first()
    rows = theirs.select_related("section", "page__wiki", "parent__author")
    return sorted(rows.only(*OF_COMMENT)[:PARTNERS_OF], key=lambda each: is_ahead(each.timestamp))


def _topics(comments: Iterable[Comment], name: str) -> list[PersonTopic]:
    """In: comments, the newest first. The topic of the newest one comes first."""
    by_section: dict[int, list[Comment]] = {}
    for comment in comments:
        by_section.setdefault(comment.section_id, []).append(comment)
    return [_topic(theirs, name) for theirs in by_section.values()]


def _topic(comments: Sequence[Comment], name: str) -> PersonTopic:
    newest, oldest = comments[0], min(comments, key=attrgetter("timestamp", "pk"))
    section = newest.section
    section.page = newest.page
    asked = urlencode({"person": name, "at": oldest.ident})
    address = f"{newest.page.get_absolute_url()}?{asked}#{oldest.ident}"
    return PersonTopic(section, address, len(comments), oldest.timestamp, newest.timestamp)


def _partners(comments: Sequence[Comment], name: str) -> Partners:
    """Whom somebody replied to in these comments, and who replied to them. One query."""
    parents = [comment.parent for comment in comments]
    answered = Counter(parent.author.name for parent in parents if parent)
    replies = Comment.objects.current().order_by().filter(parent__in=[c.pk for c in comments])
    answering = Counter(replies.values_list("author__name", flat=True))
    some = PARTNERS_OF if len(comments) == PARTNERS_OF else 0
    return Partners(_others(answered, name), _others(answering, name), some)


def _others(names: Mapping[str, int], name: str) -> list[tuple[Person, int]]:
    ordered = sorted(names.items(), key=lambda each: (-each[1], each[0]))
    addresses = AddressPattern("person", "title")
    return [
        (Person(other, addresses.of(other), hue(other)), count)
        for other, count in ordered
        if other != name
    ]
