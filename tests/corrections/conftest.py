"""The page that is corrected."""

from types import ModuleType
from typing import cast

import pytest

from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Wiki


@pytest.fixture(autouse=True)
def page(request: pytest.FixtureRequest, db: None) -> None:
    """“Talk:Lights”, with the TEXT of the tests' module."""
    text = cast(ModuleType, request.module).TEXT
    wiki = Wiki.objects.create(dbname="lanternwiki")
    start_run(wiki, paste(text, wiki=wiki, title="Talk:Lights"))
