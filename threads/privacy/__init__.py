"""What is not to be shown: names, IP addresses, comments, versions and pages.

A rule changes what the archive keeps, so that whatever is told from that knows nothing of it:
wikitext first, then the rows that are read from it. What was there before is kept aside, where
only undoing the rule reads it.

rules/          the rules of a wiki that hold
redacting/      a page redacted
withheld/       what is not shown any more, kept aside
making.py       rules made and undone
preview.py      what a rule would change
repeated.py     where others repeat what it takes away
tasks.py        a rule done in the background
recovery.py     … and gone on with, where its worker was killed
applying.py     a rule done to what is in the archive
taking_down.py  versions and pages that are taken down
records.py      what imports wrote down, and authors of whom nothing is left
arriving.py     revisions that come in while rules hold
"""

from .applying import apply_rule
from .making import (
    mask_addresses,
    rename,
    save_rule,
    take_down_comment,
    take_down_page,
    take_down_revision,
    undo_rule,
)

__all__ = [
    "apply_rule",
    "mask_addresses",
    "rename",
    "save_rule",
    "take_down_comment",
    "take_down_page",
    "take_down_revision",
    "undo_rule",
]
