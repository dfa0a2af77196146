"""Who wrote what nobody signed, on a real MediaWiki: by a dump with history, and by the API."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.ingest.careless_wiki import SENTENCE, CarelessWiki
from tests.mediawiki import MediaWiki
from tests.store.conftest import snapshot
from threads.models import Comment, Revision, UnsignedText

pytestmark = [pytest.mark.any_database, pytest.mark.mediawiki]

PAGES = 20


@pytest.fixture(scope="module")
def authors(running: MediaWiki) -> dict[int, str]:
    """Who wrote each of the sentences that nobody signed."""
    wiki = CarelessWiki(running)
    wiki.write(PAGES)
    return wiki.authors


def wrong(authors: dict[int, str]) -> list[tuple[str, str, str, int]]:
    """The sentences under another's name, or under none: page, name, its author, number."""
    found = []
    texts = UnsignedText.objects.current().select_related("author", "page")
    for text in texts:
        name = str(text.author or "")
        for number in map(int, SENTENCE.findall(text.text)):
            missing = not name and "/" not in text.page.title
            if missing or (name and name != authors[number]):
                found.append((text.page.title, name, authors[number], number))
    for comment in Comment.objects.current().select_related("author", "page"):
        for number in map(int, SENTENCE.findall(comment.text)):
            if authors.get(number, comment.author.name) != comment.author.name:
                found.append((comment.page.title, str(comment.author), authors[number], number))
    return found


def told_in_archives() -> float:
    """The share of archived unsigned texts of which somebody is told."""
    texts = UnsignedText.objects.current().filter(
        page__title__contains="/", text__contains="Sentence"
    )
    return texts.exclude(author=None).count() / texts.count()


def import_dump(running: MediaWiki, file: Path) -> None:
    running.dump(file, history=True)
    call_command("import_dump", str(file), "--history", "--processes=1", stdout=io.StringIO())


def test_a_dump_with_history_tells_the_author_of_every_unsigned_text(
    running: MediaWiki, authors: dict[int, str], tmp_path: Path, db: None
) -> None:
    import_dump(running, tmp_path / "dump.xml")

    assert wrong(authors) == []
    assert told_in_archives() > 0.9
    assert {*Revision.objects.values_list("user", flat=True)} >= {"Ana", "Ben", "Cem", "LampBot"}
    assert Revision.objects.filter(minor=True, summary="typo").exists()
    before = snapshot()
    import_dump(running, tmp_path / "again.xml")
    assert snapshot() == before, "the same again changes nothing"


def test_an_import_from_the_api_with_history_tells_the_same(
    running: MediaWiki, authors: dict[int, str], settings: Settings, db: None
) -> None:
    settings.IMPORT_PRIVATE_HOSTS = [re.sub("^http://", "", running.address)]
    prefix = "--prefix=Talk:Careless"
    call_command(
        "import_wiki", running.address, prefix, "--history", "--processes=1", stdout=io.StringIO()
    )

    assert wrong(authors) == []
    assert told_in_archives() > 0.9
