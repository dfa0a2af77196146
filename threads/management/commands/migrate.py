"""`manage.py migrate`, which refuses a database of another program or of a newer version.

It makes the groups of accounts that are missing as well, and fills a small archive's index.
"""

from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.commands import migrate
from django.utils.translation import gettext as _

from talkarchive.configuration.data_folder import make_data_folder
from threads.accounts.roles import make_roles
from threads.checks import TAG
from threads.database import Fault, UnfitDatabase, refresh_statistics, schema_fault
from threads.management.stamping import stamp_folder
from threads.management.tables import TableAutodetector
from threads.store import pages_left

AT_ONCE = 1000  # pages that are indexed without being asked for


class Command(migrate.Command):
    requires_system_checks = [TAG, Tags.database]  # as for all commands; and what it is to fill
    autodetector = TableAutodetector

    def execute(self, *args: Any, **options: Any) -> str | None:
        make_data_folder(settings.DATA_DIR)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        fault = schema_fault()
        if fault and fault is not Fault.UNMIGRATED:
            raise UnfitDatabase(fault)
        super().handle(*args, **options)
        if schema_fault() is None:
            if not options["plan"]:
                make_roles()
                str(settings.SECRET_KEY)  # which makes it
            self._fill_index()
            refresh_statistics()
            if not options["run_syncdb"]:  # that is Django making a database for tests
                stamp_folder()

    def _fill_index(self) -> None:
        left = pages_left()
        if left > AT_ONCE:
            said = _("%(count)s pages are not in the search index yet. Run: %(command)s")
            command = f"{settings.PROGRAM} rebuild_search"
            self.stdout.write(said % {"count": left, "command": command})
        elif left:
            call_command("rebuild_search", stdout=self.stdout)
