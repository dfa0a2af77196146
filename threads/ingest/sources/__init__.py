"""Where text comes from. A source has been checked: what it gives can be parsed and stored.

kinds.py       what is known of a kind of source
registry.py    every kind, and a run's source made again
paste.py       wikitext that somebody pasted
upload.py      wikitext in a file
dump.py        MediaWiki's XML: exports, and dumps of whole wikis
edits.py       what the wiki tells of a revision's edit, cleaned
dump_pages.py  a page of a dump as it can be imported, or why it cannot
left_out.py    what a dump has that an import does not take, counted
redirects.py   revisions that only redirect
live_wiki.py   pages of a live wiki, by its API
overview.py    what a live wiki has to import
listing.py     which pages of a live wiki: by title, prefix or category
archives.py    which subpages hold older discussions
demo.py        the demo's pages

A new kind is a module with its `KIND`, and a line in `registry.KINDS`; where the admin is to offer
it, a form in threads/admin/imports/forms.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from threads.edits import UNKNOWN, Edit, RevisionFacts


@dataclass(frozen=True, slots=True)
class PageRevision:
    """One state of one page, as its wiki has it."""

    title: str  # in full, as MediaWiki writes it
    text: str  # its whole wikitext, with LF line ends
    number: int | None = None  # the wiki's revision id, where known
    timestamp: datetime | None = None  # when it was saved on the wiki, aware, where known
    page_number: int | None = None  # the wiki's page id, where known; it outlives moves
    at: int = 0  # how far the source has come with it, in what its `total` counts
    edit: Edit = UNKNOWN  # who saved it, and how, where known
    original: "PageRevision | None" = None  # as its wiki has it, where privacy rules changed it

    @property
    def facts(self) -> RevisionFacts:
        told = self.original.text if self.original else self.text
        original = told if told != self.text else None
        return RevisionFacts(self.number, self.timestamp, self.page_number, self.edit, original)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A page that cannot be imported, or need not be: the import's record says so."""

    title: str
    reason: str  # a sentence that an admin understands, with the remedy where there is one
    failed: bool = True  # False: nothing is wrong, as with a redirect
    at: int = 0  # as above
    model: str = ""  # of its content, where that is what cannot be imported
    taken_down: bool = False  # by a privacy rule of the archive, which has to keep it so


class Omissions(Protocol):
    """What a source has read so far and not given, so that nothing is left out in silence."""

    @property
    def loses(self) -> bool:
        """Whether something may be lost with what was left out."""
        ...

    def told(self, recorded: int, *, ended: bool) -> Sequence[str]:
        """The same for an admin, a sentence each.

        In: how many pages the import's record names, and whether the source was read to its end.
        """
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """Page revisions from one place, in the order in which they are imported.

    Revisions of one page follow one another, oldest first.
    """

    name: str  # of its kind, as the import's record keeps it
    revisions: Iterable[PageRevision | Unusable]  # may be read once, and slowly: a stream
    total: int | None = None  # pages, or bytes of a file; None where that cannot be told
    parameters: Mapping[str, Any] = field(default_factory=dict)  # JSON that makes it again
    said: Sequence[str] = ()  # what there is to say of it as a whole, a sentence each
    omissions: Omissions | None = None  # None: it gives all that it reads
