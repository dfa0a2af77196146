"""What is taken down stays so whatever is corrected, before and after, and in whatever order
corrections and the rule are undone."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import made_once
from threads.export.lines import encode
from threads.export.rows import lines_of
from threads.export.selection import Selection
from threads.ingest.errors import BadInput
from threads.ingest.repairing import make_repair, undo_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources import Source
from threads.models import (
    Author,
    Comment,
    ImportItem,
    PrivacyRule,
    Repair,
    RepairFailure,
    TalkPage,
    Wiki,
)
from threads.privacy import apply_rule, rename, take_down_comment, take_down_page

from .acts import ACTS
from .archive import hold, lines, state, undo, where_is
from .ways_out import copied, exports, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("merged_once", "sums_are_right")]

TEXT = """\
== Lamps ==
Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)

Zymurgy. Tea. [[User:Benvolio]] 11:00, 1 May 2019 (UTC)

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


def correct(page: str, name: str, kind: str, value: dict[str, str]) -> None:
    make_repair(by(name, page), kind, value)


def merge(page: str, name: str, with_: str) -> None:
    correct(page, name, "join", {"with": by(with_, page).ident, "words": ""})


def split(page: str, name: str, at: str) -> None:
    when = "2019-05-01T10:30:00+00:00"
    correct(page, name, "split", {"at": at, "author": "Evandra", "timestamp": when})


def move(page: str, name: str) -> None:
    correct(page, name, "parent", {"parent": by("Ada", page).ident, "name": ""})


def merge_twice(page: str = PAGES[0]) -> None:
    merge(page, "Cem", "Benvolio")
    merge(page, "Dov", "Cem")
    correct(page, "Dov", "author", {"author": "Falstaff"})


def merge_and_split(page: str) -> None:
    merge(page, "Cem", "Benvolio")
    split(page, "Cem", "Tea.")


# On a page; the other one has the same comments.
CORRECTIONS: dict[str, Callable[[str], None]] = {
    "merged into the next": lambda page: merge(page, "Cem", "Benvolio"),
    "merged into the one before": lambda page: merge(page, "Ada", "Benvolio"),
    "merged twice": merge_twice,
    "merged and split": merge_and_split,
    "the whole": lambda page: merge(page, "Benvolio", "Cem"),
    "split": lambda page: split(page, "Benvolio", "Tea."),
    "author": lambda page: correct(page, "Benvolio", "author", {"author": "Evandra"}),
    "parent": lambda page: move(page, "Benvolio"),
    "another one moved": lambda page: move(page, "Dov"),
}
SEVERAL = ("merged twice", "merged and split")  # which can be undone in either order
NAMES = ("Benvolio", "Evandra", "Falstaff")


def undo_corrections(*, latest_first: bool) -> None:
    for repair in Repair.objects.active().order_by("-pk" if latest_first else "pk"):
        undo_repair(repair)


def discussions() -> list[str]:
    """What the archive has, without what its imports said."""
    return [encode(line).decode() for line in lines_of(Selection())]


def is_gone(wiki: Wiki) -> bool:
    """Now, and after the same pages came in once more."""
    assert where_is(TAKEN) == []
    import_both(wiki)
    return where_is(TAKEN) == []


@pytest.mark.parametrize(
    ("kind", "latest_first"),
    [*((kind, True) for kind in CORRECTIONS), *((kind, False) for kind in SEVERAL)],
)
def test_what_was_corrected_and_then_taken_down(
    wiki: Wiki, kind: str, *, latest_first: bool
) -> None:
    CORRECTIONS[kind](PAGES[0])
    assert (Repair.objects.count() > 1) == (kind in SEVERAL)
    taken = "Evandra" if kind in ("split", "merged and split") else "Benvolio"
    rule = hold(take_down_comment(by(taken)))
    assert is_gone(wiki)
    undo_corrections(latest_first=latest_first)
    assert is_gone(wiki)
    undo(rule)
    assert [by("Benvolio", title).text for title in PAGES] == ["Zymurgy. Tea."] * 2


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_who_signed_what_was_corrected_is_hidden(wiki: Wiki, kind: str) -> None:
    CORRECTIONS[kind](PAGES[0])
    before = discussions()
    taken = "Evandra" if kind in ("split", "merged and split") else "Benvolio"
    of_whom = [taken.lower(), *(["evandra"] if kind == "author" else [])]
    rule = hold(take_down_comment(by(taken), hide_author=True))
    assert where_is(of_whom) == []
    import_both(wiki)
    assert where_is(of_whom) == []
    undo(rule)
    assert discussions() == before


def test_the_author_of_a_part_is_hidden_where_a_correction_does_not_name_the_part(
    wiki: Wiki,
) -> None:
    split(PAGES[0], "Benvolio", "Tea.")
    repair = Repair.objects.get()
    del repair.value["part"]  # as earlier versions kept it
    repair.save()
    hold(take_down_comment(by("Evandra"), hide_author=True))
    assert where_is(["evandra"]) == []


def test_imports_do_not_tell_of_whom_a_correction_failed(wiki: Wiki) -> None:
    move(PAGES[0], "Benvolio")
    import_both(wiki, TEXT.replace("Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n", ""), 21)
    told = ImportItem.objects.filter(log__contains="c-Benvolio-")
    assert told.exists() and not told.filter(log__icontains=TAKEN[0]).exists()
    hold(take_down_comment(by("Benvolio"), hide_author=True))
    assert where_is(["benvolio", *TAKEN]) == []


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_names_in_what_was_corrected_on_a_later_page_are_changed(wiki: Wiki, kind: str) -> None:
    CORRECTIONS[kind](PAGES[1])
    before = discussions()
    authors = Author.objects.filter(name__in=NAMES).order_by("name")
    rules = [hold(rename(author, f"Quietus {author.pk}")) for author in authors]
    assert where_is([name.lower() for name in NAMES]) == []
    for rule in rules:
        undo(rule)
    assert discussions() == before


@pytest.mark.parametrize("kind", [each for each in CORRECTIONS if "split" not in each])
def test_what_was_taken_down_and_then_corrected(wiki: Wiki, kind: str) -> None:
    rule = hold(take_down_comment(by("Benvolio")))
    CORRECTIONS[kind](PAGES[0])
    assert is_gone(wiki)
    apply_rule(rule)
    assert is_gone(wiki)
    undo_corrections(latest_first=True)
    assert is_gone(wiki)
    CORRECTIONS[kind](PAGES[0])
    undo(rule)
    undo_corrections(latest_first=False)
    assert [by("Benvolio", title).text for title in PAGES] == ["Zymurgy. Tea."] * 2


def test_nothing_comes_back_while_the_correction_stands(wiki: Wiki) -> None:
    merge(PAGES[0], "Cem", "Benvolio")
    before = lines()
    rule = hold(take_down_comment(by("Benvolio")))
    undo(rule)
    assert lines() == before


def test_readers_see_why_in_the_place_of_the_words(wiki: Wiki) -> None:
    merge(PAGES[0], "Cem", "Benvolio")
    hold(take_down_comment(by("Benvolio")))
    whole = by("Cem").text
    assert whole.startswith("This comment was taken down: Asked for by mail.")
    assert whole.endswith("Mine.")


@pytest.mark.any_database
def test_no_way_out_has_the_words_of_what_was_merged(wiki: Wiki) -> None:
    merge_twice()
    hold(take_down_comment(by("Benvolio")))
    for way in (shown, exports, copied):
        assert [where for where, text in way() if "zymurgy" in text.lower()] == []


def signers() -> list[str]:
    """By whom Benvolio's comment is on each page."""
    rows = Comment.objects.filter(name__startswith="c-Benvolio-").order_by("page__title")
    return list(rows.values_list("author__name", flat=True))


@pytest.mark.parametrize("left", [False, True])
def test_an_author_is_corrected_on_all_pages_until_that_is_undone(wiki: Wiki, left: bool) -> None:
    correct(PAGES[0], "Benvolio", "author", {"author": "Evandra"})
    assert not RepairFailure.objects.exists()
    if left:
        import_both(
            wiki, TEXT.replace("Zymurgy. Tea. [[User:Benvolio]] 11:00, 1 May 2019 (UTC)", ""), 21
        )
    assert signers() == ["Evandra", "Evandra"]
    undo_corrections(latest_first=True)
    assert signers() == ["Benvolio", "Benvolio"]


def test_what_was_corrected_on_a_page_is_so_on_others_while_that_is_there(wiki: Wiki) -> None:
    correct(PAGES[0], "Benvolio", "author", {"author": "Evandra"})
    rule = hold(take_down_page(TalkPage.objects.get(title=PAGES[0])))
    assert signers() == ["Benvolio"]
    undo(rule)
    assert signers() == ["Evandra", "Evandra"]


@pytest.mark.any_database
@pytest.mark.parametrize("seed", range(9))
def test_nothing_comes_back_whatever_is_done_and_all_does_when_that_is_undone(
    wiki: Wiki, seed: int
) -> None:
    chance, gone, done = random.Random(seed), list[str](), list[str]()  # noqa: S311
    before = shown_comments()
    for act in chance.choices(ACTS, k=9):
        with suppress(BadInput):
            gone += act(chance)
        done.append(act.__name__)
        assert where_is(gone) == [], (gone, done)
    import_both(wiki)
    assert where_is(gone) == [], (gone, done)
    rules = list(PrivacyRule.objects.active())
    for rule in chance.sample(rules, len(rules)):
        undo(rule)
    undo_corrections(latest_first=True)
    assert shown_comments() == before, done


def shown_comments() -> list[tuple[str, str, str]]:
    """The page, author and words of each."""
    rows = Comment.objects.current().order_by("page", "position")
    return list(rows.values_list("page__title", "author__name", "text"))
