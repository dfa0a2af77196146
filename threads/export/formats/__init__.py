"""The formats of exports: each gives the bytes of one file, for what is selected.

jsonl.py     everything, a row a line; the only one that can be loaded again
table.py     CSV: a comment a line, for spreadsheets
markdown.py  Markdown: pages with headings and nested quotes
document.py  HTML: the same as one file for browsers
mbox.py      mail messages in threads
convokit.py  a corpus for ConvoKit, as a ZIP file
wikiconv.py  conversation actions from histories, as JSON Lines
zipping.py   a ZIP file, given piece by piece
"""

from collections.abc import Callable, Iterator

from threads.export.selection import Selection

from .convokit import convokit
from .document import html
from .jsonl import jsonl
from .markdown import markdown
from .mbox import mbox
from .table import csv
from .wikiconv import wikiconv

Format = Callable[[Selection], Iterator[bytes]]

FORMATS: dict[str, Format] = {
    "convokit": convokit,
    "csv": csv,
    "html": html,
    "jsonl": jsonl,
    "markdown": markdown,
    "mbox": mbox,
    "wikiconv": wikiconv,
}

__all__ = ["FORMATS"]
