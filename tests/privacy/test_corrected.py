"""What is taken down stays so whatever is corrected, before and after, and in whatever order
corrections and the rule are undone."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.ingest.repairing import make_repair, undo_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import Source
from threads.models import Comment, PrivacyRule, Repair, RepairFailure, TalkPage, Wiki
from threads.privacy import apply_rule, take_down_comment, take_down_page, undo_rule

from .archive import hold, lines, state, where_is
from .ways_out import copied, exports, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("merged_once", "sums_are_right")]

TEXT = """\
== Lamps ==
Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)

Zymurgy. Tea. [[User:Ben]] 11:00, 1 May 2019 (UTC)

Mine. [[User:Cem]] 12:00, 1 May 2019 (UTC)

Late. [[User:Dov]] 13:00, 1 May 2019 (UTC)
"""
TAKEN = ("zymurgy",)
PAGES = ("Talk:Lights", "Talk:Lights/Archive 1")


def import_both(wiki: Wiki, text: str = TEXT, number: int = 11) -> None:
    given = [
        state(title, text, number + place, 7 + place, "Ada") for place, title in enumerate(PAGES)
    ]
    run = start_run(wiki, Source("dump", given))
    assert run.state == "done", run.log


@pytest.fixture(scope="module")
def merged_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    wiki = Wiki(dbname="lanternwiki", name="Lantern Wiki", server="https://lantern.example")
    with made_once(lambda: import_both(wiki), django_db_blocker):
        yield


@pytest.fixture
def wiki(merged_once: None, db: None) -> Wiki:
    return Wiki.objects.get()


def by(name: str, title: str = PAGES[0]) -> Comment:
    return Comment.objects.get(name__startswith=f"c-{name}-", page__title=title)


def correct(name: str, kind: str, value: dict[str, str]) -> None:
    make_repair(by(name), kind, value)


def merge(name: str, with_: str) -> None:
    correct(name, "join", {"with": by(with_).ident, "words": ""})


def split(name: str, at: str) -> None:
    when = "2019-05-01T10:30:00+00:00"
    correct(name, "split", {"at": at, "author": "Eve", "timestamp": when})


def merge_twice() -> None:
    merge("Cem", "Ben")
    merge("Dov", "Cem")
    correct("Dov", "author", {"author": "Fay"})


def merge_and_split() -> None:
    merge("Cem", "Ben")
    split("Cem", "Tea.")


CORRECTIONS: dict[str, Callable[[], None]] = {
    "merged into the next": lambda: merge("Cem", "Ben"),
    "merged into the one before": lambda: merge("Ada", "Ben"),
    "merged twice": merge_twice,
    "merged and split": merge_and_split,
    "the whole": lambda: merge("Ben", "Cem"),
    "split": lambda: split("Ben", "Tea."),
    "author": lambda: correct("Ben", "author", {"author": "Eve"}),
    "parent": lambda: correct("Ben", "parent", {"parent": by("Ada").ident, "name": ""}),
    "another one moved": lambda: correct("Dov", "parent", {"parent": by("Ada").ident, "name": ""}),
}


def undo_corrections(*, latest_first: bool) -> None:
    for repair in Repair.objects.active().order_by("-pk" if latest_first else "pk"):
        undo_repair(repair)


def undo(rule: PrivacyRule) -> None:
    undo_rule(rule)
    apply_rule(rule)


def is_gone(wiki: Wiki) -> bool:
    """Now, and after the same pages came in once more."""
    assert where_is(TAKEN) == []
    import_both(wiki)
    return where_is(TAKEN) == []


@pytest.mark.parametrize("kind", CORRECTIONS)
@pytest.mark.parametrize("latest_first", [True, False])
def test_what_was_corrected_and_then_taken_down(
    wiki: Wiki, kind: str, *, latest_first: bool
) -> None:
    CORRECTIONS[kind]()
    taken = "Eve" if kind in ("split", "merged and split") else "Ben"
    rule = hold(take_down_comment(by(taken)))
    assert is_gone(wiki)
    undo_corrections(latest_first=latest_first)
    assert is_gone(wiki)
    undo(rule)
    assert [by("Ben", title).text for title in PAGES] == ["Zymurgy. Tea."] * 2


@pytest.mark.parametrize("kind", [each for each in CORRECTIONS if "split" not in each])
def test_what_was_taken_down_and_then_corrected(wiki: Wiki, kind: str) -> None:
    rule = hold(take_down_comment(by("Ben")))
    CORRECTIONS[kind]()
    assert is_gone(wiki)
    apply_rule(rule)
    assert is_gone(wiki)
    undo_corrections(latest_first=True)
    assert is_gone(wiki)
    CORRECTIONS[kind]()
    undo(rule)
    undo_corrections(latest_first=False)
    assert [by("Ben", title).text for title in PAGES] == ["Zymurgy. Tea."] * 2


def test_nothing_comes_back_while_the_correction_stands(wiki: Wiki) -> None:
    merge("Cem", "Ben")
    before = lines()
    rule = hold(take_down_comment(by("Ben")))
    undo(rule)
    assert lines() == before


def test_readers_see_why_in_the_place_of_the_words(wiki: Wiki) -> None:
    merge("Cem", "Ben")
    hold(take_down_comment(by("Ben")))
    whole = by("Cem").text
    assert whole.startswith("This comment was taken down: Asked for by mail.")
    assert whole.endswith("Mine.")


@pytest.mark.any_database
def test_no_way_out_has_the_words_of_what_was_merged(wiki: Wiki) -> None:
    merge_twice()
    hold(take_down_comment(by("Ben")))
    for way in (shown, exports, copied):
        assert [where for where, text in way() if "zymurgy" in text.lower()] == []


def signers() -> list[str]:
    """By whom Ben's comment is on each page."""
    rows = Comment.objects.filter(name__startswith="c-Ben-").order_by("page__title")
    return list(rows.values_list("author__name", flat=True))


@pytest.mark.parametrize("left", [False, True])
def test_an_author_is_corrected_on_all_pages_until_that_is_undone(wiki: Wiki, left: bool) -> None:
    correct("Ben", "author", {"author": "Eve"})
    assert not RepairFailure.objects.exists()
    if left:
        import_both(
            wiki, TEXT.replace("Zymurgy. Tea. [[User:Ben]] 11:00, 1 May 2019 (UTC)", ""), 21
        )
    assert signers() == ["Eve", "Eve"]
    undo_corrections(latest_first=True)
    assert signers() == ["Ben", "Ben"]


def test_what_was_corrected_on_a_page_is_so_on_others_while_that_is_there(wiki: Wiki) -> None:
    correct("Ben", "author", {"author": "Eve"})
    rule = hold(take_down_page(TalkPage.objects.get(title=PAGES[0])))
    assert signers() == ["Ben"]
    undo(rule)
    assert signers() == ["Eve", "Eve"]
