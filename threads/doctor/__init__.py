"""What is there of an archive, and which problems it has: for who runs it.

findings.py      what is found, one thing at a time
installation.py  versions, folders and settings
tables.py        the database, and what is in it
imports.py       imports that did not reach their end
clock.py         a clock that is behind what was done already
rules.py         privacy rules that are not applied
backups.py       how old the newest backup is
examining.py     all of that, in order
"""

from .examining import examine
from .findings import Finding

__all__ = ["Finding", "examine"]
