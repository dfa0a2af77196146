"""All that is examined, in order."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.db import DatabaseError

from threads.database import diagnose, for_operators

from .backups import backups
from .clock import clock
from .findings import Finding, failed
from .imports import imports
from .installation import checks, data_folder, disk, unwise_settings, versions
from .rules import privacy_rules
from .tables import Missing, database, future_dates, parsed, size, sums

Examination = Callable[[], Iterator[Finding]]


def examine(
    *, thorough: bool = False, folder: Path | None = None, days: int = 2
) -> Iterator[Finding]:
    """What there is, and which problems.

    In: whether sums are counted; a folder of backups, and how many days old the newest may be.
    """
    yield from versions()
    yield from data_folder()
    yield from unwise_settings()
    try:
        yield from database()
    except Missing as missing:
        yield missing.finding
        yield from disk(size())
        yield from checks(databases=False)
    else:
        checked = partial(checks, databases=True)
        looks: list[Examination] = [parsed, future_dates, imports, clock, privacy_rules, checked]
        for look in (*looks, *([sums] if thorough else [])):
            yield from _whatever_ails(look)
        yield from disk(size())
    if folder:
        yield from backups(folder, days)


def _whatever_ails(look: Examination) -> Iterator[Finding]:
    """The same, where the database may be damaged in a place that nobody has looked at."""
    try:
        yield from look()
    except DatabaseError as error:
        fault = diagnose(error)
        if fault is None:
            raise
        yield failed("database", for_operators(fault, error), "")
