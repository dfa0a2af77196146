"""A wiki, and wikitext stored on it as one talk page."""

from collections.abc import Callable
from typing import Any

import pytest

from threads.models import Wiki
from threads.store import Stored, store_page
from threads.wikitext import parse_page

TITLE = "Talk:Harbour lights"

Store = Callable[..., Stored]


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


@pytest.fixture
def store(wiki: Wiki) -> Store:
    """Stores wikitext; takes `title`, `number` and `timestamp` where they matter."""

    def store_text(text: str, title: str = TITLE, **revision: Any) -> Stored:
        return store_page(wiki, parse_page(text, title=title), text, **revision)

    return store_text
