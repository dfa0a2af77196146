"""How many wrong passwords may be tried, and whose address they count for."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessLog
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

# An address may be that of many people, and an account can be attacked from many addresses:
# these count less. In the order of AXES_LOCKOUT_PARAMETERS.
LIMITS = {
    ("username", "ip_address"): settings.AXES_FAILURE_LIMIT,
    ("ip_address",): 5 * settings.AXES_FAILURE_LIMIT,
    ("username",): 10 * settings.AXES_FAILURE_LIMIT,
}
KNOWN = timedelta(days=90)  # for which an address counts as somebody's own after a log-in


class LoginHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts wrong passwords by account and address, by address, and by account.

    Whoever tries an account from everywhere locks it, but not for the addresses that it was
    used from: else anybody could keep its owner out.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The failures that count most, as a share of AXES_FAILURE_LIMIT."""
        both, by_address, by_account = (
            sum(attempts.values_list("failures_since_start", flat=True))
            * settings.AXES_FAILURE_LIMIT
            // limit
            for attempts, limit in zip(
                self.get_user_attempts(request, credentials), LIMITS.values(), strict=True
            )
        )
        if by_account >= settings.AXES_FAILURE_LIMIT and self._is_known(request, credentials):
            by_account = 0
        return int(max(both, by_address, by_account))

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget what was tried for the account at this address, and nobody else's attempts."""
        count, _kinds = self.filter_user_attempts(request, credentials)[0].delete()
        return int(count)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **facts: Any) -> None:
        super().user_logged_in(sender, request, user, **facts)
        AccessLog.objects.filter(attempt_time__lt=timezone.now() - KNOWN).delete()

    def _is_known(self, request: Any, credentials: dict[str, Any] | None) -> bool:
        """Whether the account was used from this address."""
        return bool(
            AccessLog.objects.filter(
                username=get_client_username(request, credentials),
                ip_address=request.axes_ip_address,
                attempt_time__gte=timezone.now() - KNOWN,
            ).exists()
        )


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from; None where that cannot be told.

    Behind proxies the last one is not the client, and each adds to X-Forwarded-For whom it was
    asked by. What stands before that anybody can have written.
    """
    proxies = settings.TRUSTED_PROXIES
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    forwarded = told[-proxies] if 0 < proxies <= len(told) else ""
    for address in (forwarded, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:  # a Unix socket's
            continue
    return None
