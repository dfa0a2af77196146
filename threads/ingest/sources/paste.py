"""Wikitext that somebody pasted."""

from datetime import UTC, datetime, timedelta

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput
from threads.ingest.files.text import clean
from threads.ingest.titles import page_title
from threads.models import Wiki
from threads.wikitext.site.links import TALK
from threads.wikitext.site.titles import names_of_namespace, namespace_number, subject_title

from . import PageRevision, Source
from .kinds import SourceKind

EARLY = timedelta(days=1)  # by which a wiki's clock may be fast
# Namespaces whose pages rarely have discussions: articles, and users' own pages.
ARTICLES = (0, 2)

KIND = SourceKind("paste", gettext_lazy("Wikitext of one page"))


def paste(
    text: str,
    *,
    wiki: Wiki,
    title: str,
    number: int | None = None,
    timestamp: datetime | None = None,
    kind: SourceKind = KIND,
) -> Source:
    """One page from its wikitext; a timestamp without zone is in UTC. Raises BadInput."""
    number, timestamp = revision_id(number), revision_time(timestamp)
    title = page_title(title, wiki)
    text = clean(text.removeprefix("\ufeff"), _("The text"))  # an editor's byte order mark
    return Source(
        kind.name, [PageRevision(title, text, number, timestamp)], said=_said(title, wiki)
    )


def revision_id(number: int | None) -> int | None:
    """The same. Raises BadInput for what can be none."""
    if number is not None and not 0 < number <= BigIntegerField.MAX_BIGINT:
        raise BadInput(
            "number",
            _("“%(number)s” is not a valid revision ID. Enter the number after “oldid=”.")
            % {"number": number},
        )
    return number


def revision_time(timestamp: datetime | None) -> datetime | None:
    """The same in UTC. Raises BadInput for a moment off the calendar, or that is still to come."""
    found = _in_utc(timestamp) if timestamp else None
    if found and found > datetime.now(UTC) + EARLY:
        raise BadInput(
            "timestamp",
            _("“%(time)s” is in the future. Enter the date and time shown on the wiki.")
            % {"time": found.isoformat()},
        )
    return found


def _said(title: str, wiki: Wiki) -> list[str]:
    """What there is to say of a page that may have been meant otherwise."""
    if subject_title(title, wiki) or namespace_number(title, wiki) not in ARTICLES:
        return []
    # A project's talk pages have its name beside that word: “Wikipedia Diskussion”.
    words = title.rpartition(":")[0].casefold().split()
    if any(name.casefold() in words for name in names_of_namespace(TALK, wiki)):
        return []
    said = _("“%(title)s” is not in a talk namespace. Make sure that it is the page you mean.")
    return [said % {"title": title}]


def _in_utc(timestamp: datetime) -> datetime:
    """Raises BadInput for a moment before or behind the calendar's ends."""
    try:
        return timestamp.astimezone(UTC) if timestamp.tzinfo else timestamp.replace(tzinfo=UTC)
    except OverflowError as error:
        raise BadInput(
            "timestamp",
            _("“%(time)s” is not a valid timestamp. Enter the date and time shown on the wiki.")
            % {"time": timestamp.isoformat()},
        ) from error
