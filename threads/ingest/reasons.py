"""Why the system could not do something, in words: never a number, never a class's name.

The callers name the host, and the remedy; what is said here fits after a colon, but for the two
sentences about files.
"""

import errno
import socket
import ssl
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

STANDARD = "-"  # what commands call standard input and standard output
NO_ANSWER = gettext_noop("the connection timed out")
CLOSED = gettext_noop("the connection was closed by the other side")
DENIED = gettext_noop("permission denied")
NO_ROOM = gettext_noop("the disk is full")
NO_ROUTE = gettext_noop("the network is unreachable")
UNKNOWN_HOST = gettext_noop("unknown host name")
TOO_MANY_FILES = gettext_noop("too many open files")
OTHERWISE = gettext_noop("unknown reason")

SYSTEM = {
    errno.ENOENT: gettext_noop("no such file or folder"),
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EEXIST: gettext_noop("it already exists"),
    errno.EISDIR: gettext_noop("it is a folder"),
    errno.ENOTDIR: gettext_noop("a part of its path is not a folder"),
    errno.ENAMETOOLONG: gettext_noop("the name is too long"),
    errno.ELOOP: gettext_noop("circular symbolic links"),
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EFBIG: gettext_noop("the file is too large for the disk"),
    errno.EROFS: gettext_noop("the disk is read-only"),
    errno.EIO: gettext_noop("disk error"),
    errno.ESTALE: gettext_noop("stale file on a network server"),
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
    errno.ENOMEM: gettext_noop("not enough memory"),
    errno.EADDRINUSE: gettext_noop("the port is already in use"),
    errno.EADDRNOTAVAIL: gettext_noop("the address is not available on this machine"),
    errno.ECONNREFUSED: gettext_noop("connection refused"),
    errno.ECONNRESET: CLOSED,
    errno.ECONNABORTED: CLOSED,
    errno.EPIPE: CLOSED,
    errno.ETIMEDOUT: NO_ANSWER,
    errno.EHOSTUNREACH: NO_ROUTE,
    errno.ENETUNREACH: NO_ROUTE,
    errno.EHOSTDOWN: NO_ROUTE,
    errno.ENETDOWN: NO_ROUTE,
}
# Their numbers are those of other errors too.
NAMES = {
    socket.EAI_NONAME: UNKNOWN_HOST,
    socket.EAI_NODATA: UNKNOWN_HOST,
    socket.EAI_AGAIN: gettext_noop("the name server is not responding"),
}


def reason(error: BaseException) -> str:
    """What kept the system from it, as a clause without a full stop.

    In: an error, or one that was raised from it or while it was handled, as HTTP libraries do.
    """
    if known := system_reason(error):
        return known
    # ValueError("embedded null byte") is Python's answer to a path that no system can have.
    return _("invalid name") if isinstance(error, ValueError) else _(OTHERWISE)


def unreadable(path: object, error: Exception) -> str:
    """A file or folder, as somebody named it ("-" for standard input), and why it cannot be read: a
    sentence."""
    path = _("Standard input") if path == STANDARD else path
    return _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason(error)}


def unwritable(path: object, error: OSError) -> str:
    """The same of what cannot be written, as standard output."""
    path = _("Standard output") if path == STANDARD else path
    return _("%(path)s cannot be written: %(reason)s.") % {"path": path, "reason": reason(error)}


def system_reason(error: BaseException) -> str:
    """The same; "" where none of the system's own errors led to this one."""
    otherwise = ""  # some libraries raise OSError for what they caught
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _("the server's certificate is invalid (%s)") % cause.verify_message
            case ssl.SSLError():
                return _("the encrypted connection failed")
            case socket.gaierror():
                return _(NAMES.get(cause.errno or 0, UNKNOWN_HOST))
            case TimeoutError():
                return _(NO_ANSWER)
            case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
                return _(CLOSED)
            case UnicodeError():
                return _("the name contains invalid characters")
            case OSError():
                if known := SYSTEM.get(cause.errno or 0) or cause.strerror:
                    return _(known)
                otherwise = _(OTHERWISE)
    return otherwise


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, the most recent first; each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if isinstance(cause, OSError | UnicodeError):
            yield cause
        cause = cause.__cause__ or cause.__context__
