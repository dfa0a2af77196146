"""A text that nobody signed, as a page shows it: with who wrote it, where that is known."""

from datetime import tzinfo

from django.utils.html import format_html

from threads.models import UnsignedText, Wiki
from threads.presentation.people.speakers import Hues, Person, how_known
from threads.presentation.times.dates import time_element

from .rows import UnsignedRow


def unsigned_row(
    text: UnsignedText, wiki: Wiki, zone: tzinfo, person: str, hues: Hues
) -> UnsignedRow:
    """In: `zone`, that of the wiki; `person`, whose texts the reader wants marked, or "";
    `hues`, those of the page."""
    if text.author is None:
        return UnsignedRow(text, told_by=how_known(text))
    name = text.author.name
    told_by, added = how_known(text), _added(text, wiki, zone)
    author = Person.named(name, wiki.dbname, hues)
    return UnsignedRow(text, author, told_by, name == person, added)


def _added(text: UnsignedText, wiki: Wiki, zone: tzinfo) -> str:
    """Where the history tells who wrote a text: when, which leads to the change on the wiki."""
    revision = text.first_revision
    if revision is None or text.known_by != UnsignedText.KnownBy.HISTORY:
        return ""
    when = time_element(revision.saved_at, zone)
    if url := wiki.change_url_for(revision.number):
        return format_html('<a class="when" href="{}">{}</a>', url, when)
    return format_html('<span class="when">{}</span>', when)
