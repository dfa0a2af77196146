"""`manage.py import_archive`: an export in JSON Lines, loaded into an empty archive."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.export import UnusableExport, load, rules_that_do_not_hold
from threads.ingest.files.recognition import ENOUGH, told
from threads.ingest.reasons import unreadable
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT
from threads.management.transfers import bytes_shown
from threads.models import PrivacyRule

MOST_NAMED = 10  # rules in a warning


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
        if rules := list(rules_that_do_not_hold()):
            self.stderr.write(warning(rules))


def warning(rules: Sequence[PrivacyRule]) -> str:
    """What later imports would bring back, and what to do about it."""
    said = ngettext(
        "Warning: %(count)s privacy rule does not hold for later imports: %(rules)s. The export "
        "does not contain what it is recognized by, such as a former name, so importing its page "
        "again shows what it hides.",
        "Warning: %(count)s privacy rules do not hold for later imports: %(rules)s. The export "
        "does not contain what they are recognized by, such as former names, so importing their "
        "pages again shows what they hide.",
        len(rules),
    )
    named = [str(rule) for rule in rules[:MOST_NAMED]]
    named += ["…"] * (len(rules) > MOST_NAMED)
    remedy = _(
        "To continue importing, move the archive with “%(backup)s” and “%(restore)s” instead, or "
        "create these rules again as soon as an import has shown again what they hide."
    )
    commands = {"backup": f"{settings.PROGRAM} backup", "restore": f"{settings.PROGRAM} restore"}
    return f"{said % {'count': len(rules), 'rules': ', '.join(named)}} {remedy % commands}"
