"""`manage.py resume_import`: goes on with an import that did not reach its end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.runs.lifecycle import can_resume
from threads.ingest.runs.runner import carry_on
from threads.management.archive import ArchiveCommand
from threads.management.numbers import whole
from threads.management.progress import BAD_INPUT, add_reading_arguments, follow
from threads.models import ImportRun


class Command(ArchiveCommand):
    help = gettext_lazy("Resume an import that failed, was canceled or was interrupted.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        said = _("number of the import (printed when it stopped, listed in the admin)")
        parser.add_argument("run", type=whole(0), help=said)
        add_reading_arguments(parser)

    def handle(self, *, run: int, processes: int, cluster: str, **options: Any) -> None:
        found = ImportRun.objects.select_related("wiki").filter(pk=run).first()
        if found is None:
            raise CommandError(
                _("There is no import with the number %s.") % run, returncode=BAD_INPUT
            )
        if not can_resume(found):
            raise CommandError(
                _("Import %(number)s cannot be resumed. Its status is: %(status)s.")
                % {"number": run, "status": found.get_state_display()},
                returncode=BAD_INPUT,
            )
        follow(
            self,
            lambda pool, watch: carry_on(found, pool=pool, watch=watch),
            processes=processes,
            cluster=cluster,
        )
