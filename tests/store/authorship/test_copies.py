"""Text that nobody signed and that was moved is not by who moved it."""

from datetime import UTC, datetime

import pytest

from tests.store.authorship.test_attribution import QUESTION
from tests.store.conftest import ASK, LATER, Save, snapshot
from threads.models import ImportItem, ImportRun, Revision, TalkPage, UnsignedText, Wiki
from threads.store import delete_pages, settle_copies


@pytest.fixture
def run(wiki: Wiki) -> ImportRun:
    return ImportRun.objects.create(wiki=wiki, source="dump")


def settled(run: ImportRun) -> dict[str, str]:
    """By page, by whom its unsigned text is known to be once the run has ended."""
    for page in TalkPage.objects.all():
        ImportItem.objects.update_or_create(run=run, title=page.title, defaults={"page": page})
    settle_copies(run)
    before = snapshot()
    settle_copies(run)
    assert snapshot() == before, "the same again changes nothing"
    texts = UnsignedText.objects.exclude(text="").select_related("page", "author")
    return {text.page.title: text.author.name if text.author else "-" for text in texts}


def test_an_archive_that_came_in_first_has_the_authors_of_its_page(
    save: Save, run: ImportRun
) -> None:
    save("LampBot", f"{ASK}\n{QUESTION}", title="Talk:Lamps/2019")
    Revision.objects.update(timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    save("Ana", f"{ASK}\n{QUESTION}", title="Talk:Lamps")
    save("LampBot", ASK, title="Talk:Lamps")

    assert settled(run) == {"Talk:Lamps/2019": "Ana", "Talk:Lamps": "Ana"}


def test_an_archive_that_comes_later_has_them_at_once(save: Save) -> None:
    save("Ana", f"{ASK}\n{QUESTION}", title="Talk:Lamps")
    save("LampBot", ASK, title="Talk:Lamps")
    save("LampBot", f"{ASK}\n{QUESTION}", title="Talk:Lamps/2019")

    [archived] = UnsignedText.objects.current()
    assert str(archived.author) == "Ana"
    assert archived.first_revision and archived.first_revision.page.title == "Talk:Lamps"


def test_what_was_on_another_page_is_not_by_who_brought_it(save: Save, run: ImportRun) -> None:
    save("Ana", QUESTION, title="Talk:Lamps")
    save("Ben", LATER, title="Talk:Lamps")
    save("Ben", QUESTION, title="Talk:Oil")

    assert settled(run) == {"Talk:Lamps": "Ana", "Talk:Oil": "-"}


def test_a_few_words_can_be_written_twice(save: Save, run: ImportRun) -> None:
    save("Ana", "Light them.\n", title="Talk:Lamps")
    save("Ben", "Light them.\n", title="Talk:Oil")

    assert settled(run) == {"Talk:Lamps": "Ana", "Talk:Oil": "Ben"}


def test_a_page_that_is_deleted_takes_its_revisions_with_it(save: Save) -> None:
    save("Ana", f"{ASK}\n{QUESTION}", title="Talk:Lamps")
    save("LampBot", ASK, title="Talk:Lamps")
    save("LampBot", f"{ASK}\n{QUESTION}", title="Talk:Lamps/2019")

    delete_pages([TalkPage.objects.get(title="Talk:Lamps")])

    [archived] = UnsignedText.objects.all()
    assert (str(archived.author), archived.first_revision) == ("Ana", None)
