"""Imports of what is taken down keep it so, and nothing is wrong with that."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.ingest.exports import ending, export, page, revision
from threads.doctor.imports import imports
from threads.ingest.runs.runner import carry_on
from threads.models import ImportRun, PrivacyRule, Revision, Wiki
from threads.privacy import apply_rule, take_down_page, take_down_revision, undo_rule

from .archive import ANSWERED, FIRST, hold, page_called

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive_once", "sums_are_right")]

TIME = FIRST.isoformat()
PLAN = page("Talk:Plan", revision(ANSWERED, number=13), revision(ANSWERED, number=15), number=7)
NEW = page("Talk:New", revision(number=90), number=90)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pages.xml"


@pytest.fixture
def gone(wiki: Wiki) -> str:
    """The address of a page that is taken down."""
    plan = page_called("Talk:Plan")
    hold(take_down_page(plan))
    return plan.get_absolute_url()


def last_run() -> ImportRun:
    return ImportRun.objects.latest("pk")


def logs() -> dict[str, tuple[str, str]]:
    return {item.title: (item.state, item.log) for item in last_run().items.all()}


def nothing_is_wrong(address: str) -> bool:
    """Whether the run is done, `doctor` has nothing to tell, and readers are told as before."""
    told = [finding.message for finding in imports() if finding.failed]
    return (last_run().state, told, Client().get(address).status_code) == ("done", [], 410)


@pytest.mark.parametrize("options", [[], ["--history"], ["--dry-run"], ["--dry-run", "--history"]])
@pytest.mark.parametrize(
    ("pages", "states"),
    [
        ([PLAN], {"Talk:Plan": "skipped"}),
        ([PLAN, NEW], {"Talk:Plan": "skipped", "Talk:New": "done"}),
        # It is known by its number as well, and where its text cannot be read.
        ([PLAN.replace("Talk:Plan", "Talk:Moved")], {"Talk:Moved": "skipped"}),
        ([PLAN.replace("<model>wikitext", "<model>json")], {"Talk:Plan": "skipped"}),
    ],
)
def test_of_a_dump_the_other_pages_go_on(
    gone: str, file: Path, pages: list[str], states: dict[str, str], options: list[str]
) -> None:
    file.write_text(export(*pages))

    status, said = ending(file, *options)

    assert status == 0, said
    assert "1 page is taken down in the archive" in said
    assert {title: state for title, (state, _log) in logs().items()} == states
    (log,) = [log for state, log in logs().values() if state == "skipped"]
    assert "(“Asked for by mail.”). To import it, an account with the role “privacy” must" in log
    assert nothing_is_wrong(gone)


def test_of_one_page_a_line_says_so(gone: str, file: Path) -> None:
    file.write_text(ANSWERED)
    output = io.StringIO()
    options = ("--wiki=lanternwiki", "--title=Talk:Plan")

    call_command("import_page", str(file), *options, stdout=output, stderr=io.StringIO())

    assert output.getvalue().startswith(
        "Talk:Plan: Skipped. This page is taken down in the archive"
    )
    assert nothing_is_wrong(gone)


def test_a_revision_that_is_taken_down_stays_so(wiki: Wiki, file: Path) -> None:
    rule = take_down_revision(Revision.objects.get(number=22))  # the only one of its page
    hold(rule)
    file.write_text(export(page("Talk:Other", revision(number=22), number=90)))

    assert ending(file)[0] == 0
    ((state, log),) = logs().values()
    assert state == "skipped" and log.startswith("A revision is taken down in the archive")


def test_it_comes_when_that_is_undone(gone: str, file: Path) -> None:
    file.write_text(export(PLAN, NEW.replace("Lit?", "&x;")))
    assert ending(file)[0] == 1
    rule = PrivacyRule.objects.get()
    undo_rule(rule)
    apply_rule(rule)
    file.write_text(export(PLAN, NEW))

    carry_on(last_run())

    assert {title: state for title, (state, _log) in logs().items()} == {
        "Talk:Plan": "done",
        "Talk:New": "done",
    }
    assert Client().get(gone).status_code == 200
