"""Fixtures of the views' tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from talkarchive.configuration.caches import page_cache
from threads.models import TalkPage
from threads.presentation.page.layout import Layout


@pytest.fixture
def page_folder(tmp_path: Path, settings: Settings) -> None:
    """Pages are kept in a folder, as they are in an archive."""
    settings.CACHES = {**settings.CACHES, "pages": page_cache("", tmp_path / "cache", 100)}


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that are laid out."""
    found: list[str] = []
    rows = Layout.__init__

    def counted(self: Layout, page: TalkPage, *args: Any, **options: Any) -> None:
        found.append(page.title)
        rows(self, page, *args, **options)

    monkeypatch.setattr(Layout, "__init__", counted)
    yield found
