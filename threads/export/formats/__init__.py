"""The formats of exports: each gives the bytes of one file, for what is selected.

jsonl.py       everything, a row a line; the only one that can be loaded again
table.py       CSV: a comment a line, for spreadsheets and for programs
markdown.py    Markdown: pages with headings and nested quotes
document.py    HTML: the same as one file for browsers
mbox.py        mail messages in threads
convokit.py    a corpus for ConvoKit, as a ZIP file
wikiconv.py    conversation actions from histories, as JSON Lines
tei.py         a TEI corpus for linguists: a document a page, a post a comment
tei_header.py  what that says of itself
rights.py      the license of the comments
xml.py         XML, written piece by piece
zipping.py     a ZIP file, given piece by piece
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from threads.export.selection import Selection

from .convokit import convokit
from .document import html
from .jsonl import jsonl
from .markdown import markdown
from .mbox import mbox
from .table import csv, csv_raw
from .tei import tei
from .wikiconv import wikiconv


class Format(NamedTuple):
    """How something is exported."""

    write: Callable[[Selection], Iterator[bytes]]
    suffix: str  # of the file's name
    label: Promise
    has_history: bool = False  # what was removed or worded anew is in it too


FORMATS = {
    "jsonl": Format(
        jsonl, "jsonl", _("JSON Lines (everything; can be loaded again)"), has_history=True
    ),
    "csv": Format(csv, "csv", _("CSV for spreadsheets")),
    "csv-raw": Format(csv_raw, "csv", _("CSV for programs (texts unchanged)")),
    "markdown": Format(markdown, "md", _("Markdown")),
    "html": Format(html, "html", _("HTML")),
    "mbox": Format(mbox, "mbox", _("mbox (mail messages in threads)")),
    "convokit": Format(convokit, "zip", _("ConvoKit corpus")),
    "wikiconv": Format(
        wikiconv, "jsonl", _("WikiConv actions (comment histories)"), has_history=True
    ),
    "tei": Format(tei, "xml", _("TEI corpus for linguists")),
}

__all__ = ["FORMATS"]
