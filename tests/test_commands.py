"""What all commands have in common, however they end."""

from collections.abc import Iterator
from typing import Any

import pytest

from threads.management.archive import WordedCommand


def test_what_an_error_leaves_half_read_is_closed_at_once() -> None:
    """Later, when the database is closed, it could not be."""
    closed = []

    def rows() -> Iterator[int]:
        try:
            yield from range(3)
        finally:
            closed.append(True)

    class Command(WordedCommand):
        requires_system_checks = []

        def handle(self, **options: Any) -> None:
            some = rows()
            next(some)
            try:
                raise OSError("no room")
            except OSError as error:
                raise ValueError from error

    with pytest.raises(ValueError) as caught:
        Command().execute(force_color=False, no_color=False, skip_checks=True)
    assert closed, caught
