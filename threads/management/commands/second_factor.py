"""`manage.py second_factor USER`: a device for an account, and codes for when it is lost."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.accounts.second_factor import SecondFactor, make_second_factor, remove_second_factor
from threads.management.archive import ArchiveCommand

try:
    import segno
except ImportError:  # a device takes the key typed as well
    segno = None  # type: ignore[assignment]


class Command(ArchiveCommand):
    help = gettext_lazy(
        "Set up a second factor for a user, replacing the previous one. Prints the code "
        "for the device and recovery codes. If SECOND_FACTOR is on, the admin requires a "
        "second factor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help=_("user name"))
        parser.add_argument(
            "--remove",
            action="store_true",
            help=_("remove the second factor, for example if the device was lost"),
        )

    def handle(self, *, user: str, remove: bool, **options: Any) -> None:
        if not settings.SECOND_FACTOR:
            raise CommandError(_("SECOND_FACTOR is off. Set it to “on” here and for the server."))
        account = User.objects.filter(username=user).first()
        if account is None:
            raise CommandError(_("There is no user “%s”.") % user)
        if not remove:
            self._tell(user, make_second_factor(account))
        elif remove_second_factor(account):
            self.stdout.write(_("The second factor of “%s” was removed.") % user)
        else:
            raise CommandError(_("“%s” has no second factor.") % user)

    def _tell(self, user: str, made: SecondFactor) -> None:
        """Once: neither key nor codes are shown again."""
        if segno is not None and self.stdout.isatty():
            drawn = StringIO()
            segno.make(made.uri).terminal(drawn, compact=True)
            self.stdout.write(drawn.getvalue())
        said = _("Scan or open this URL with the device of “%s”:")
        self.stdout.write(f"{said % user}\n  {made.uri}")
        self.stdout.write(_("Or enter this key (time-based tokens):") + f"\n  {made.key}")
        self.stdout.write(
            _("Recovery codes. Each can replace one token; store them separately from the device:")
        )
        for code in made.codes:
            self.stdout.write(f"  {code}")
