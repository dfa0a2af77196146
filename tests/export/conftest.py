"""An archive to export."""

from collections.abc import Iterator
from types import ModuleType
from typing import cast

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from tests.upgrades.archive import make_archive
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Wiki


def make_two_wikis(weather: str) -> None:
    make_archive()
    wiki = Wiki(dbname="pierwiki", server="https://pier.example")
    start_run(wiki, Source("paste", [PageRevision("Talk:Weather", weather, 1)]))


@pytest.fixture(scope="module")
def two_wikis_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    weather = cast(ModuleType, request.module).WEATHER
    with made_once(lambda: make_two_wikis(weather), django_db_blocker):
        yield


@pytest.fixture
def filled(two_wikis_once: None, db: None) -> None:
    """Two wikis, and a comment that was removed: “Fine with me”; on the second one “Talk:Weather”,
    with the WEATHER of the tests' module."""
