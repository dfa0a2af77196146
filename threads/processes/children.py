"""What every process does first that helps another one with its work."""

import multiprocessing
import os
import signal
from threading import Thread

import django


def begin_child() -> None:
    """Leave Ctrl-C to the process that is helped, and end with it, however it ends: a pool's
    process would wait for ever on a queue that nobody fills any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def begin_django_child() -> None:
    """The same for a process that reads the archive; this module knows no model, so that it can be
    loaded before Django is set up."""
    begin_child()
    django.setup()
