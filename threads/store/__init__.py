"""The only writer of discussion rows: one page, one transaction, idempotent.

storing.py    two entries: store a page, or tell what storing it would do
new_pages.py  a third one: many new pages at once
moves.py      which page of the archive it is, under whatever title
revisions.py  which kept revision a text is, and whether a later one is known
repairs.py    what editors set right in what was read
rows.py       what was read from a page as fresh, unsaved rows
placement.py  each item's place in reading order and its depth
matching.py   which kept row a fresh one continues
names.py      whose names stand on a page
authors.py    the authors behind these names
lines.py      the lines of a wikitext, and how alike they are
blame.py      since when each line that nobody signed is there, and by whom
attribution.py  who wrote what nobody signed, by that
copies.py     the same of text that was moved from page to page
keys.py       primary keys for rows that are not written yet
writing.py    fresh rows into the tables
inserting.py  many new rows into a table
indexing.py   the index of words, kept as the rows are
rebuilding.py  the same made anew
history.py    what happened to comments since
counts.py     the same as numbers
replaying.py  a page's history told anew from its revisions
past.py       a page as it once stood
reading.py    wikitext read as its wiki has it
shares.py     what each page adds to the sums over pages
totals.py     these sums, changed with the pages
title_tree.py  those of a wiki's titles, as a tree
collecting.py  those of collections
recounting.py  the same sums counted anew
"""

from .collecting import count_collection
from .copies import settle_copies
from .counts import Counts, Tally, noticed, settle, settle_dry
from .indexing import settle_index
from .new_pages import NewPage, store_new_pages
from .reading import parse_options, read_text
from .rebuilding import begin_rebuild, pages_left, rebuild
from .recounting import recount
from .repairs import apply_repairs
from .replaying import can_tell_more, replay
from .revisions import RevisionConflict
from .storing import Stored, compare_page, store_page
from .totals import count_rows, delete_pages

__all__ = [
    "Counts",
    "NewPage",
    "RevisionConflict",
    "Stored",
    "Tally",
    "apply_repairs",
    "begin_rebuild",
    "can_tell_more",
    "compare_page",
    "count_collection",
    "count_rows",
    "delete_pages",
    "noticed",
    "pages_left",
    "parse_options",
    "read_text",
    "rebuild",
    "recount",
    "replay",
    "settle",
    "settle_copies",
    "settle_dry",
    "settle_index",
    "store_new_pages",
    "store_page",
]
