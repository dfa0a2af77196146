"""`import_dump`: what a dump holds gets into the archive, and the command says what did not."""

import bz2
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.ingest.exports import SIGNED, ending, export, page, revision
from threads.ingest.runs.runner import carry_on
from threads.models import Comment, ImportItem, ImportRun, Revision, TalkPage, Wiki


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dump.xml.bz2"


def write(file: Path, *pages: str) -> None:
    file.write_bytes(bz2.compress(export(*pages).encode()))


def import_dump(file: Path, *options: str) -> str:
    output = io.StringIO()
    call_command("import_dump", str(file), *options, "--processes=1", stdout=output, stderr=output)
    return output.getvalue()


def test_a_dump_becomes_pages_of_its_wiki(db: None, file: Path) -> None:
    text = SIGNED.replace("UTC", "CEST")
    write(file, page("Talk:Lamps", revision(text)), page("Lamps", ns=0, number=8))

    said = import_dump(file, "--timezone=Europe/Berlin")

    assert said == (
        "Pages: 1 completed. Comments: 1 new.\n1 of 2 pages in the dump is not a talk page "
        "(by namespace: 0: 1).\n"
    )
    wiki = Wiki.objects.get()
    assert (wiki.dbname, wiki.name, wiki.language) == ("lanternwiki", "Lantern Wiki", "en")
    assert (wiki.timezone, wiki.server) == ("Europe/Berlin", "https://lantern.example")
    talk = TalkPage.objects.get()
    assert (talk.title, talk.number) == ("Talk:Lamps", 7)
    kept = Revision.objects.get()
    assert (kept.number, kept.text) == (70, text)
    assert ImportRun.objects.get().progress == file.stat().st_size


def test_the_same_again_brings_nothing_new(db: None, file: Path) -> None:
    write(file, page("Talk:Lamps"))
    import_dump(file)

    assert import_dump(file) == "Pages: 1 completed. Comments: 1 unchanged.\n"
    assert (Revision.objects.count(), Comment.objects.count()) == (1, 1)


def test_a_dry_run_says_what_would_be(db: None, file: Path) -> None:
    write(file, page("Talk:Lamps"))

    totals = "Preview: nothing was saved. Pages: 1 completed. Comments: 1 new."
    assert import_dump(file, "--dry-run").splitlines() == [totals]
    whole = import_dump(file, "--dry-run", "--verbosity=2").splitlines()
    assert whole == ["Talk:Lamps: 1 new", totals]
    assert not TalkPage.objects.exists()


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize("history", [True, False])
def test_only_a_preview_of_histories_says_that_it_read_the_last_revisions_alone(
    db: None, file: Path, *, dry: bool, history: bool
) -> None:
    write(file, page("Talk:Lamps", revision("A", number=70), revision(number=71)))
    options = [*["--dry-run"] * dry, *["--history"] * history]
    assert ("only the last revision" in import_dump(file, *options)) == (dry and history)


def test_warnings_are_told_by_kind_with_their_first_places(db: None, file: Path) -> None:
    unread = revision("== Oil ==\n[[User:Ada]] 25 Lampmonth 2019, 10:00\n\n" + SIGNED)
    pages = [page(f"Talk:Lamps/{number}", unread, number=number) for number in range(1, 6)]
    write(file, *pages)

    said = import_dump(file).splitlines()

    assert said[0].startswith("5 warnings: ")
    assert said[1].startswith("  Talk:Lamps/1#Oil: ")
    assert said[4] == "  and 2 more"
    assert said[5].startswith("Pages: 5 completed.")
    assert import_dump(file, "--dry-run").splitlines()[5:10] == said[:5]


def test_with_history_a_comment_knows_how_it_changed(db: None, file: Path) -> None:
    states = [
        revision(SIGNED, number=1, time="2019-05-01T10:00:00Z"),
        revision(SIGNED.replace("Lit?", "Lit now?"), number=2, time="2019-05-02T10:00:00Z"),
        revision("", number=3, time="2019-05-03T10:00:00Z"),
        revision(SIGNED, number=4, time="2019-05-04T10:00:00Z"),
    ]
    write(file, page("Talk:Lamps", *states))

    said = import_dump(file, "--history")

    assert said == "Pages: 1 completed. Comments: 1 new, 1 changed, 1 removed, 1 restored.\n"
    comment = Comment.objects.get()
    assert comment.first_revision.number == 1
    assert list(comment.changes.values_list("kind", "revision__number")) == [
        ("changed", 2),
        ("left", 3),
        ("returned", 4),
        ("changed", 4),
    ]


def test_pages_that_cannot_be_taken_are_named_and_the_others_come(db: None, file: Path) -> None:
    write(
        file,
        page("Talk:Board", revision(model="flow-board"), number=1),
        page("Talk:Old", more='<redirect title="Talk:New"/>', number=2),
        page("Talk:New", number=3),
    )

    with pytest.raises(CommandError) as ended:
        import_dump(file)

    assert ended.value.returncode == 1
    states = dict(ImportItem.objects.values_list("title", "state"))
    assert states == {"Talk:Board": "skipped", "Talk:Old": "skipped", "Talk:New": "done"}
    assert str(ended.value) == "Not everything was imported; see the messages above."
    run = ImportRun.objects.get()
    assert run.state == "done" and run.log.startswith("1 Structured Discussions (Flow) page was")


def test_a_dump_that_is_cut_off_can_be_gone_on_with(db: None, file: Path) -> None:
    pages = [page(f"Talk:Lamp {n}", revision(number=n), number=n) for n in range(1, 4)]
    write(file, *pages)
    whole = export(*pages)
    file.write_text(whole[: whole.index("Talk:Lamp 3")])

    with pytest.raises(CommandError) as ended:
        import_dump(file)
    assert ended.value.returncode == 1
    run = ImportRun.objects.get()
    assert "the file is incomplete. Download it again.\nPages already imported are kept." in run.log
    assert run.items.states() == {"done": 2, "failed": 1}

    file.write_text(whole)
    carry_on(run)

    assert (run.state, run.items.states()) == ("done", {"done": 3})


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("<html></html>", [], "the file is an HTML page"),
        (export(dbname=""), [], "database name is missing"),
        (export(), ["--timezone=Mars/Sol"], "no time zone “Mars/Sol”"),
    ],
)
def test_what_cannot_be_begun_ends_with_2(
    db: None, file: Path, content: str, options: list[Any], said: str
) -> None:
    file.write_text(content)

    with pytest.raises(CommandError, match=said) as refused:
        import_dump(file, *options)

    assert refused.value.returncode == 2
    assert not (Wiki.objects.exists() or ImportRun.objects.exists())


def test_a_wiki_that_is_another_here_says_so(db: None, file: Path) -> None:
    write(file, page("Talk:Lamps"))

    said = import_dump(file, "--wiki=lampwiki")

    assert said.startswith("Source wiki “lanternwiki” is stored as “lampwiki”.\n")
    assert TalkPage.objects.get().wiki.dbname == "lampwiki"


LIQUID = page("Thread:Talk:Lamps/Lit", ns=90, number=2)
FLOW = page("Topic:Sxyz", revision(model="flow-board"), ns=2600, number=3)
ARTICLE = page("Lamps", ns=0, number=4)
REDIRECT = page("Talk:Old", more='<redirect title="Talk:New"/>', number=5)

REVISIONS = revision(number=1), revision("#REDIRECT [[Talk:New]]", number=2)
MOVED = page("Talk:Old", *REVISIONS, more='<redirect title="Talk:New"/>', number=5)


@pytest.mark.parametrize(
    ("pages", "options", "status", "said"),
    [
        ([page("Talk:A")], [], 0, "Pages: 1 completed."),
        (
            [page("Talk:A"), ARTICLE],
            [],
            0,
            "1 of 2 pages in the dump is not a talk page (by namespace: 0: 1)",
        ),
        ([page("Talk:A"), REDIRECT], [], 0, "Pages: 1 completed, 1 skipped."),
        ([], [], 1, "The dump contains no pages."),
        (
            [ARTICLE],
            [],
            1,
            "No talk pages found. The dump contains 1 page, in another namespace (0: 1)",
        ),
        ([LIQUID], [], 1, "1 LiquidThreads page was skipped"),
        ([page("Talk:A"), LIQUID], [], 1, "1 LiquidThreads page was skipped"),
        ([page("Talk:A"), FLOW], [], 1, "1 Structured Discussions (Flow) page was skipped"),
        ([REDIRECT], [], 1, "Nothing was imported. All pages were skipped"),
        ([REDIRECT], ["--history"], 0, "Pages: 1 completed. Comments: 1 new."),
        ([MOVED], ["--history"], 0, "Pages: 1 completed. Comments: 1 new."),
        ([page("Talk:A", number="x")], [], 1, "Invalid page or revision ID"),
        ([page("Talk:A"), page("Talk:B").replace("Lit?", "&x;")], [], 1, "undefined entity"),
        ([page("Talk:A"), ARTICLE.replace("Lit?", "&x;")], [], 1, "Lamps: Failed."),
        ([page("Talk:A"), page("Talk:A")], [], 0, "1 page has the same title as another"),
    ],
)
@pytest.mark.parametrize("dry", [False, True])
def test_the_exit_status_tells_whether_all_that_was_asked_for_is_there(
    db: None, file: Path, pages: list[str], options: list[str], status: int, said: str, dry: bool
) -> None:
    write(file, *pages)

    found, text = ending(file, *options, *(["--dry-run"] if dry else []))

    assert found == status, text
    assert said in text
    run = ImportRun.objects.get()
    # What no other try can bring leaves the import done: the exit status alone tells of it.
    is_tried_for_good = "was skipped because" in text and "1 completed" in text
    assert (run.state == "done") == (status == 0 or is_tried_for_good)
    assert not (dry and "resume_import" in text)
    assert "already imported" not in text


def test_a_redirect_of_a_page_that_the_archive_has_is_no_loss(db: None, file: Path) -> None:
    write(file, page("Talk:Old", number=5))
    import_dump(file)
    write(file, REDIRECT)

    assert ending(file)[0] == 0


def test_a_broken_page_is_tried_again_and_what_was_refused_before_is_forgotten(
    db: None, file: Path
) -> None:
    good = page("Talk:B", number=2)
    write(file, page("Talk:A"), good.replace("<title>Talk:B", "<title>&x;"))
    assert ending(file)[0] == 1
    run = ImportRun.objects.get()
    assert run.items.states() == {"done": 1, "failed": 1}

    write(file, page("Talk:A"), good)
    carry_on(run)

    assert (run.state, run.items.states()) == ("done", {"done": 2})


def test_a_preview_decides_nothing_of_its_wiki(
    db: None, file: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write(file, page("Talk:Lamps"))
    import_dump(file, "--dry-run", "--timezone=Asia/Tokyo", "--language=de")
    import_dump(file, "--dry-run", "--wiki=oilwiki")

    call_command("export")
    assert b"wiki" not in capsysbinary.readouterr().out
    assert not Wiki.objects.settled()

    assert import_dump(file, "--timezone=Europe/Berlin") == (
        "Pages: 1 completed. Comments: 1 new.\n"
    )
    (kept,) = Wiki.objects.settled()
    assert (kept.dbname, kept.language, kept.timezone) == ("lanternwiki", "en", "Europe/Berlin")


def test_an_import_that_brought_nothing_decides_nothing_either(db: None, file: Path) -> None:
    write(file, page("Talk:Lamps", revision(model="json")))
    with pytest.raises(CommandError):
        import_dump(file, "--timezone=Asia/Tokyo")
    write(file, page("Talk:Lamps"))

    import_dump(file, "--timezone=Europe/Berlin")

    assert Wiki.objects.get().timezone == "Europe/Berlin"


def test_what_an_admin_said_of_a_wiki_stays_after_a_preview(db: None, file: Path) -> None:
    Wiki.objects.create(dbname="lanternwiki", timezone="Asia/Tokyo")
    write(file, page("Talk:Lamps"))
    import_dump(file, "--dry-run")

    with pytest.raises(CommandError, match="already set"):
        import_dump(file, "--timezone=Europe/Berlin")
