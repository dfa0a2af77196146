#!/usr/bin/env python3
"""talkarchive's command line. On a fresh checkout it first makes its own environment."""

from talkarchive.bootstrap import ensure_environment


def main() -> None:
    ensure_environment()
    from threads.management.command_line import main as run

    run()


if __name__ == "__main__":
    main()
