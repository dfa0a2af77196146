"""The index of comments: groups, filters, times, pages by key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.once import rows_once
from tests.views.writing import Comment, Section, Unsigned, write_page, write_wiki
from threads import models
from threads.models.discussion.dating import NEVER
from threads.search.index import lookups, sqlite
from threads.search.index.texts import entries, newest
from threads.search.tokens import markers
from threads.search.tokens.folding import ways_of
from threads.search.tokens.terms import IndexQuery, Term

pytestmark = pytest.mark.django_db
START = datetime(2019, 4, 24, 6, 43, tzinfo=UTC)


def words(*typed: str) -> tuple[tuple[Term, ...], ...]:
    return tuple(ways_of(word.removesuffix("*"), prefix=word.endswith("*")) for word in typed)


def one(marker: str) -> tuple[Term, ...]:
    return (Term((marker,)),)


def texts(query: IndexQuery, **options: int | bool) -> list[str]:
    """What the entries that are found say, in their order."""
    keys = newest(query, limit=100, **options).keys  # type: ignore[arg-type]
    said = []
    for entry in entries(keys):
        row = (
            models.Comment.objects.get(pk=entry.comment_id)
            if entry.comment_id
            else models.UnsignedText.objects.get(pk=entry.unsigned_id or 0)
        )
        said.append(row.text)
    return said


def write_lamps() -> None:
    write_page(
        "Talk:Harbour/Lamps/2019",
        Section(
            "Repairs",
            Unsigned("An old notice"),
            Comment("Ada O'Brien", "Lamp one", Comment("Ben", "Oil for lamp two"), at=START),
            Section("Costs", Comment("Ben", "Oil is dear", at=START + timedelta(days=900))),
            Unsigned("A lamp nobody signed", "Cem"),
        ),
    )


page_once = rows_once(write_lamps)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (IndexQuery(words("lamp")), ["A lamp nobody signed", "Oil for lamp two", "Lamp one"]),
        (IndexQuery(words("lamp", "oil")), ["Oil for lamp two"]),
        (IndexQuery(words("oil"), none=words("lamp")[0]), ["Oil is dear"]),
        (IndexQuery(((*words("one")[0], *words("two")[0]),)), ["Oil for lamp two", "Lamp one"]),
        (IndexQuery(words("la*", "o*")), ["Oil for lamp two", "Lamp one"]),
        (IndexQuery(words("la*"), none=words("t*")[0]), ["A lamp nobody signed", "Lamp one"]),
        (IndexQuery((), none=words("la*")[0]), ["An old notice", "Oil is dear"]),
        (IndexQuery((one(markers.UNSIGNED),)), ["An old notice", "A lamp nobody signed"]),
        (IndexQuery((one(markers.HAS_REPLIES),)), ["Lamp one"]),
        (IndexQuery((one(markers.in_year(2021)),)), ["Oil is dear", "A lamp nobody signed"]),
        (IndexQuery(words("oil"), since=START), ["Oil is dear", "Oil for lamp two"]),
        (IndexQuery(words("lamp"), until=START + timedelta(minutes=1)), ["Lamp one"]),
        (IndexQuery(words("lamp"), until=START), []),
        (IndexQuery(words("lamp"), since=START + timedelta(seconds=1), none=one(markers.UNSIGNED)),
         ["Oil for lamp two"]),
        (IndexQuery((one(markers.name_word("brien")),)), ["Lamp one"]),
        (IndexQuery((one(markers.name_word("obrien")),)), ["Lamp one"]),
        (IndexQuery(words("nowhere")), []),
        (IndexQuery(words("nowhere*")), []),
    ],
)  # fmt: skip
def test_what_is_asked_is_found_newest_first(query: IndexQuery, found: list[str]) -> None:
    assert texts(query) == found
    assert texts(query, oldest=True) == found[::-1]


def test_unsigned_text_above_all_comments_is_of_the_time_of_its_revision() -> None:
    assert texts(IndexQuery(()))[0] == "An old notice"


def test_authors_wikis_pages_and_sections_are_asked_for_as_words() -> None:
    page = models.TalkPage.objects.get()
    write_page("Talk:Harbour", Section("A", Comment("Ben", "Elsewhere")), wiki=write_wiki("other"))
    ben = models.Author.objects.get(name="Ben", wiki=page.wiki)
    costs = models.Section.objects.get(heading="Costs")
    repairs = models.Section.objects.get(heading="Repairs")

    assert texts(IndexQuery((one(markers.of_author(ben.pk)),))) == [
        "Oil is dear",
        "Oil for lamp two",
    ]
    assert texts(IndexQuery((one(markers.of_section(costs.pk)),))) == ["Oil is dear"]
    assert len(texts(IndexQuery((one(markers.of_section(repairs.pk)),)))) == 5
    assert len(texts(IndexQuery((one(markers.of_page(page.pk)),)))) == 5
    assert len(texts(IndexQuery((one(markers.of_wiki(page.wiki.pk)),)))) == 5
    for title in ("Talk:Harbour", "Talk:Harbour/Lamps", "Talk:Harbour/Lamps/2019"):
        assert len(texts(IndexQuery((one(markers.below_title(page.wiki.pk, title)),)))) == 5
    assert texts(IndexQuery((one(markers.below_title(page.wiki.pk, "Talk:Harb")),))) == []


def turned(query: IndexQuery, *, oldest: bool) -> list[int]:
    """All that a query finds, a few keys at a time."""
    found: list[int] = []
    behind: int | None = None
    for _page in range(100):
        keys, end = newest(query, limit=7, oldest=oldest, before=behind)
        found += keys
        behind = keys[-1] if len(keys) == 7 else end
        if behind is None:
            return found
    raise AssertionError("there is no last page")


@pytest.mark.parametrize(
    "typed",
    [
        "wick",
        "wick*",
        "rare",
        "rare*",
        "early",
        "ea*",
        '"wick rare"',
        '"of wick"',
        '"rare end"',
        '"early end"',
        '"end wick"',
        '"wick end"',
    ],
)
@pytest.mark.parametrize(("oldest", "frequent"), [(False, 100), (True, 100), (True, 0)])
def test_pages_of_results_are_turned_by_key_to_the_last_one(
    typed: str, oldest: bool, frequent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far the databases look before they ask their index."""
    for name, number in (
        ("WALK", 5),
        ("FARTHEST", 8),
        ("FREQUENT", frequent),
        ("FEW_YEARS", 2),
        ("MOST_LOOKED_UP", 30),
        ("MOST_COMPARED", 10),
    ):
        monkeypatch.setattr(lookups, name, number)
    monkeypatch.setattr(sqlite, "TRIED", 5)
    said = [
        Comment(
            "Eve",
            f"of wick{' rare' if number % 13 == 0 else ''}{' early' if number < 25 else ''} end",
            at=START + timedelta(days=45 * number),
        )
        for number in range(60)
    ]
    odd = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    said += [Comment("Eve", "of wick early end", at=time) for time in odd]
    write_page("Talk:Wicks", Section("A", *said))
    phrase = typed.strip('"')
    query = IndexQuery(((Term(tuple(phrase.split())),),) if phrase != typed else words(typed))

    keys = turned(query, oldest=oldest)

    expected = [comment.text for comment in said if phrase.strip("*") in comment.text]
    found = {entry.id: entry.comment_id for entry in entries(keys)}
    comments = models.Comment.objects.in_bulk(list(found.values()))
    assert keys == sorted(keys, reverse=not oldest)
    assert sorted(comments[pk].text for pk in found.values() if pk) == sorted(expected)


@pytest.mark.parametrize("looked_up", [10, 100])
def test_what_a_phrase_of_common_words_costs_is_bounded(
    looked_up: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL's index does not know where words stand: it gives what has them all."""
    for name, number in (("WALK", 5), ("MOST_LOOKED_UP", looked_up), ("MOST_COMPARED", 10)):
        monkeypatch.setattr(lookups, name, number)
    said = [Comment("Eve", f"one two {n}", at=START + timedelta(days=45 * n)) for n in range(60)]
    write_page("Talk:Counts", Section("A", *said))
    query = IndexQuery(((Term(("two", "one")),),))

    keys, end = newest(query, limit=7)

    assert keys == []
    assert (end is None) == (connection.vendor == "sqlite")
    assert turned(query, oldest=False) == turned(query, oldest=True) == []


def test_signatures_of_odd_years_have_their_place_in_time() -> None:
    odd = (datetime(2, 1, 1, tzinfo=UTC), datetime(9019, 12, 31, tzinfo=UTC))
    write_page("Talk:Odd", Section("A", *(Comment("Eve", "odd", at=time) for time in odd)))
    keys = newest(IndexQuery(words("odd")), limit=9).keys

    assert [entry.year for entry in entries(keys)] == [2, NEVER.year], "nobody signs in 9019"
    assert texts(IndexQuery((one(markers.in_year(9019)),))) == []
    assert len(texts(IndexQuery((one(markers.in_year(2)),)))) == 1
    assert texts(IndexQuery((), since=datetime(9000, 1, 1, tzinfo=UTC))) == []
