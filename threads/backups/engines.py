"""Which database the archive has."""

from types import ModuleType

from django.db import connection

from . import postgres, sqlite

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def engine() -> ModuleType:
    """The module with what can be done to it: each has the same functions."""
    return postgres if connection.vendor == "postgresql" else sqlite
