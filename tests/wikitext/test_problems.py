"""How many problems of a page are told."""

import pytest

from threads.wikitext import parse_page
from threads.wikitext.structure.problems import MOST_OF_A_KIND

SIGNED = "It burns. [[User:Heron]] 10:08, 21 June 2019 (UTC)\n\n"


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse_page(text, title="Talk:Lamps").problems]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("unclosed-markup", "{{oil\n"),
        ("timestamp-without-author", "Lit 10:08, 21 June 2019 (UTC)\n\n"),
        ("author-without-timestamp", "== Lamp ==\nLit -- [[User:Otter]]\n"),
        ("duplicate-id", SIGNED),
        ("time-in-the-future", "Lit. [[User:Otter]] 10:08, 21 June 9019 (UTC)\n\n"),
    ],
)
def test_of_each_kind_the_first_hundred_are_told(code: str, lines: str) -> None:
    assert codes(SIGNED + lines * (MOST_OF_A_KIND + 20)).count(code) == MOST_OF_A_KIND == 100
    assert codes(SIGNED + lines * 20).count(code) == 20


def test_many_of_one_kind_leave_room_for_another() -> None:
    found = codes("[[oil\n" * 200 + "\n" + SIGNED + SIGNED)
    assert (found.count("unclosed-markup"), found.count("duplicate-id")) == (100, 1)


def test_the_first_of_a_kind_are_the_first_on_the_page() -> None:
    problems = parse_page("[[oil\n" * 200, title="Talk:Lamps").problems
    unclosed = [problem.start for problem in problems if problem.code == "unclosed-markup"]
    assert unclosed == [6 * number for number in range(100)]


def test_of_what_is_left_open_on_a_line_each_kind_is_told_once_where_it_begins() -> None:
    line = "Lit {{oil {{wick [[lamp <ref>shade <REF>handle {{{foot {{match\n"
    problems = parse_page(line + line + "[[" * 10_000, title="Talk:Lamps").problems
    begin = [line.index(mark) for mark in ("{{", "[[", "<ref>")]
    assert [problem.start for problem in problems if problem.code == "unclosed-markup"] == [
        *begin,
        *(len(line) + place for place in begin),
        2 * len(line),
    ]
