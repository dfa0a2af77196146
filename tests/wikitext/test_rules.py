"""The rules by which lines and what stands in them are read."""

import ast
import sys
from pathlib import Path

import mwparserfromhell.parser.tokens
import pytest

from talkarchive.bootstrap import BASE_DIR
from threads.wikitext import parse_page
from threads.wikitext.flow.elements import Element, OpenElements
from threads.wikitext.markup.entities import cleaned
from threads.wikitext.syntax.blocks.reader import RULES
from threads.wikitext.syntax.inline.reader import RULES as TOKEN_RULES

SYNTAX = BASE_DIR / "threads" / "wikitext" / "syntax"
# All that a page can have: MediaWiki saves no others.
BLANKS = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if character.isspace() and cleaned(character).isspace()
]
# What it makes tokens of that it is never shown: tags, comments and headings are masked.
MASKED = ("Tag", "Comment", "Heading")


def shown(text: str) -> str:
    """The HTML of a page that is one unsigned text."""
    _, unsigned = parse_page(text, title="Talk:Lamps").items
    return unsigned.html


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_a_line_of_any_blanks_parts_paragraphs(blank: str) -> None:
    assert shown(f"Wick\n{blank}\nOil") == "<p>Wick</p><p>Oil</p>"


def test_the_last_rule_takes_any_line() -> None:
    assert [rule.__name__ for rule, first in RULES if not first] == [RULES[-1][0].__name__]


def test_a_line_that_a_rule_declines_goes_to_the_next() -> None:
    for text in ("=", "= Lamps", "---", "| Lamps", "! Lamps", "{ Lamps"):
        assert shown(text) == f"<p>{text}</p>"


def test_each_token_that_can_come_has_a_rule() -> None:
    tokens = mwparserfromhell.parser.tokens
    names = [name for name in tokens.__all__ if name != "Token" and not name.startswith(MASKED)]
    assert {rule.__name__ for rule in TOKEN_RULES} == set(names)


@pytest.mark.parametrize("path", sorted(SYNTAX.rglob("*.py")), ids=lambda path: path.stem)
def test_a_rule_uses_nothing_private_of_another(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert [alias.name for alias in node.names if alias.name.startswith("_")] == []


def opened(*names: str) -> OpenElements[Element]:
    return OpenElements(map(Element, names))


def test_the_innermost_element_of_a_name_is_found_up_to_what_hides_it() -> None:
    elements = opened("div", "table", "td", "div", "small")
    assert elements.around(("div",)) == 3
    assert elements.around(("table",)) == 1
    assert elements.around(("table",), ("td",)) == -1
    assert elements.around(("li",)) == -1


def test_all_elements_of_a_name_are_found_up_to_what_holds_them() -> None:
    elements = opened("li", "ul", "li", "div", "li", "b")
    assert elements.around_all(("li",), ("ul",)) == 2
    assert elements.around_all(("li",), ("div",)) == 4
    assert elements.around_all(("li",), ()) == 0
    assert elements.around_all(("dd",), ()) == len(elements)
