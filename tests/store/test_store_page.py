"""Storing a page: what is written, what stays, and what a second import does to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.store.conftest import (
    ASK,
    LATER,
    PAGE,
    TITLE,
    Store,
    comment_by,
    snapshot,
)
from threads.models import (
    Reply,
    Revision,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.store import Counts, RevisionConflict, compare_page, store_page
from threads.wikitext import PARSER_VERSION, parse_page


def test_a_page_becomes_sections_comments_and_replies(store: Store) -> None:
    page = store(PAGE).page

    assert [section.heading for section in page.sections.in_order()] == ["Lamps", "Keepers"]
    assert [str(comment.author) for comment in page.comments.in_order()] == [
        "Ada",
        "Ben",
        "Ada",
        "Cem",
    ]
    assert [str(reply.parent.author) for reply in Reply.objects.in_order() if reply.parent] == [
        "Ada",
        "Ben",
    ]


def test_the_numbering_runs_through_all_kinds_of_items(store: Store) -> None:
    page = store(f"{PAGE}\nNot signed.\n").page

    numbered = [*page.sections.all(), *page.comments.all(), *page.unsignedtexts.all()]
    assert sorted(item.position for item in numbered) == list(range(7))


def test_what_stands_below_an_item_is_one_range(store: Store) -> None:
    page = store(PAGE).page
    lamps = page.sections.get(heading="Lamps")
    ask = page.comments.earliest("timestamp")

    assert [comment.text for comment in page.comments.below(ask)] == ["Yes.", "Both."]
    assert page.comments.below(lamps).count() == lamps.comment_count == 3
    assert (ask.depth, ask.descendants) == (0, 2)
    assert page.comments.get(text="Both.").depth == 2


def test_a_page_knows_its_counts_and_its_latest_comment(store: Store) -> None:
    page = store(PAGE).page
    page.refresh_from_db()

    assert (page.comment_count, page.topic_count) == (4, 2)
    assert page.first_comment_at == datetime(2019, 5, 1, 10, tzinfo=UTC)
    assert page.latest_comment == comment_by("Cem")


def test_the_wikitext_is_kept_whole(store: Store) -> None:
    text = f"== Lamps ==\n{ASK}ü – 𝄞\n"
    revision = store(text).revision
    revision = Revision.objects.get(pk=revision.pk)

    assert revision.text == text
    assert revision.size == len(text.encode())
    assert revision.parser_version == PARSER_VERSION
    assert comment_by("Ada").source in text


def test_text_that_nobody_signed_is_kept_as_such(store: Store) -> None:
    stored = store("Only a remark.\n")

    assert UnsignedText.objects.get().text == "Only a remark."
    assert stored.page.comment_count == 0
    assert [problem["code"] for problem in stored.revision.problems] == ["no-signature"]


def test_notes_are_counted_apart_from_problems(store: Store) -> None:
    text = f"{{{{oil\n{ASK}:::{ASK}"
    counts = store(text).counts

    assert (counts.problems, counts.notes) == (1, 1)
    nobody = store("Nobody.\n").counts
    assert (nobody.problems, nobody.notes) == (1, 0)


def test_a_cosigner_is_kept_with_the_comment(store: Store) -> None:
    store("Agreed. [[User:Ada]] 10:00, 1 May 2019 (UTC) [[User:Ben]] 10:05, 1 May 2019 (UTC)\n")

    assert comment_by("Ada").cosigners == [{"author": "Ben", "timestamp": "2019-05-01T10:05:00Z"}]


def test_the_same_text_again_changes_nothing(store: Store) -> None:
    store(PAGE)
    before = snapshot()

    again = store(PAGE)

    assert snapshot() == before
    assert again.counts == Counts(unchanged=4)


def test_an_older_revision_is_kept_but_not_shown(store: Store) -> None:
    newer = store(PAGE, number=9)

    stored = store("Older. [[User:Ada]] 10:00, 1 May 2019 (UTC)\n", number=5)

    assert stored.outdated
    assert stored.page.revisions.count() == 2
    assert TalkPage.objects.get().current_revision == newer.revision
    assert comment_by("Cem").is_current


def test_time_tells_which_revision_is_older_where_numbers_do_not(store: Store) -> None:
    store(PAGE, number=5, timestamp=datetime(2020, 1, 1, tzinfo=UTC))

    stored = store("", number=9, timestamp=datetime(2019, 1, 1, tzinfo=UTC))

    assert stored.outdated


def test_a_text_without_number_or_time_counts_as_the_newest(store: Store) -> None:
    store(PAGE, number=9, timestamp=datetime(2020, 1, 1, tzinfo=UTC))

    assert not store(ASK).outdated


def test_a_page_that_returns_to_an_earlier_text_shows_it(store: Store) -> None:
    first = store(PAGE, number=5)
    store(ASK, number=9)

    stored = store(PAGE)

    assert not stored.outdated
    assert stored.revision != first.revision
    assert stored.page.comment_count == 4


def test_a_revision_learns_its_number_and_time(store: Store) -> None:
    store(PAGE)

    store(PAGE, number=5, timestamp=datetime(2020, 1, 1, tzinfo=UTC))

    revision = Revision.objects.get()
    assert (revision.number, revision.timestamp) == (5, datetime(2020, 1, 1, tzinfo=UTC))
    assert store(PAGE).revision == revision


def test_a_revision_number_with_another_text_is_refused(store: Store) -> None:
    store(PAGE, number=5)
    before = snapshot()

    with pytest.raises(RevisionConflict, match="Revision 5 of “Talk:Harbour lights”"):
        store(ASK, number=5)

    assert snapshot() == before


def test_nothing_is_half_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store(PAGE)
    before = snapshot()

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("threads.store.storing.summarise", fail)
    with pytest.raises(RuntimeError):
        store(PAGE + "::::More. [[User:Eve]] 10:00, 3 May 2019 (UTC)\n")

    assert snapshot() == before


def test_comparing_tells_what_storing_would_do_and_writes_nothing(wiki: Wiki, store: Store) -> None:
    store(PAGE)
    before = snapshot()
    text = (
        PAGE.replace(LATER, "").replace("Yes.", "No.") + "Hm. [[User:Eve]] 10:00, 3 May 2019 (UTC)"
    )

    compared = compare_page(wiki, parse_page(text, title=TITLE), text)

    assert compared.counts == Counts(new=1, changed=1, unchanged=2, gone=1)
    assert snapshot() == before
    assert store(text).counts == compared.counts


def test_comparing_knows_a_wiki_that_is_not_in_the_archive_yet(db: None) -> None:
    compared = compare_page(Wiki(dbname="newwiki"), parse_page(PAGE, title=TITLE), PAGE)

    assert compared.counts == Counts(new=4)
    assert not TalkPage.objects.exists()


def test_the_number_of_queries_grows_with_batches_only(wiki: Wiki) -> None:
    def queries(comments: int) -> int:
        """The most that a first import, or a second one with another comment, takes."""
        title = f"Talk:{comments}"
        begin = datetime(2019, 5, 1, tzinfo=UTC)
        text = "".join(
            f"{':' * (i % 7)}{i} [[User:U{i % 30}]] "
            f"{begin + timedelta(minutes=i):%H:%M, %-d %B %Y} (UTC)\n"
            for i in range(comments)
        )
        taken = []
        for version in (text, f"{text}: The end. [[User:U1]] 10:00, 1 May 2020 (UTC)\n"):
            parsed = parse_page(version, title=title)
            with CaptureQueriesContext(connection) as captured:
                store_page(wiki, parsed, version)
            taken.append(len(captured))
        assert TalkPage.objects.get(title=title).comment_count == comments + 1
        return max(taken)

    assert queries(1000) < queries(10) + 60
