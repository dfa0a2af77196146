"""The command line: `talkarchive` of an installed package, `manage.py` of a checkout."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error

from talkarchive.configuration.logs import log_uncaught
from talkarchive.ending import end_at_once
from talkarchive.installation import VERSION
from threads.database import diagnose, for_operators

STOPPED = 130  # by Ctrl-C: the shell's own
UNREAD = 141  # where who reads its output is gone: the same, of SIGPIPE


def main() -> None:
    """Run the command that the arguments name. Exits with a sentence on what is set wrong.

    SIGTERM ends it as Ctrl-C does, unless the command has another use for it.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    end_at_once()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")
    log_uncaught()
    if sys.argv[1:] in (["version"], ["--version"]):  # for which Django tells its own
        sys.stdout.write(f"{VERSION}\n")
        return
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except Error as error:
        fault = diagnose(error)
        if fault is None:
            raise
        sys.exit(for_operators(fault, error))
    except BrokenPipeError:
        # Nobody reads on, as after “| head”; what is not written yet must not be tried again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNREAD)
    except KeyboardInterrupt:
        # Where nobody sits at a terminal, this would be a line of a log, and maybe not of its kind.
        if sys.stderr.isatty():
            sys.stderr.write("\nStopped.\n")
        sys.exit(STOPPED)
