"""`manage.py restore`: an archive, made of a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.backups import BackupError, contents, restore
from threads.database import schema_fault
from threads.management.archive import WordedCommand
from threads.management.stamping import stamp_folder
from threads.management.transfers import bytes_shown


class Command(WordedCommand):
    help = gettext_lazy(
        "Restore an archive from a backup. The database in DATABASE_URL must be empty; an "
        "SQLite file must not exist."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", type=Path, help=_("backup file created by “backup”")
        )
        parser.add_argument(
            "--migrate",
            action="store_true",
            help=_("then migrate a backup of an older version"),
        )

    def handle(self, *, file: Path, migrate: bool, **options: Any) -> None:
        try:
            with bytes_shown(self) as tell:
                manifest = restore(file.absolute(), tell)
        except BackupError as error:
            raise CommandError(str(error)) from error
        said = _("The archive has been restored as of %(time)s UTC. It contains: %(contents)s.")
        made = f"{manifest.made:%Y-%m-%d %H:%M}"
        self.stdout.write(said % {"time": made, "contents": contents(manifest)})
        if schema_fault() is None:
            stamp_folder()
        elif migrate:
            call_command("migrate", stdout=self.stdout, stderr=self.stderr)
        else:
            said = _("It was created by an older version (%(version)s). Run: %(command)s")
            command = f"{settings.PROGRAM} migrate"
            self.stdout.write(said % {"version": manifest.version, "command": command})
