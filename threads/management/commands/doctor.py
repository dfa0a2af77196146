"""`manage.py doctor`: what is there of an archive, and its problems."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from threads.doctor import Finding, examine
from threads.management.archive import WordedCommand
from threads.management.numbers import whole


class Command(WordedCommand):
    help = gettext_lazy(
        "Check the installation and suggest fixes, without changing anything. Exit status: "
        "0 if everything is in order, 1 otherwise."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--thorough",
            action="store_true",
            help=_("also verify all stored totals (slow; blocks imports)"),
        )
        parser.add_argument(
            "--backups",
            type=Path,
            metavar="FOLDER",
            help=_("folder for backups, as passed to “backup FOLDER/”"),
        )
        parser.add_argument(
            "--days",
            type=whole(0),
            default=2,
            metavar="N",
            help=_("maximum age of the newest backup (default: %(default)s)"),
        )
        parser.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(
        self, *, thorough: bool, backups: Path | None, days: int, json: bool, **options: Any
    ) -> None:
        found = []
        folder = backups.absolute() if backups else None
        for finding in examine(thorough=thorough, folder=folder, days=days):
            found.append(finding)
            if not json:
                self.stdout.write(line(finding))
        wrong = sum(finding.failed for finding in found)
        if json:
            self.stdout.write(told(found))
        self.stdout.flush()  # before what is said on standard error, where both go to one file
        if wrong:
            words = ngettext("%(count)s check failed.", "%(count)s checks failed.", wrong)
            raise CommandError(words % {"count": wrong})


def line(finding: Finding) -> str:
    """A finding for people."""
    mark = _("FAILED") if finding.failed else _("ok")
    remedy = f"\n{'':7}  {finding.remedy}" if finding.remedy else ""
    return f"{mark:>7}  {finding.message}{remedy}"


def told(found: list[Finding]) -> str:
    """All findings for programs."""
    return json.dumps(
        {
            "version": settings.VERSION,
            "ok": not any(finding.failed for finding in found),
            "findings": [asdict(finding) for finding in found],
        },
        ensure_ascii=False,
        indent=2,
    )
