"""Going on with an import on the command line."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.database.conditions import connected
from tests.ingest.archives import Archive, archive
from tests.ingest.archives import dump as many_pages
from tests.ingest.exports import export, many
from tests.servers import until
from threads.ingest.runs import stream
from threads.ingest.runs.lifecycle import hold, open_run
from threads.management import progress
from threads.models import ImportItem, ImportRun, TalkPage, Wiki

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.xml"
    path.write_text(export(*many(3)))
    return path


def run(*command: str) -> str:
    output = io.StringIO()
    call_command(*command, processes=1, stdout=output, stderr=output)
    return output.getvalue()


def test_a_truncated_dump_is_resumed_once_it_is_whole(dump: Path) -> None:
    whole = dump.read_text()
    dump.write_text(whole[: whole.index("Talk:Lamp 3")])
    with pytest.raises(
        CommandError, match=r"To continue, run: python3 manage.py resume_import \d+"
    ) as refused:
        run("import_dump", str(dump))
    assert refused.value.returncode == 1

    dump.write_text(whole)
    said = run("resume_import", str(ImportRun.objects.get().pk))

    assert said.startswith("Pages: 3 completed. Comments: 1 new, 2 known from other pages")
    assert TalkPage.objects.count() == 3


def test_what_going_on_cannot_help_is_not_told_to_be_resumed(dump: Path) -> None:
    dump.write_text(export())
    with pytest.raises(CommandError, match="Not everything was imported") as refused:
        run("import_dump", str(dump))
    assert "resume_import" not in str(refused.value)


def test_a_damaged_page_is_told_with_the_remedy(dump: Path) -> None:
    dump.write_text(dump.read_text().replace("<title>Talk:Lamp 2", "<title><x>Talk:Lamp 2"))
    with pytest.raises(CommandError, match="resume_import"):
        run("import_dump", str(dump))
    assert "download it again" in ImportRun.objects.get().items.get(state="failed").log


def test_revision_ids_of_another_wiki_are_told_so(dump: Path) -> None:
    run("import_dump", str(dump))
    other = dump.read_text().replace("Talk:Lamp 2", "Talk:Other").replace("Lit", "Out")
    dump.write_text(other)
    with pytest.raises(CommandError):
        run("import_dump", str(dump))
    told = [item.log for item in ImportRun.objects.latest("pk").items.filter(state="failed")]
    assert any("of another wiki" in each for each in told)
    assert not any("leave it empty" in each for each in told)


def test_sigterm_says_how_to_go_on_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as one:
        file = many_pages(tmp_path / "many.xml", 400)
        process = one.start("manage.py", "import_dump", str(file), "--processes=2")
        with process:
            until(lambda: stored(one))
            process.terminate()
            out, error = process.communicate()
    said = out + error
    assert "Stopped. To continue, run: python3 manage.py resume_import 1" in said
    assert "resource_tracker" not in said
    assert "CommandError" not in said
    assert "Traceback" not in said


def stored(one: Archive) -> int:
    with connected(one) as cursor:
        cursor.execute("SELECT count(*) FROM threads_talkpage")
        (pages,) = cursor.fetchone()
    return int(pages)


def test_ctrl_c_says_how_to_go_on(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_telling: object, _run: ImportRun, item: ImportItem) -> None:
        tell(_telling, _run, item)
        if item.title == "Talk:Lamp 2":
            raise KeyboardInterrupt

    tell: Any = progress.ProgressReporter.__call__
    monkeypatch.setattr(progress.ProgressReporter, "__call__", interrupt)
    monkeypatch.setattr(stream, "PAGES", 1)

    output = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_dump", str(dump), processes=1, stdout=output, stderr=output)

    assert stopped.value.code == 130
    again = r"Stopped. To continue, run: python3 manage.py resume_import \d+"
    assert re.search(f"^{again}$", output.getvalue(), re.M)
    assert ImportRun.objects.get().state == "cancelled"
    assert TalkPage.objects.count() == 2


def test_what_cannot_be_resumed_is_told(dump: Path) -> None:
    run("import_dump", str(dump))
    done = ImportRun.objects.get()
    with pytest.raises(CommandError, match="Its status is: Completed") as refused:
        run("resume_import", str(done.pk))
    assert refused.value.returncode == 2

    with pytest.raises(CommandError, match="There is no import with the number 0"):
        run("resume_import", "0")


def test_a_run_that_is_worked_on_is_left_alone() -> None:
    running = open_run(Wiki(dbname="lanternwiki"), "dump", {})
    hold(running)

    with pytest.raises(CommandError, match="Its status is: Running"):
        run("resume_import", str(running.pk))
