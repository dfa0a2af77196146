"""`manage.py import_archive`: an export in JSON Lines, loaded into an empty archive."""

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.export import UnusableExport, load
from threads.ingest.files.recognition import ENOUGH, told
from threads.ingest.reasons import unreadable
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT
from threads.management.transfers import bytes_shown


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Load an export in JSON Lines into an empty archive: everything or, after an error, "
        "nothing. HTML in the file is shown to readers as it is: only load files that you trust."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            metavar="FILE",
            help=_("file created by “export”; “-” for standard input"),
        )

    def handle(self, *, file: str, **options: Any) -> None:
        beginning = b""
        try:
            with ExitStack() as stack:
                lines, size = sys.stdin.buffer, 0
                if file != "-":
                    lines = opened = stack.enter_context(Path(file).open("rb"))
                    size = Path(file).stat().st_size
                    beginning = opened.peek(ENOUGH)
                tell = stack.enter_context(bytes_shown(self))
                load(lines, lambda done: tell(_("Loading"), done, size))
        except UnusableExport as error:
            hint = told(beginning, file, "import_archive")
            raise CommandError(f"{error} {hint}".rstrip(), returncode=BAD_INPUT) from error
        except OSError as error:
            raise CommandError(unreadable(file, error), returncode=BAD_INPUT) from error
        self.stdout.write(_("The export has been loaded."))
        call_command("rebuild_search", stdout=self.stdout, stderr=self.stderr)
