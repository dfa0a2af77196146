"""`manage.py migrate`, which refuses a database of another program or of a newer version."""

from typing import Any

from django.core.management.commands import migrate

from threads.database import Fault, UnfitDatabase, schema_fault


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        fault = schema_fault()
        if fault and fault is not Fault.UNMIGRATED:
            raise UnfitDatabase(fault)
        super().handle(*args, **options)
