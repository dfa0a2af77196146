"""What somebody types into a search box, read."""

import pytest

from threads.search.query.fields import beginning_of, read_date
from threads.search.query.notes import Note, Said
from threads.search.query.parsing import Form, Narrowing, Query, Word, merged, read_query


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Lamp oil", [Word("Lamp"), Word("oil")]),
        ('"out of oil"', [Word("out of oil", Form.PHRASE)]),
        ("„out of oil“ «une lampe» 「灯台」", [
            Word("out of oil", Form.PHRASE),
            Word("une lampe", Form.PHRASE),
            Word("灯台", Form.PHRASE),
        ]),
        ("lamp -harbour", [Word("lamp"), Word("harbour", without=True)]),
        ('-"out of oil"', [Word("out of oil", Form.PHRASE, without=True)]),
        ("lan* -la*", [Word("lan", Form.BEGINNING), Word("la", Form.BEGINNING, without=True)]),
        ("灯*", [Word("灯", Form.BEGINNING)]),
        ("2018-20", [Word("2018-20")]),
        ("lamp lamp", [Word("lamp")]),
        ("?! -- '' * -", []),
        ("'); DROP TABLE x", [Word("DROP"), Word("TABLE"), Word("x")]),
        ("Talk:Bridges https://example.org/a", [
            Word("Talk:Bridges"),
            Word("https://example.org/a"),
        ]),
    ],
)  # fmt: skip
def test_words_and_phrases_are_wanted_or_not(typed: str, words: list[Word]) -> None:
    assert read_query(typed) == Query(tuple(words))


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("author:Ada", [Narrowing("author", "Ada")]),
        ("author:Ada_Lee", [Narrowing("author", "Ada Lee")]),
        ('AUTHOR:"Ada Lee"', [Narrowing("author", "Ada Lee")]),
        ("author:Ada|Ben", [Narrowing("author", "Ada"), Narrowing("author", "Ben")]),
        ("-author:Ada", [Narrowing("author", "Ada", without=True)]),
        ("page:Talk:Strategy/2018-20", [Narrowing("page", "Talk:Strategy/2018-20")]),
        ("after:2019-4", [Narrowing("after", "2019-04")]),
        ("-after:2019", [Narrowing("before", "2019")]),
        ("-before:2019/04/24", [Narrowing("after", "2019-04-24")]),
        ("lang:DE wiki:DEwiki", [Narrowing("lang", "de"), Narrowing("wiki", "dewiki")]),
        ("is:closed -is:unsigned has:replies", [
            Narrowing("is", "closed"),
            Narrowing("is", "unsigned", without=True),
            Narrowing("has", "replies"),
        ]),
    ],
)  # fmt: skip
def test_fields_narrow(typed: str, fields: list[Narrowing]) -> None:
    query = read_query(typed)

    assert query.narrowings == tuple(fields)
    assert not query.words
    assert not query.notes


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('"never closed', Note(Said.OPEN_QUOTE, '"never closed')),
        ("a*", Note(Said.SHORT_PREFIX, "a*")),
        ("author: Ada", Note(Said.EMPTY_FIELD, "author:", "author")),
        ("before:yesterday", Note(Said.NO_DATE, "yesterday", "before")),
        ("before:2019-02-30", Note(Said.NO_DATE, "2019-02-30", "before")),
        ("is:open", Note(Said.NO_SUCH_VALUE, "open", "is", ("closed", "unsigned"))),
        (" ".join(f"w{number}" for number in range(30)), Note(Said.CUT)),
    ],
)
def test_what_is_not_understood_is_noted(typed: str, note: Note) -> None:
    assert read_query(typed).notes == (note,)


def test_an_endless_query_is_cut() -> None:
    assert len(read_query(" ".join(f"w{number}" for number in range(1000))).words) == 20


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("lamp   -oil   “out of” lan*", 'lamp -oil "out of" lan*'),
        ("before:2020 lamp author:Ada_Lee after:2019", (
            'lamp author:"Ada Lee" after:2019 before:2020'
        )),
        ('author:«The "X" of»', 'author:«The "X" of»'),
        ("-before:yesterday", "after:yesterday"),
        ("author:A|B -wiki:dewiki", "author:A author:B -wiki:dewiki"),
    ],
)  # fmt: skip
def test_a_query_has_one_form_that_reads_as_it(typed: str, text: str) -> None:
    query = read_query(typed)

    assert query.text == text
    assert read_query(text).text == text
    assert set(read_query(text).narrowings) == set(query.narrowings)


@pytest.mark.parametrize(
    ("written", "value", "begins"),
    [
        ("2019", "2019", "2019-01-01T00:00:00+00:00"),
        ("2019-4", "2019-04", "2019-04-01T00:00:00+00:00"),
        ("20190424", "2019-04-24", "2019-04-24T00:00:00+00:00"),
        ("2019.04.24", "2019-04-24", "2019-04-24T00:00:00+00:00"),
        ("0001", "0001", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_dates_are_years_months_or_days(written: str, value: str, begins: str) -> None:
    assert read_date(written) == value
    assert beginning_of(value).isoformat() == begins


@pytest.mark.parametrize(
    "written", ["", "19", "0000", "20194", "2019-13", "2019-04/24", "٢٠١٩", "April"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) == ""


@pytest.mark.parametrize(
    ("box", "controls", "text"),
    [
        ("lamp author:Ada", {"author": ["Ada"]}, "lamp author:Ada"),
        ("lamp author:Ada", {"author": ["Ben"]}, "lamp author:Ben"),  # the control was changed
        ("lamp author:Ben", {"author": ["Ada"]}, "lamp author:Ben"),  # the box was
        ("lamp author:Ada", {"author": [""]}, "lamp"),
        ("lamp author:Ada", {"author": ["Ada|Ben_Lee"]}, 'lamp author:Ada author:"Ben Lee"'),
        ("lamp author:Ada", {"after": ["2019-4"], "wiki": [""]}, (
            "lamp author:Ada after:2019-04"
        )),
        ("lamp -author:Cem author:Ada", {"author": [""]}, "lamp -author:Cem"),
        ("lamp", {"after": ["soon"]}, "lamp author:Ada after:soon"),
    ],
)  # fmt: skip
def test_a_control_counts_where_it_was_changed(
    box: str, controls: dict[str, list[str]], text: str
) -> None:
    if "author" not in box:
        box = f"{box} author:Ada"

    assert merged(read_query(box), read_query("lamp author:Ada"), controls).text == text
