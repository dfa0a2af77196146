"""What several tests of imports need."""

import time
from collections.abc import Iterator

import pytest

from tests.mediawiki import OPEN_TO_ALL, MediaWiki, mediawiki


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited, each time."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.fixture(scope="module")
def running() -> Iterator[MediaWiki]:
    """A real wiki in which everybody may do everything."""
    with mediawiki(settings=OPEN_TO_ALL) as running:
        yield running


@pytest.fixture(autouse=True)
def _sums_are_right(request: pytest.FixtureRequest) -> None:
    """For every test that has an archive."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("sums_are_right")
