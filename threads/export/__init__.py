"""An archive as files for other programs, and back.

errors.py       why something cannot be exported or loaded
selection.py    what of an archive is exported
topics.py       topics, found by an address, an ID or an anchor
hits.py         the comments that a search finds
moment.py       the archive at one moment, while others write to it
lines.py        the lines of JSON Lines, as they are documented
ending.py       the last line, which counts them
rows.py         rows as lines
takedowns.py    what was taken down, as lines
references.py   what lines name, in the archive that they are loaded into
tables.py       lines as rows
formats/        the formats of files
discussions.py  what readers see of pages, for formats that are read elsewhere
loading.py      a file, loaded into an empty archive
background/     exports that a worker writes, begun in the admin
"""

from .ending import with_end
from .errors import ExportError, UnusableExport
from .formats import FORMATS, Format
from .lines import encode
from .loading import load
from .moment import one_moment
from .selection import Selection
from .takedowns import rules_that_do_not_hold, takedowns

__all__ = [
    "FORMATS",
    "ExportError",
    "Format",
    "Selection",
    "UnusableExport",
    "encode",
    "load",
    "one_moment",
    "rules_that_do_not_hold",
    "takedowns",
    "with_end",
]
