"""An archive with tables and no rows, which each test copies."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.ingest.archives import Archive, archive


@pytest.fixture(scope="package")
def whole(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("whole") / "archive"
    with django_db_blocker.unblock(), archive(folder) as one:
        yield one
