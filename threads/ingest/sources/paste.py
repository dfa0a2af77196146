"""Wikitext that somebody pasted."""

from datetime import UTC, datetime

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput
from threads.ingest.files.text import clean
from threads.ingest.titles import page_title
from threads.models import Wiki

from . import PageRevision, Source
from .kinds import SourceKind

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
    if number is not None and not 0 < number <= BigIntegerField.MAX_BIGINT:
        raise BadInput(
            "number",
            _("“%(number)s” is not a valid revision ID. Enter the number after “oldid=”.")
            % {"number": number},
        )
    if timestamp:
        timestamp = _in_utc(timestamp)
    title = page_title(title, wiki)
    text = clean(text.removeprefix("\ufeff"), _("The text"))  # an editor's byte order mark
    return Source(kind.name, [PageRevision(title, text, number, timestamp)])


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
