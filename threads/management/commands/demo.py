"""`manage.py demo`: the archive, with demo pages if it is empty, served on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.demo import demo
from threads.management.archive import WordedCommand
from threads.management.listening import add_listening_arguments, address_of, listen
from threads.management.server import inherited, run_server
from threads.models import TalkPage
from threads.models.runs.run import State

PAGES = settings.FILES / "fixtures" / "demo"
WELCOME = gettext_lazy("""
The archive is at {address}
The admin is at   {address}admin/

To create an admin account, run in another terminal:
    {program} createsuperuser

Press Ctrl-C to stop the server.""")


class Command(WordedCommand):
    requires_system_checks = "__all__"
    help = gettext_lazy(
        "Run the archive on this machine with an import worker. Loads demo pages if the archive "
        "is empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_listening_arguments(parser)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        with listen(host, port) as listener:
            call_command("migrate", verbosity=0, interactive=False)
            if not TalkPage.objects.exists():
                self.stdout.write(_("The archive is empty. Loading demo pages…"))
                import_demo()
            where = {"address": address_of(listener), "program": settings.PROGRAM}
            self.stdout.write(str(WELCOME).format(**where))
            self.stdout.flush()
            code = run_server(listener, inherited(), processes=1, access_log=False, collected=False)
        if code:
            raise CommandError(_("The server stopped; see its output above."), returncode=code)


@transaction.atomic
def import_demo() -> None:
    """Import the demo pages: all of them, or on an error or Ctrl-C none."""
    for wiki, source in demo(PAGES):
        run = start_run(wiki, source)
        if run.state != State.DONE:
            failed = run.items.filter(state=State.FAILED).first()
            what = _("The demo pages could not be imported.")
            if failed:
                what = _("The demo page “%s” could not be imported.") % failed.title
            raise CommandError(f"{what}\n{failed.log if failed else run.log}")
