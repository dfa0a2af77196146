"""What is found, in which script: the files in `words/`, on both databases.

= a text
+ what finds it: words, "phrases", the beginning of one*
- what does not
"""

import re
from pathlib import Path

import pytest

from tests.views.writing import Comment, Section, write_page
from threads import models
from threads.search.index.texts import entries, newest
from threads.search.tokens.folding import (
    joined_in,
    joined_places,
    places_of,
    term_of,
    tokens_of,
    ways_of,
)
from threads.search.tokens.terms import IndexQuery, Term

FILES = sorted((Path(__file__).parent / "words").glob("*.txt"))
PART = re.compile(r'"(?P<phrase>[^"]+)"(?!\w)|(?P<word>\S+)')


def read(file: Path) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Texts, each with what is looked for, and whether that finds it."""
    cases: list[tuple[str, list[tuple[str, bool]]]] = []
    for line in filter(None, file.read_text(encoding="utf-8").splitlines()):
        kind, what = line[0], line[2:]
        if kind == "=":
            cases.append((what, []))
        else:
            cases[-1][1].append((what, kind == "+"))
    return cases


def groups(typed: str) -> tuple[tuple[Term, ...], ...]:
    """What is asked for, as the contract with the index has it."""
    found: list[tuple[Term, ...]] = []
    for part in PART.finditer(typed):
        phrase, word = part["phrase"], part["word"]
        if phrase:
            term = term_of(phrase)
            assert term
            found.append((term,))
        else:
            found.append(ways_of(word.removesuffix("*"), prefix=word.endswith("*")))
    return tuple(found)


def texts_found(typed: str) -> set[str]:
    keys = newest(IndexQuery(groups(typed)), limit=1000).keys
    comments = [entry.comment_id for entry in entries(keys) if entry.comment_id]
    return set(models.Comment.objects.filter(pk__in=comments).values_list("text", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_typed_finds_what_readers_of_its_script_expect(file: Path) -> None:
    cases = read(file)
    write_page("Talk:Words", Section("A", *(Comment("Ada", text) for text, _asked in cases)))
    wrong = [
        f"{typed} {'does not find' if wanted else 'finds'} {text}"
        for text, asked in cases
        for typed, wanted in asked
        if (text in texts_found(typed)) is not wanted
    ]

    assert wrong == []


def test_there_are_many_queries_in_many_scripts() -> None:
    assert sum(len(asked) for file in FILES for _text, asked in read(file)) >= 240


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_stands_where_is_told_of_the_same_tokens(file: Path) -> None:
    for text, _asked in read(file):
        assert [place.token for place in places_of(text)] == tokens_of(text)
        assert [place.token for place in joined_places(text)] == joined_in(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_tokens_are_folded_once_and_for_all(file: Path) -> None:
    for text, _asked in read(file):
        for token in tokens_of(text):
            assert tokens_of(token)[0] == token
