"""The page that is corrected."""

from collections.abc import Iterator
from types import ModuleType
from typing import cast

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Wiki


def make_page(text: str) -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    start_run(wiki, paste(text, wiki=wiki, title="Talk:Lights"))


@pytest.fixture(scope="module", autouse=True)
def page_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """“Talk:Lights”, with the TEXT of the tests' module."""
    text = cast(ModuleType, request.module).TEXT
    with made_once(lambda: make_page(text), django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """All tests are about that page."""
