"""`manage.py demo`: the archive, with demo pages if it is empty, served on this machine."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.demo import demo
from threads.management.listening import add_listening_arguments, address_of, listen
from threads.management.server import run_server
from threads.models import TalkPage
from threads.models.imports import State

PAGES = settings.FILES / "fixtures" / "demo"
WELCOME = """
The archive is at {address}
The admin is at   {address}admin/

An admin account is made, in another terminal, with
    {program} createsuperuser

Ctrl-C stops the server."""


class Command(BaseCommand):
    help = (
        "Serves the archive on this machine, with a worker for imports; an empty archive gets "
        "the demo pages first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_listening_arguments(parser)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with listen(host, port) as listener:
            call_command("migrate", verbosity=0, interactive=False)
            if not TalkPage.objects.exists():
                self.stdout.write("The archive is empty; it gets the demo pages …")
                import_demo()
            where = {"address": address_of(listener), "program": settings.PROGRAM}
            self.stdout.write(WELCOME.format(**where))
            self.stdout.flush()
            code = run_server(listener, os.environ, processes=1, access_log=False, collected=False)
        if code:
            raise CommandError("The server ended; what it said stands above.", returncode=code)


@transaction.atomic
def import_demo() -> None:
    """Import the demo pages: all of them, or on an error or Ctrl-C none."""
    for wiki, source in demo(PAGES):
        run = start_run(wiki, source)
        if run.state != State.DONE:
            failed = run.items.filter(state=State.FAILED).first()
            what = f"The demo page “{failed.title}”" if failed else "The demo's pages"
            raise CommandError(f"{what} cannot be imported:\n{failed.log if failed else run.log}")
