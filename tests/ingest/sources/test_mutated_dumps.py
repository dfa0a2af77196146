"""Whatever is wrong in a dump, the import ends, and each page is stored or counted."""

import faulthandler
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from tests.ingest.exports import ending
from tests.ingest.mutations import mutated
from threads.admin.imports.forms import DumpForm
from threads.ingest.errors import BadInput, ImportStopped
from threads.ingest.sources import Source
from threads.ingest.sources.dump import dump
from threads.ingest.sources.left_out import LeftOut
from threads.management.commands import import_dump
from threads.models import ImportRun
from threads.models.runs.run import State

HANGS = 600  # seconds, after which an import is taken to be one that never ends
UNCOUNTED = (b"<!--", b"<![CDATA[", b"<?", b"<\0", b"\0<")  # comments and so on, and UTF-16
FAULT = "There is an error in talkarchive"


def given_titles(source: Source) -> tuple[set[str], bool]:
    """The titles that a source gives, and whether it comes to its end."""
    titles = set()
    try:
        for given in source.revisions:
            titles.add(given.title)
    except (BadInput, ImportStopped):
        return titles, False
    return titles, True


def pages_in(data: bytes) -> int | None:
    """How often a page begins in a dump's XML; None where that is not so plain."""
    if any(word in data for word in UNCOUNTED):
        return None
    return len(re.findall(rb"<page(?=[ \t\r\n/>])", data))


@pytest.mark.django_db
def test_each_page_of_a_broken_dump_is_stored_or_counted(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    settings.DATA_DIR = tmp_path
    sources: list[Source] = []

    def made(*paths: Any, **options: Any) -> Source:
        sources.append(dump(*paths, **options))
        return sources[-1]

    monkeypatch.setattr(import_dump, "dump", made)
    first = request.config.getoption("--dumps-from")
    for seed in range(first, first + request.config.getoption("--dumps")):
        faulthandler.dump_traceback_later(HANGS, exit=True)
        sources.clear()
        try:
            with transaction.atomic():
                import_mutated(seed, tmp_path / "dump.xml", sources)
                transaction.set_rollback(True)
        except Exception as error:
            error.add_note(f"with the dump of seed {seed}")
            raise
        finally:
            faulthandler.cancel_dump_traceback_later()


def import_mutated(seed: int, file: Path, sources: list[Source]) -> None:
    data, content = mutated(seed)
    file.write_bytes(content)
    uploaded: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict(
        {"file": [SimpleUploadedFile(file.name, content or b" ")]}
    )
    DumpForm({"dbname": "lanternwiki"}, uploaded).is_valid()
    options = ["--history"] * (seed % 2) + ["--project"] * (seed % 3 == 0)

    status, said = ending(file, "--wiki=lanternwiki", *options)

    run = ImportRun.objects.first()
    assert status == 2 if run is None else status in (0, 1), said
    if run is None:
        return
    assert FAULT not in said and "Traceback" not in said, said
    if run.state == State.DONE:  # what no other try can bring is told by the status alone
        assert status == (1 if "skipped because" in said else 0)
    else:
        assert status == 1
    logs = dict(run.items.values_list("title", "log"))
    assert not [log for log in logs.values() if FAULT in log]
    assert set(run.items.states()) <= {State.DONE, State.FAILED, State.SKIPPED}

    [source] = sources
    titles, ended = given_titles(source)
    assert titles == logs.keys()
    left = source.omissions
    assert isinstance(left, LeftOut)
    counts = left.counts
    assert counts["pages"] == counts["taken"] + counts["unsigned"] + left.elsewhere.total()
    assert counts["taken"] + counts["places"] >= len(titles)
    if ended and content == data and (pages := pages_in(data)) is not None:
        assert counts["pages"] <= pages <= counts["pages"] + counts["places"], said
