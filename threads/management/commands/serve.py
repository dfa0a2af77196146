"""`manage.py serve`: the archive on a server, for years."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from threads.management.archive import check_schema
from threads.management.listening import add_listening_arguments, address_of, listen
from threads.management.server import SERVING, US, run_server
from threads.management.static_files import collect


class Command(BaseCommand):
    help = (
        "Serves the archive: readers by gunicorn, and imports by a worker beside it. SIGTERM or "
        "Ctrl-C ends both: readers get their answers, an import waits for the next start. SIGHUP "
        "starts the processes that answer readers anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_listening_arguments(parser)
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="that answer readers (default: one for each processor)",
        )
        parser.add_argument(
            "--no-migrate",
            action="store_false",
            dest="migrate",
            help="leave the database as it is; it must be that of this version",
        )
        parser.add_argument(
            "--no-worker",
            action="store_false",
            dest="worker",
            help="start no worker: one runs elsewhere, or nobody imports in the admin",
        )
        parser.add_argument(
            "--no-access-log",
            action="store_false",
            dest="access_log",
            help="do not write who asked for what to standard output",
        )

    def handle(
        self,
        *,
        host: str,
        port: int,
        processes: int,
        migrate: bool,
        worker: bool,
        access_log: bool,
        **options: Any,
    ) -> None:
        if processes < 1:
            raise CommandError("--processes takes 1 or more.")
        with listen(host, port) as listener:
            if migrate:
                call_command("migrate", verbosity=0, interactive=False)
            check_schema()
            environment = dict(os.environ)
            if not collect(settings.DATA_DIR, [*US, "collectstatic"], environment | SERVING):
                raise CommandError("The static files could not be collected, see above.")
            self.stdout.write(f"The archive is at {address_of(listener)}")
            self.stdout.flush()
            code = run_server(
                listener, environment, processes=processes, worker=worker, access_log=access_log
            )
        if code:
            raise CommandError("The server ended; what it said stands above.", returncode=code)
