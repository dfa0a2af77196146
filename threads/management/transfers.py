"""How a command tells of bytes, or of work, on its way: a bar on standard error, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


@contextmanager
def bytes_shown(command: BaseCommand) -> Iterator[Callable[[str, int, int], None]]:
    """What is to be told: of what, how many bytes are done, of how many; 0 where unknown."""
    with _bar(command, DownloadColumn(), TransferSpeedColumn()) as bar:
        tasks = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield tell


@contextmanager
def portions_shown(command: BaseCommand, what: str) -> Iterator[Callable[[int, int], None]]:
    """What is to be told: how many portions of that work are done, of how many."""
    with _bar(command, TimeRemainingColumn()) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


def _bar(command: BaseCommand, *columns: ProgressColumn) -> Progress:
    """What stands behind the bar; nothing is shown where nobody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        console=Console(stderr=True),
        transient=True,
        disable=not command.stderr.isatty(),
    )
