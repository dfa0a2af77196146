"""Every kind of source is listed once, and an import's record leads back to it."""

from pathlib import Path

import pytest

from tests.ingest.exports import export, page
from threads.admin.imports.forms import FORMS
from threads.ingest.errors import BadInput
from threads.ingest.runs.lifecycle import open_run
from threads.ingest.runs.runner import carry_on
from threads.ingest.sources.dump import dump
from threads.ingest.sources.registry import KINDS, kind_named, label_of, source_of
from threads.models import ImportRun, Wiki
from threads.models.runs.run import State

WIKI = Wiki(dbname="lanternwiki")


def test_no_two_kinds_have_the_same_name_or_label() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({str(kind.label) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("name", ["paste", "upload", "dump", "mediawiki", "demo"])
def test_the_names_that_archives_have_stored_are_known(name: str) -> None:
    assert kind_named(name)


def test_each_form_is_of_a_kind_whose_imports_can_wait_for_a_worker() -> None:
    for form in FORMS.values():
        assert form.kind in KINDS
        assert form.kind.reopen


def test_a_source_is_made_again_from_what_its_run_has_kept(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_text(export(page("Talk:A"), page("Talk:B", number=2)))
    first = dump([file], wiki=WIKI, history=True)

    again = source_of(ImportRun(source=first.name, wiki=WIKI, parameters=first.parameters))

    assert (again.name, again.parameters, again.total) == ("dump", first.parameters, first.total)
    assert list(again.revisions) == list(first.revisions)


@pytest.mark.parametrize("name", ["paste", "upload", "a kind of long ago"])
def test_what_is_kept_only_with_its_page_is_not_made_again(name: str) -> None:
    with pytest.raises(BadInput, match="cannot be resumed"):
        source_of(ImportRun(source=name, wiki=WIKI))


def test_a_run_is_called_by_its_kinds_label_or_by_what_is_stored() -> None:
    assert label_of(ImportRun(source="mediawiki")) == "Live wiki (API)"
    assert label_of(ImportRun(source="a kind of long ago")) == "a kind of long ago"


@pytest.mark.django_db
def test_what_was_pasted_cannot_go_on() -> None:
    run = carry_on(open_run(Wiki(dbname="lanternwiki"), "paste", {}))

    assert run.state == State.FAILED
    assert "Import the page again" in run.log
