"""A clock that is behind what was done already: this machine's, or another's was ahead."""

from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.models import ImportRun
from threads.processes.names import SILENCE

from .findings import Finding, failed


def clock() -> Iterator[Finding]:
    now = timezone.now()
    told = ImportRun.objects.aggregate(begun=Max("started_at"), alive=Max("heartbeat"))
    latest = max(filter(None, told.values()), default=now)
    if latest - now > SILENCE:
        facts = {"now": f"{now:%Y-%m-%d %H:%M}", "time": f"{latest:%Y-%m-%d %H:%M}"}
        yield failed(
            "clock",
            _("The time here is %(now)s UTC, but an import was running at %(time)s UTC.") % facts,
            _(
                "Set the clocks of this machine and of all machines that run workers, for example "
                "with NTP."
            ),
        )
