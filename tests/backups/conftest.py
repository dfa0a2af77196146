"""An archive that has some of everything, and a backup of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.ingest.archives import Archive, archive


@dataclass(frozen=True)
class BackedUp:
    archive: Archive
    file: Path


@pytest.fixture(scope="package")
def backed_up(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[BackedUp]:
    """Not to be changed: all tests have the same."""
    folder = tmp_path_factory.mktemp("backed up")
    with django_db_blocker.unblock(), archive(folder / "archive") as one:
        code, said = one.run("-m", "tests.backups.filling")
        assert code == 0, said
        one.manage("backup", str(folder / "backup.tar"))
        yield BackedUp(one, folder / "backup.tar")


@pytest.fixture
def empty(tmp_path: Path, db: None) -> Iterator[Archive]:
    """Where a backup can be restored: a folder, and a database without tables."""
    with archive(tmp_path / "empty", migrated=False) as one:
        yield one
