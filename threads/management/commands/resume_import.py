"""`manage.py resume_import`: goes on with an import that did not reach its end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from threads.ingest.runs.lifecycle import can_resume
from threads.ingest.runs.runner import carry_on
from threads.management.archive import ArchiveCommand
from threads.management.progress import BAD_INPUT, add_reading_arguments, follow
from threads.models import ImportRun


class Command(ArchiveCommand):
    help = "Go on with an import that failed, was cancelled, or whose process ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="its number, as the import's last line said it")
        add_reading_arguments(parser)

    def handle(self, *, run: int, processes: int, cluster: str, **options: Any) -> None:
        found = ImportRun.objects.select_related("wiki").filter(pk=run).first()
        if found is None:
            raise CommandError(f"There is no import {run}.", returncode=BAD_INPUT)
        if not can_resume(found):
            raise CommandError(
                f"Import {run} is {found.get_state_display()}: there is nothing to resume.",
                returncode=BAD_INPUT,
            )
        follow(
            self,
            lambda pool, watch: carry_on(found, pool=pool, watch=watch),
            processes=processes,
            cluster=cluster,
        )
