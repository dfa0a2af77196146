"""`manage.py second_factor USER`: a device for an account, and codes for when it is lost."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from threads.accounts.second_factor import SecondFactor, make_second_factor, remove_second_factor
from threads.management.archive import ArchiveCommand

try:
    import segno
except ImportError:  # a device takes the key typed as well
    segno = None  # type: ignore[assignment]


class Command(ArchiveCommand):
    help = (
        "Give an account a second factor, in place of the one that it had: prints what a device "
        "scans or is told, and recovery codes. Where SECOND_FACTOR is on, nobody gets into the "
        "admin without one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the account's name")
        parser.add_argument(
            "--remove", action="store_true", help="take it away, as when a device is lost"
        )

    def handle(self, *, user: str, remove: bool, **options: Any) -> None:
        if not settings.SECOND_FACTOR:
            raise CommandError("SECOND_FACTOR is off: set it to “on” here and for the server.")
        account = User.objects.filter(username=user).first()
        if account is None:
            raise CommandError(f"There is no account “{user}”.")
        if not remove:
            self._tell(user, make_second_factor(account))
        elif remove_second_factor(account):
            self.stdout.write(f"“{user}” has no second factor any more.")
        else:
            raise CommandError(f"“{user}” has no second factor.")

    def _tell(self, user: str, made: SecondFactor) -> None:
        """Once: neither key nor codes are shown again."""
        if segno is not None and self.stdout.isatty():
            drawn = StringIO()
            segno.make(made.uri).terminal(drawn, compact=True)
            self.stdout.write(drawn.getvalue())
        self.stdout.write(f"Let the device of “{user}” scan or open this address:\n  {made.uri}")
        self.stdout.write(f"or type this key, for tokens by time:\n  {made.key}")
        self.stdout.write(
            "Recovery codes, each instead of a token, once; keep them apart from the device:"
        )
        for code in made.codes:
            self.stdout.write(f"  {code}")
