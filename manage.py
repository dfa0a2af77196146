#!/usr/bin/env python3
"""talkarchive's command line. On a fresh checkout it first makes its own environment."""

import os
import sys

from talkarchive.bootstrap import ensure_environment


def main() -> None:
    ensure_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkarchive.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
