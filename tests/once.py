"""Rows that all tests of a module have, made once for them.

What a test changes is undone after it, as always; this is undone after the module. It is for tests
that have their database in one transaction: for none with processes or threads of its own. A
fixture that does so is named …_once, and all tests of its module ask for it: those that do not
would find its rows or not, whichever was first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def made_once(make: Callable[[], object], blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make rows that are there until the end; other fixtures decide who may ask for them."""
    with blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
    try:
        with blocker.unblock():
            make()
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


def rows_once(make: Callable[[], object]) -> Any:
    """A fixture that makes rows for every test of the module in which it gets a name."""

    @pytest.fixture(scope="module", autouse=True)
    def once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
        with made_once(make, django_db_blocker):
            yield

    return once
