"""Why a web server could not be asked: the system's reasons, and what HTTP adds to them."""

import httpx
from django.utils.translation import gettext as _

from threads.ingest.reasons import NO_ANSWER, system_reason

from .addresses import Refused


def unreachable(url: httpx.URL, error: httpx.TransportError) -> str:
    """What is said of a server that could not be asked."""
    if isinstance(error, Refused):
        return str(error)
    return _("Could not connect to %(host)s: %(reason)s. Check the URL and the network.") % {
        "host": url.host,
        "reason": reason_of(error),
    }


def reason_of(error: httpx.TransportError) -> str:
    """What is wrong, as the part of a sentence behind a colon."""
    if isinstance(error, Refused):
        return str(error)
    if known := system_reason(error):
        return known
    match error:
        case httpx.TimeoutException():
            return _(NO_ANSWER)
        case httpx.ConnectError():
            return _("the connection failed")
    return _("the response is incomplete or not valid HTTP")
