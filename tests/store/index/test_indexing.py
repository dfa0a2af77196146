"""The index of words is as the rows are, whatever happens to them."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.management import call_command

from tests.store.conftest import ANSWER, ASK, DEEPER, LATER, PAGE, TITLE, Store, comment_by
from threads.ingest.repairing import make_repair, undo_repair
from threads.models import (
    Author,
    Repair,
    SearchEntry,
    SearchName,
    SearchState,
    TalkPage,
    UnsignedText,
    Wiki,
)
from threads.search.index.names import find_names
from threads.search.index.texts import entries, is_complete, newest
from threads.search.tokens import markers
from threads.search.tokens.folding import ways_of, words_of
from threads.search.tokens.terms import IndexQuery, Term
from threads.store import NewPage, begin_rebuild, delete_pages, pages_left, rebuild, store_new_pages
from threads.store.index.indexing import _write, index_page
from threads.wikitext import parse_page

KINDS = list(SearchName.Kind)


def keys(*tokens: str) -> list[int]:
    return [*newest(IndexQuery(tuple((Term((token,)),) for token in tokens)), limit=1000).keys]


def found(word: str) -> int:
    return len(newest(IndexQuery((ways_of(word),)), limit=1000).keys)


def named(text: str) -> list[str]:
    return [name.text for name in find_names(text, kinds=KINDS, limit=50)]


@pytest.fixture(autouse=True)
def _nothing_is_missing(db: None) -> Iterator[None]:
    """At the end of each test, writing the index anew changes nothing."""
    yield
    with patch("threads.store.index.indexing._write") as write:
        for page in TalkPage.objects.select_related("wiki"):
            index_page(page)
        before = SearchEntry.objects.count(), SearchName.objects.count()
    assert not any(call.args[1] for call in write.call_args_list)
    assert before == (SearchEntry.objects.count(), SearchName.objects.count())
    standing = len(entries(keys(markers.END)))
    assert standing == SearchEntry.objects.count()


def test_what_is_stored_is_found_at_once(store: Store) -> None:
    store(PAGE)

    assert found("lamps") == 1
    assert named("lam") == ["Lamps"]
    assert set(named("harb")) == {TITLE}
    assert named("be") == ["Ben"]


def test_new_pages_are_found_as_pages_stored_one_by_one_are(store: Store, wiki: Wiki) -> None:
    text = f"Nobody's notice.\n{PAGE}"
    store(text)
    new = [NewPage(parse_page(text, title=f"Talk:Lamp {n}"), text) for n in range(3)]
    store_new_pages(wiki, new)

    assert found("lamps") == found("notice") == 4
    assert len(named("lamp")) == 3 + 4


def test_words_that_were_made_ready_are_what_is_written(wiki: Wiki) -> None:
    parsed = parse_page(PAGE, title=TITLE)
    ready = {item.text: words_of(item.text) for item in parsed.comments}
    with patch("threads.search.index.entries.words_of") as fold:
        store_new_pages(wiki, [NewPage(parsed, PAGE, words=ready)])

    assert not fold.called
    assert found("lamps") == 1


def test_a_changed_comment_alone_is_written_anew(store: Store) -> None:
    store(PAGE)
    with patch("threads.store.index.indexing._write", side_effect=_write) as write:
        store(PAGE.replace("Who tends them?", "Who cleans them?"))
    written = [entry.words for call in write.call_args_list for entry in call.args[1]]

    assert [words.split()[1] for words in written] == ["cleans"]
    assert (found("tends"), found("cleans")) == (0, 1)


def test_what_left_its_page_is_not_found(store: Store) -> None:
    store(PAGE)
    store(f"== Lamps ==\n{ASK}")

    assert found("tends") == 0
    assert named("keepers") == []


def test_what_comes_back_is_found_again(store: Store) -> None:
    for text in (PAGE, f"== Lamps ==\n{ASK}", PAGE):
        store(text)

    assert found("tends") == 1
    assert named("keepers") == ["Keepers"]


def test_an_answer_makes_a_comment_one_that_has_replies(store: Store) -> None:
    store(f"== Lamps ==\n{ASK}")
    before = keys(markers.HAS_REPLIES)
    store(f"== Lamps ==\n{ASK}{ANSWER}{DEEPER}")

    assert before == []
    assert len(keys(markers.HAS_REPLIES)) == 2


def test_a_discussion_that_is_closed_is_found_as_such(store: Store) -> None:
    store(PAGE)
    before = keys(markers.CLOSED)
    store(
        "{{archive top|Settled. [[User:Dan]] 10:00, 3 May 2019 (UTC)}}\n== Lamps ==\n"
        f"{ASK}{ANSWER}{DEEPER}" + "{{archive bottom}}\n" + f"== Keepers ==\n{LATER}"
    )

    assert before == []
    assert len(keys(markers.CLOSED)) == 3


def test_a_moved_page_is_found_below_its_new_title(store: Store, wiki: Wiki) -> None:
    store(PAGE, title="Talk:Old/Lamps", page_number=7)
    store(PAGE, title="Talk:New/Lamps", page_number=7)

    assert keys(markers.below_title(wiki.pk, "Talk:Old")) == []
    assert len(keys(markers.below_title(wiki.pk, "Talk:New"))) == 4
    assert named("old") == []
    assert named("new lamps") == ["Talk:New/Lamps"]


def test_a_page_that_makes_way_for_another_is_found_under_its_new_title(
    store: Store, wiki: Wiki
) -> None:
    store(PAGE, title="Talk:Lamps", page_number=7)
    store(f"== Oil ==\n{LATER}", title="Talk:Lamps", page_number=8)

    assert len(keys(markers.below_title(wiki.pk, "Talk:Lamps"))) == 1
    assert named("page 7") == ["Talk:Lamps [page 7]"]


def test_a_repair_and_its_undoing_are_found(store: Store) -> None:
    store(PAGE)
    repair = make_repair(comment_by("Cem"), "author", {"author": "Dan Oak"})
    by_dan = keys(markers.name_word("oak"))
    assert repair
    undo_repair(Repair.objects.get())

    assert len(by_dan) == 1
    assert keys(markers.name_word("oak")) == []
    assert len(keys(markers.name_word("cem"))) == 1


def test_a_deleted_page_takes_its_entries_along(store: Store) -> None:
    delete_pages([store(PAGE).page])

    assert keys(markers.END) == []
    assert named("lamps") == named("harbour") == []


def test_a_deleted_text_takes_its_entry_along(store: Store) -> None:
    store(f"Nobody's notice.\n{PAGE}")
    UnsignedText.objects.all().delete()

    assert found("notice") == 0


def test_an_index_that_was_lost_is_made_anew_in_steps(
    store: Store, wiki: Wiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threads.store.index.rebuilding.PAGES", 2)
    for number in range(5):
        store(PAGE, title=f"Talk:Lamp {number}")
    SearchEntry.objects.all().delete()
    SearchName.objects.all().delete()
    begin_rebuild()

    assert not is_complete()
    steps = rebuild()
    assert next(steps) == 2
    assert (found("lamps"), pages_left()) == (2, 3)  # readers find what is there
    assert list(rebuild()) == [2, 1]  # goes on from where it ended
    assert (found("lamps"), is_complete(), pages_left()) == (5, True, 0)
    assert len(named("keepers")) == 5
    assert "Ada" in named("ada")


def test_the_command_tells_how_many_pages_it_looked_at(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    store(PAGE)
    SearchEntry.objects.all().delete()
    call_command("rebuild_search")

    assert capsys.readouterr().out == "The search index is complete. Indexed 1 page.\n"
    assert found("lamps") == 1
    assert not SearchState.objects.exists()


def test_people_stand_by_how_much_they_have_said(store: Store, wiki: Wiki) -> None:
    store(ASK.replace("Ada", "Ada Silent"), title="Talk:Quiet")
    Author.objects.create(wiki=wiki, name="Ada Gone")
    store(PAGE)
    store(f"{ASK}\n{LATER.replace('Ben', 'Ada')}", title="Talk:More")
    begin_rebuild()
    list(rebuild())

    assert named("ad") == ["Ada", "Ada Silent"]


def test_people_of_whom_nothing_is_left_are_not_found(store: Store, wiki: Wiki) -> None:
    page = store(PAGE).page
    new = [NewPage(parse_page(ASK, title="Talk:Oil"), ASK)]
    store_new_pages(wiki, new)
    ada = set(named("ada"))

    delete_pages([page])

    assert named("ben") == []
    assert set(named("ada")) == ada
    delete_pages(TalkPage.objects.select_related("wiki"))
    assert named("ada") == []
