"""What commands that work on the archive have in common."""

from django.core.management.base import BaseCommand

from threads.database import UnfitDatabase, schema_fault


class ArchiveCommand(BaseCommand):
    """A command that does nothing where the tables are not those of this version."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        check_schema()


def check_schema() -> None:
    """Raises UnfitDatabase where the tables are not those of this version."""
    if fault := schema_fault():
        raise UnfitDatabase(fault)
