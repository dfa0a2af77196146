#!/usr/bin/env python3
"""talkarchive's command line. On a fresh checkout it first makes its own environment."""

import os
import sys

from talkarchive.bootstrap import ensure_environment


def main() -> None:
    ensure_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error
    from environs import EnvError

    from talkarchive.logs import log_uncaught
    from threads.database import diagnose, for_operators

    log_uncaught()
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(str(error))
    except Error as error:
        fault = diagnose(error)
        if fault is None:
            raise
        sys.exit(for_operators(fault, error))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


if __name__ == "__main__":
    main()
