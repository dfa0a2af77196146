"""Privacy rules that are not applied: what they hide can still be read."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.models import PrivacyRule
from threads.processes.names import SILENCE

from .findings import Finding, failed, ok

State = PrivacyRule.State


def privacy_rules() -> Iterator[Finding]:
    found = [*_waiting(), *_failed()]
    yield from found or [ok("privacy", _("All privacy rules are applied."))]


def _waiting() -> Iterator[Finding]:
    since = Coalesce("heartbeat", "undone_at", "made_at")
    rules = PrivacyRule.objects.filter(state=State.WAITING).annotate(since=since)
    for rule in rules.filter(since__lt=timezone.now() - SILENCE).order_by("pk"):
        time = f"{rule.since:%Y-%m-%d %H:%M}"
        yield failed(
            "privacy",
            _("Privacy rule %(pk)s (%(rule)s) has been waiting since %(time)s UTC.")
            % {"pk": rule.pk, "rule": rule, "time": time},
            _("Start “%(program)s worker”. If one is running, it may be busy with a long import.")
            % {"program": settings.PROGRAM},
        )


def _failed() -> Iterator[Finding]:
    for rule in PrivacyRule.objects.filter(state=State.FAILED).order_by("pk"):
        yield failed(
            "privacy",
            _(
                "Privacy rule %(pk)s (%(rule)s) failed: part of the archive has not been "
                "changed yet."
            )
            % {"pk": rule.pk, "rule": rule},
            _("Choose “Apply selected rules again” in the admin. The log says why it failed."),
        )
