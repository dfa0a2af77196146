"""`manage.py restore`: an archive, made of a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from threads.backups import BackupError, contents, restore
from threads.database import schema_fault
from threads.management.stamping import stamp_folder
from threads.management.transfers import bytes_shown


class Command(BaseCommand):
    help = (
        "Makes an archive of a backup, where there is none yet: the database that the settings "
        "name must be empty, and an SQLite file must not be there."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="as “backup” wrote it")
        parser.add_argument(
            "--migrate",
            action="store_true",
            help="then bring a backup of an older version up to this one",
        )

    def handle(self, *, file: Path, migrate: bool, **options: Any) -> None:
        try:
            with bytes_shown(self) as tell:
                manifest = restore(file.absolute(), tell)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The archive is restored: {contents(manifest)}, as of "
            f"{manifest.made:%Y-%m-%d %H:%M} UTC."
        )
        if schema_fault() is None:
            stamp_folder()
        elif migrate:
            call_command("migrate", stdout=self.stdout, stderr=self.stderr)
        else:
            self.stdout.write(
                f"It is of an older version ({manifest.version}): “{settings.PROGRAM} migrate” "
                "brings it up to this one."
            )
