"""`manage.py db_worker`: django-tasks-db's, which also takes up what killed workers left."""

from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands import db_worker

from threads.ingest.runs.lifecycle import process_name
from threads.management.worker import rounds


class Command(db_worker.Command):
    help = "Works on imports that wait, and takes up those whose worker was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_id=process_name())

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with rounds(worker_id):
            super().handle(worker_id=worker_id, **options)
