"""What an archive that was loaded from an export keeps later imports to, and what it warns of."""

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.export.loaded import emptied
from threads.export import FORMATS, Selection, load, rules_that_do_not_hold
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import Source
from threads.models import Author, Comment, PrivacyRule, Revision, TalkPage, Wiki
from threads.privacy import (
    mask_addresses,
    rename,
    take_down_comment,
    take_down_page,
    take_down_revision,
)

from .archive import ANSWERED, NAME, SAID, hold, state, where_is
from .crowd import ADDRESS, ALIASED, DRAFT, LOOKED_FOR, TALKS, WHOLE, import_crowd, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once")]

Rules = Callable[[Wiki], list[PrivacyRule]]


def of_kind(name: str) -> tuple[tuple[str, ...], Rules]:
    words, made = LOOKED_FOR[name]
    return words, lambda wiki: [hold(made(wiki))]


def comment_after(rule: Callable[[Wiki], PrivacyRule], words: str, title: str) -> Rules:
    """A comment is taken down whose author has another name by another rule."""
    return lambda wiki: [hold(rule(wiki)), hold(take_down_comment(said(words, title)))][1:]


def titled_page(wiki: Wiki) -> list[PrivacyRule]:
    """A page whose title has a name in it that is hidden."""
    hold(rename(Author.objects.get(name=ALIASED), "Author 7", "alias"))
    return [hold(take_down_page(TalkPage.objects.get(wiki=wiki, title="User talk:Author 7")))]


HOLD = {name: of_kind(name) for name in ("mask", "comment", "revision", "page")}
DO_NOT_HOLD = {
    **{name: of_kind(name) for name in ("rename", "alias", "comment and its author")},
    "comment of a renamed author": (
        SAID,
        comment_after(LOOKED_FOR["rename"][1], "The zymurgy", "Talk:Plan"),
    ),
    "comment of a masked author": (
        ("hedges",),
        comment_after(mask_addresses, "Hedges", "Talk:Garden"),
    ),
    "page with a hidden name": (("hello, peregrine",), titled_page),
}


def load_again() -> None:
    data = b"".join(FORMATS["jsonl"].write(Selection()))
    emptied()
    load(BytesIO(data), lambda _done: None)
    assert b"".join(FORMATS["jsonl"].write(Selection())) == data


def import_later() -> None:
    """The pages as the wiki has them still, and a version that was taken down."""
    given = [
        state("Talk:Plan", ANSWERED, 44, 7, "Cyd"),
        state("Talk:Garden", TALKS, 45, 11, "Cyd"),
        state("Talk:Band", WHOLE, 46, 12, "Ada"),
        state(f"User talk:{ALIASED}", f"Hello, {ALIASED}! {NAME}, {ADDRESS}", 47, 14, "Ada"),
    ]
    titles = [each.title for each in given]
    wiki = Wiki.objects.get()
    start_run(wiki, Source("dump", [state("Talk:Garden", DRAFT, 32, 11, "Cyd")]))
    run = start_run(wiki, Source("dump", given, parameters={"titles": titles}))
    assert run.state == "done", [item.log for item in run.items.all()]


@pytest.mark.parametrize("name", [*HOLD, *DO_NOT_HOLD])
def test_later_imports_bring_back_what_is_warned_of_and_nothing_else(wiki: Wiki, name: str) -> None:
    import_crowd(wiki)
    words, made = (HOLD | DO_NOT_HOLD)[name]
    rules = {str(rule).rpartition(" ")[0] for rule in made(wiki)}
    assert not where_is(words)
    load_again()
    import_later()
    warned = {str(rule).rpartition(" ")[0] for rule in rules_that_do_not_hold()}
    assert bool(where_is(words)) is (name in DO_NOT_HOLD)
    assert (rules <= warned) is (name in DO_NOT_HOLD)


@pytest.mark.any_database
def test_a_version_without_a_number_that_was_taken_down_is_so_after_loading(wiki: Wiki) -> None:
    import_crowd(wiki)
    versions = Revision.objects.filter(page__title="Talk:Cellar").order_by("pk")
    for version in versions[:2]:
        hold(take_down_revision(version))
    load_again()
    texts = [version.text for version in versions.all()]
    assert [bool(text) for text in texts] == [False, False, True]
    assert len(rules_that_do_not_hold()) == 2


def test_loading_ends_with_what_does_not_hold(wiki: Wiki, tmp_path: Path) -> None:
    hold(mask_addresses(wiki))
    file = tmp_path / "archive.jsonl"
    call_command("export", output=str(file), stdout=StringIO())
    emptied()
    assert "Warning" not in loading(file)

    hold(rename(Author.objects.get(name=NAME), "Renamed user 7"))
    first = Comment.objects.current().order_by("position").first()
    assert first
    hold(take_down_comment(first, hide_author=True))
    call_command("export", output=str(file), force=True, stdout=StringIO())
    emptied()
    warned = loading(file)
    assert "Warning: 2 privacy rules do not hold for later imports: Take down comment " in warned
    assert "Rename author " in warned
    assert "Mask" not in warned
    assert "restore" in warned


def loading(file: Path) -> str:
    """What the command says on standard error."""
    told = StringIO()
    call_command("import_archive", str(file), stdout=StringIO(), stderr=told)
    return told.getvalue()
