"""The archive whose name and words are taken down, made once for a module's tests."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.models import Wiki

from .archive import make_archive


@pytest.fixture(scope="module")
def archive_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with made_once(make_archive, django_db_blocker):
        yield


@pytest.fixture
def wiki(archive_once: None, db: None) -> Wiki:
    return Wiki.objects.get(dbname="lanternwiki")
