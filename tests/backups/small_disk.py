"""python -m tests.backups.small_disk BYTES COMMAND: with a disk that takes no longer file."""

import resource
import sys

from threads.management.command_line import main

if __name__ == "__main__":
    size = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    main()
