"""`manage.py backup`: everything that an archive is, as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.backups import BackupError, contents, make_backup, remove_old, target_in, verify
from threads.management.archive import WordedCommand
from threads.management.numbers import whole
from threads.management.transfers import bytes_shown


class Command(WordedCommand):
    help = gettext_lazy(
        "Back up the archive to a file: database, secret key, and uploads that imports "
        "still need. Readers and imports are not interrupted. Exit status: 0 if the backup "
        "is complete (with --verify: valid), 1 otherwise."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            metavar="FILE",
            help=_("backup file; in a folder, a file named after the current time is created"),
        )
        parser.add_argument(
            "--force", action="store_true", help=_("overwrite the file if it exists")
        )
        parser.add_argument(
            "--keep",
            type=whole(1),
            metavar="N",
            help=_("then remove all but the newest N backups that are named after their time"),
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help=_("check the backup in the file without writing anything"),
        )

    def handle(
        self, *, file: str, force: bool, keep: int | None, verify: bool, **options: Any
    ) -> None:
        path = Path(file).absolute()
        in_folder = file.endswith("/") or path.is_dir()
        if keep is not None and (not in_folder or verify):
            raise CommandError(_("--keep requires a folder for backups."))
        try:
            if verify:
                self._verify(path)
                return
            self._write(target_in(path) if in_folder else path, force=force)
            for old in remove_old(path, keep) if keep else ():
                self.stdout.write(_("Removed %s.") % old)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _verify(self, path: Path) -> None:
        with bytes_shown(self) as tell:
            manifest = verify(path, tell)
        said = _("%(path)s is a valid backup from %(time)s UTC. It contains: %(contents)s.")
        facts = {"path": path, "contents": contents(manifest)}
        self.stdout.write(said % {**facts, "time": f"{manifest.made:%Y-%m-%d %H:%M}"})

    def _write(self, path: Path, *, force: bool) -> None:
        with bytes_shown(self) as tell:
            manifest = make_backup(path, replace=force, tell=tell)
        size = filesizeformat(path.stat().st_size).replace("\xa0", " ")
        said = _("Backup saved to %(path)s (%(size)s). It contains: %(contents)s.")
        self.stdout.write(said % {"path": path, "contents": contents(manifest), "size": size})
        if not manifest.has_key:
            self.stdout.write(_("The secret key is not included because it is set in SECRET_KEY."))
