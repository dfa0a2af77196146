"""`manage.py backup`: everything that an archive is, as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from threads.backups import BackupError, contents, make_backup, remove_old, target_in, verify
from threads.management.transfers import bytes_shown


class Command(BaseCommand):
    help = (
        "Writes a backup of the archive to a file: its database, its secret key and the uploads "
        "that imports still need. Readers and imports go on meanwhile. Exit status: 0 if the "
        "backup is complete, or with --verify whole; 1 if it is not."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            metavar="FILE",
            help="to write; for a folder, a file in it that is named for the time",
        )
        parser.add_argument("--force", action="store_true", help="replace the file if it exists")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="then remove all but the newest N of the backups that were named for their time",
        )
        parser.add_argument(
            "--verify", action="store_true", help="write nothing: check the backup in the file"
        )

    def handle(
        self, *, file: str, force: bool, keep: int | None, verify: bool, **options: Any
    ) -> None:
        path = Path(file).absolute()
        in_folder = file.endswith("/") or path.is_dir()
        if keep is not None and (keep < 1 or not in_folder or verify):
            raise CommandError("--keep takes 1 or more, with a folder to write backups to.")
        try:
            if verify:
                self._verify(path)
                return
            self._write(target_in(path) if in_folder else path, force=force)
            for old in remove_old(path, keep) if keep else ():
                self.stdout.write(f"{old} is removed.")
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _verify(self, path: Path) -> None:
        with bytes_shown(self) as tell:
            manifest = verify(path, tell)
        self.stdout.write(
            f"{path} is whole: {contents(manifest)}, of {manifest.made:%Y-%m-%d %H:%M}."
        )

    def _write(self, path: Path, *, force: bool) -> None:
        with bytes_shown(self) as tell:
            manifest = make_backup(path, replace=force, tell=tell)
        size = filesizeformat(path.stat().st_size).replace("\xa0", " ")
        self.stdout.write(f"{path} has {contents(manifest)} ({size}).")
        if not manifest.has_key:
            self.stdout.write("The secret key is not in it, for SECRET_KEY names it.")
