"""A wiki, wikitext stored on it as one talk page, and the rows that are there then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from threads.edits import Edit, RevisionFacts
from threads.models import (
    Author,
    Change,
    Comment,
    FormerId,
    Revision,
    Section,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.store import Stored, store_page
from threads.wikitext import parse_page

TITLE = "Talk:Harbour lights"
ASK = "Shall we light both lamps? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
ANSWER = ":Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
DEEPER = "::Both. [[User:Ada]] 12:00, 1 May 2019 (UTC)\n"
LATER = "Who tends them? [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"
PAGE = f"== Lamps ==\n{ASK}{ANSWER}{DEEPER}== Keepers ==\n{LATER}"

START = datetime(2019, 5, 1, 9, 30, tzinfo=UTC)
Store = Callable[..., Stored]
Save = Callable[..., None]


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


@pytest.fixture
def store(wiki: Wiki) -> Store:
    """Stores wikitext; takes `title`, `number` and `timestamp` where they matter."""

    def store_text(text: str, title: str = TITLE, **revision: Any) -> Stored:
        return store_page(wiki, parse_page(text, title=title), text, RevisionFacts(**revision))

    return store_text


@pytest.fixture
def save(store: Store) -> Save:
    """Stores a revision by somebody, which follows the one that was saved before."""
    last: dict[str, int] = {}

    def save_text(user: str, text: str, title: str = TITLE, **edit: object) -> None:
        number = Revision.objects.count() + 1
        parent = edit.pop("parent", last.get(title, 0))
        told = Edit(user, parent_number=parent, **edit)  # type: ignore[arg-type]
        when = START + timedelta(hours=number)
        store(text, title, number=number, timestamp=when, edit=told)
        last[title] = number

    return save_text


def comment_by(name: str, **other: object) -> Comment:
    return Comment.objects.get(author__name=name, **other)


def snapshot() -> dict[str, list[Any]]:
    """Every row of every discussion table, with its key."""
    kinds: tuple[Any, ...] = (
        TalkPage,
        Revision,
        Author,
        Section,
        Comment,
        UnsignedText,
        FormerId,
        Change,
    )
    return {kind.__name__: list(kind._default_manager.order_by("pk").values()) for kind in kinds}


@pytest.fixture(autouse=True)
def _sums_are_right(request: pytest.FixtureRequest) -> None:
    """For every test that has an archive."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("sums_are_right")
