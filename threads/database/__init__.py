"""What can be wrong with the archive's database, found from errors and by asking it.

faults.py      what an error means, and what the operator has to do
checks.py      what the database says of itself
place.py       whether it is there
state.py       whether anything that pages show has changed
statistics.py  what PostgreSQL's planner knows of the tables
"""

from .checks import diagnose, fault_now, is_newer, last_migrations, passes, schema_fault
from .faults import PASSING, Fault, UnfitDatabase, fault_of, for_operators
from .place import has_database
from .state import archive_state
from .statistics import refresh_statistics

__all__ = [
    "PASSING",
    "Fault",
    "UnfitDatabase",
    "archive_state",
    "diagnose",
    "fault_now",
    "fault_of",
    "for_operators",
    "has_database",
    "is_newer",
    "last_migrations",
    "passes",
    "refresh_statistics",
    "schema_fault",
]
