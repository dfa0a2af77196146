"""An archive to export."""

from types import ModuleType
from typing import cast

import pytest

from tests.upgrades.archive import make_archive
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import PageRevision, Source
from threads.models import Wiki


@pytest.fixture
def filled(request: pytest.FixtureRequest, db: None) -> None:
    """Two wikis, and a comment that was removed: “Fine with me”; on the second one “Talk:Weather”,
    with the WEATHER of the tests' module."""
    make_archive()
    wiki = Wiki(dbname="pierwiki", server="https://pier.example")
    text = cast(ModuleType, request.module).WEATHER
    start_run(wiki, Source("paste", [PageRevision("Talk:Weather", text, 1)]))
