"""Why a web server could not be asked, in words that an admin understands."""

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx
from django.utils.translation import gettext as _

from .addresses import Refused

UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}


def reason_of(error: httpx.TransportError) -> str:
    """What is wrong, as the part of a sentence behind a colon."""
    if isinstance(error, Refused):
        return str(error)
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _("its certificate is not accepted (%s)") % cause.verify_message
        if isinstance(cause, ssl.SSLError):
            return _("no secure connection can be made to it")
        if isinstance(cause, socket.gaierror | UnicodeError):
            return _("no address is known for that name")
        if isinstance(cause, ConnectionRefusedError):
            return _("nothing there accepts the connection")
        if isinstance(cause, OSError) and cause.errno in UNREACHABLE:
            return _("no network leads to it")
    if isinstance(error, httpx.ConnectTimeout):
        return _("it does not accept the connection in time")
    if isinstance(error, httpx.TimeoutException):
        return _("it answers too slowly")
    if isinstance(error, httpx.ConnectError):
        return _("the connection to it fails")
    if any(isinstance(cause, OSError) for cause in causes):
        return _("it ends the connection")
    return _("its answer breaks off, or is not valid HTTP")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and all that led to it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
