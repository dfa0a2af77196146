"""The only writer of discussion rows: one page, one transaction, idempotent.

rows/         a page's wikitext as rows
index/        the index of words
sums/         the sums that pages of the archive show
authorship/   who wrote what nobody signed, by the history
storing.py    two entries: store a page, or tell what storing it would do
new_pages.py  a third one: many new pages at once
replaying.py  a page's history told anew from its revisions
loading.py    rows that an earlier archive had
elsewhere.py  pages read again, and others that carry a comment which was corrected
deleting.py   pages that are deleted, and names of whom nothing is left
past.py       a page as it once stood
moves.py      which page of the archive it is, under whatever title
revisions.py  which kept revision a text is, and whether a later one is known
writing.py    fresh rows into the tables
authors.py    the authors behind the names on a page
history.py    what happened to comments since
counts.py     the same as numbers
ahead.py      whether an earlier version kept dates in the future as the latest
"""

from .ahead import is_index_ahead, is_page_ahead
from .authors import author_keys
from .authorship.copies import settle_copies
from .counts import Counts, Tally, noticed, settle, settle_dry
from .deleting import delete_pages, forget_authors
from .elsewhere import read_elsewhere, reparse
from .index.indexing import index_authors, index_pages, purge_index, settle_index
from .index.rebuilding import begin_rebuild, pages_left, rebuild
from .loading import load_rows
from .moves import retitle
from .new_pages import NewPage, store_new_pages
from .replaying import Untold, can_tell_more, latest_shown, replay
from .revisions import RevisionConflict, facts_of
from .rows.failures import fail_elsewhere
from .rows.inserting import insert_rows
from .rows.names import author_name
from .rows.reading import ReadText, parse_options, read_text
from .rows.repairs import apply_repairs
from .storing import Stored, as_told, compare_page, store_page
from .sums.collecting import count_collection
from .sums.recounting import recount
from .sums.totals import count_rows

__all__ = [
    "Counts",
    "NewPage",
    "ReadText",
    "RevisionConflict",
    "Stored",
    "Tally",
    "Untold",
    "apply_repairs",
    "as_told",
    "author_keys",
    "author_name",
    "begin_rebuild",
    "can_tell_more",
    "compare_page",
    "count_collection",
    "count_rows",
    "delete_pages",
    "facts_of",
    "fail_elsewhere",
    "forget_authors",
    "index_authors",
    "index_pages",
    "insert_rows",
    "is_index_ahead",
    "is_page_ahead",
    "latest_shown",
    "load_rows",
    "noticed",
    "pages_left",
    "parse_options",
    "purge_index",
    "read_elsewhere",
    "read_text",
    "rebuild",
    "recount",
    "reparse",
    "replay",
    "retitle",
    "settle",
    "settle_copies",
    "settle_dry",
    "settle_index",
    "store_new_pages",
    "store_page",
]
