"""Imports as a whole: what is stored, what is recorded, what a failure leaves."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from threads.edits import RevisionFacts
from threads.ingest.errors import BadInput
from threads.ingest.runs import recording, runner
from threads.ingest.sources import PageRevision, Source
from threads.ingest.sources.paste import paste
from threads.ingest.sources.upload import upload
from threads.models import Comment, ImportItem, ImportRun, Revision, TalkPage, Wiki
from threads.models.runs.run import State
from threads.store import Counts, reparse, store_page

TITLE = "Talk:Lights"
TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"


@pytest.fixture
def wiki(db: None) -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki")


def test_a_pasted_page_is_stored_and_recorded(wiki: Wiki) -> None:
    run = runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE))

    item = run.items.get()
    assert (run.state, run.source, item.state, item.title) == ("done", "paste", "done", TITLE)
    assert item.page == TalkPage.objects.get()
    assert item.counts == asdict(Counts(new=1))
    assert item.revision and item.revision.text == TEXT
    assert run.finished_at and run.finished_at >= run.started_at


def test_an_uploaded_file_becomes_the_same_page(wiki: Wiki) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    run = runner.start_run(wiki, upload(data, "lights.txt", wiki=wiki, title=TITLE))

    assert run.source == "upload"
    assert Revision.objects.get().text == TEXT


def test_a_pasted_byte_order_mark_is_no_part_of_the_text(wiki: Wiki) -> None:
    runner.start_run(wiki, paste(f"\ufeff{TEXT}", wiki=wiki, title=TITLE))

    assert Revision.objects.get().text == TEXT


def test_a_pasted_redirect_says_so(wiki: Wiki) -> None:
    run = runner.start_run(wiki, paste("#REDIRECT [[Talk:Oil]]", wiki=wiki, title=TITLE))

    assert "This page redirects to “Talk:Oil”" in run.items.get().log


def test_a_new_wiki_is_saved_with_its_first_page(db: None) -> None:
    wiki = Wiki(dbname="newwiki")

    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE))

    assert TalkPage.objects.get().wiki.dbname == "newwiki"


def test_a_page_without_signatures_says_so(wiki: Wiki) -> None:
    run = runner.start_run(wiki, paste("Nothing signed.", wiki=wiki, title=TITLE))

    assert "No signatures found" in run.items.get().log
    assert run.state == State.DONE


def test_an_older_revision_says_that_it_is_not_shown(wiki: Wiki) -> None:
    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE, number=9))

    run = runner.start_run(wiki, paste("Old.", wiki=wiki, title=TITLE, number=5))

    assert "but is not shown" in run.items.get().log


def test_a_page_that_fails_keeps_its_log_and_the_others_go_on(
    wiki: Wiki, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE))

    def fail_on_lights(wiki: Wiki, parsed: Any, text: str, facts: RevisionFacts) -> Any:
        stored = store_page(wiki, parsed, text, facts)
        if parsed.title == TITLE:
            raise RuntimeError("the lamp broke")
        return stored

    monkeypatch.setattr(recording, "store_page", fail_on_lights)
    revisions = [PageRevision("Talk:Other", TEXT), PageRevision(TITLE, f"{TEXT} x")]
    run = runner.start_run(wiki, Source("paste", reversed(revisions)))

    failed, done = run.items.all()
    assert (run.state, failed.state, done.state) == ("failed", "failed", "done")
    assert failed.log.startswith("An error in talkarchive occurred (RuntimeError: the lamp broke)")
    assert len(failed.log.splitlines()) == 1, "the traceback is for the server's log"
    assert failed.page is None
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.getMessage() == f"Import {run.pk}, page “{TITLE}”: it was not imported."
    assert record.exc_info


def test_a_revision_conflict_is_told_in_one_sentence(wiki: Wiki) -> None:
    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE, number=5))

    run = runner.start_run(wiki, paste("Other.", wiki=wiki, title=TITLE, number=5))

    assert run.items.get().log.startswith("Revision 5 of “Talk:Lights”")
    assert Comment.objects.get().is_current


def test_an_import_whose_source_breaks_off_is_not_left_running(
    wiki: Wiki, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Iterator[PageRevision]:
        yield PageRevision(TITLE, TEXT)
        raise OSError("the file ends here")

    with caplog.at_level("ERROR"):
        runner.start_run(wiki, Source("upload", broken()))

    run = ImportRun.objects.get()
    assert (run.state, run.items.get().state) == (State.FAILED, State.DONE)
    assert run.finished_at
    assert run.log.startswith("An error in talkarchive occurred (OSError: the file ends here).")
    assert "Traceback" not in run.log
    [record] = caplog.records
    assert record.getMessage() == f"Import {run.pk} ended on an error."
    assert record.exc_info


def test_a_preview_tells_what_would_happen_and_stores_nothing(db: None) -> None:
    wiki = Wiki(dbname="newwiki")

    seen = runner.preview(wiki, PageRevision(TITLE, TEXT))

    assert [comment.author for comment in seen.parsed.comments] == ["Ada"]
    assert seen.counts.new == 1
    assert not (Wiki.objects.exists() or TalkPage.objects.exists() or ImportItem.objects.exists())


def test_a_preview_refuses_what_an_import_would(wiki: Wiki) -> None:
    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE, number=5))

    with pytest.raises(BadInput) as refused:
        runner.preview(wiki, PageRevision(TITLE, "Other.", 5))

    assert refused.value.field == "number"


def test_a_page_is_read_again_from_its_kept_wikitext(wiki: Wiki) -> None:
    runner.start_run(wiki, paste(TEXT, wiki=wiki, title=TITLE))
    Comment.objects.update(text="spoilt", depth=9)
    Revision.objects.update(parser_version="0")

    stored = reparse(TalkPage.objects.get())

    comment = Comment.objects.get()
    assert (comment.text, comment.depth, stored.counts.changed) == ("Lit?", 0, 1)
    assert Revision.objects.get().parser_version != "0"


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_a_revision_id_that_cannot_be_is_refused(number: int) -> None:
    wiki = Wiki(dbname="lanternwiki")

    with pytest.raises(BadInput, match="not a valid revision ID"):
        paste(TEXT, wiki=wiki, title=TITLE, number=number)


def test_a_time_without_zone_is_in_utc() -> None:
    source = paste(TEXT, wiki=Wiki(dbname="x"), title=TITLE, timestamp=datetime(2019, 5, 1))

    (revision,) = source.revisions
    assert isinstance(revision, PageRevision)
    assert revision.timestamp == datetime(2019, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("entity", ["&#0;", "&#xD800;", "&#x1F4A1;", "\x01", "&#x7F;"])
def test_odd_characters_are_stored_on_every_database(wiki: Wiki, entity: str) -> None:
    text = f"== A{entity} ==\n{entity} b [[User:A{entity}|A]] {TEXT[12:]}"

    assert runner.start_run(wiki, paste(text, wiki=wiki, title=TITLE)).state == State.DONE


def test_a_user_name_that_no_wiki_allows_is_stored_all_the_same(wiki: Wiki) -> None:
    text = f"Lit? [[User:{'A' * 3000}]] 10:00, 1 May 2019 (UTC)"

    assert runner.start_run(wiki, paste(text, wiki=wiki, title=TITLE)).state == State.DONE


def test_a_very_deep_page_is_stored_on_every_database(wiki: Wiki) -> None:
    text = f"{':' * 40_000}deep [[User:Ada]] 10:00, 1 May 2019 (UTC)"

    assert runner.start_run(wiki, paste(text, wiki=wiki, title=TITLE)).state == State.DONE
