"""The only writer of discussion rows: one page, one transaction, idempotent.

pages.py      the two entries: store a page, or tell what storing it would do
revisions.py  which kept revision a text is, and whether a later one is known
rows.py       what was read from a page as fresh, unsaved rows
placement.py  each item's place in reading order and its depth
matching.py   which kept row a fresh one continues
writing.py    fresh rows into the tables
"""

from .pages import Counts, Stored, compare_page, store_page
from .revisions import RevisionConflict

__all__ = ["Counts", "RevisionConflict", "Stored", "compare_page", "store_page"]
