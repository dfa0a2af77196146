"""`manage.py serve`: the archive on a server, for years."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkarchive.configuration.data_folder import make_data_folder
from threads.database import Fault, schema_fault
from threads.management.archive import WordedCommand, check_schema
from threads.management.listening import add_listening_arguments, address_of, listen
from threads.management.numbers import whole
from threads.management.server import SERVING, US, inherited, run_server
from threads.management.static_files import collect, place_for_static


class Command(WordedCommand):
    requires_system_checks = "__all__"
    help = gettext_lazy(
        "Run the archive on a server, with gunicorn and an import worker. SIGTERM or "
        "Ctrl-C stops both: requests are completed, and imports are resumed at the next "
        "start. SIGHUP restarts the processes for readers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_listening_arguments(parser)
        parser.add_argument(
            "--processes",
            type=whole(1),
            default=os.cpu_count() or 1,
            help=_("number of processes for readers (default: one per processor)"),
        )
        parser.add_argument(
            "--no-migrate",
            action="store_false",
            dest="migrate",
            help=_("do not migrate the database"),
        )
        parser.add_argument(
            "--no-worker",
            action="store_false",
            dest="worker",
            help=_("do not start an import worker"),
        )
        parser.add_argument(
            "--no-access-log",
            action="store_false",
            dest="access_log",
            help=_("do not write an access log to standard output"),
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
        if settings.READ_ONLY:
            migrate = worker = False
        make_data_folder(settings.DATA_DIR)
        with listen(host, port) as listener, place_for_static(settings.DATA_DIR) as folder:
            if migrate:
                if schema_fault() is Fault.UNMIGRATED:
                    self.stdout.write(_("Updating the database…"))
                    self.stdout.flush()
                call_command("migrate", verbosity=0, interactive=False)
            check_schema()
            environment = {**inherited(), "STATIC_FOLDER": str(folder / "static")}
            if not collect(folder, [*US, "collectstatic"], environment | SERVING):
                raise CommandError(
                    _("The static files could not be collected; see the messages above.")
                )
            self.stdout.write(_("The archive is at %s") % address_of(listener))
            self.stdout.flush()
            code = run_server(
                listener, environment, processes=processes, worker=worker, access_log=access_log
            )
        if code:
            raise CommandError(_("The server stopped; see its output above."), returncode=code)
