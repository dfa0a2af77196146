"""Whatever a page is made of, the work that it takes is in proportion to its length.

Counted, not timed: the calls that the parser makes, those of mwparserfromhell's tokenizer
among them, which for this is the one in Python.
"""

import sys
from types import FrameType

import mwparserfromhell.parser
import pytest
from mwparserfromhell.parser.tokenizer import Tokenizer

from threads.wikitext import parse_page

SHORT, LONG = 10_000, 40_000  # characters
MOST = 4.5  # times the work for four times the text
RUNS = [
    "[[a|",
    "[[a]",
    "<b>",
    "<div>",
    "<h2>",
    "<p>",
    "<ref name=x>",
    "<ref name=x",
    "<ref>a</ref>",
    "{|",
    "{|\n|\n",
    "{|\n|a||b\n|}\n",
    "{{a|",
    "{{a",
    "{{{a|",
    "}}",
    "]]",
    "[http://a ",
    "http://a ",
    "<nowiki>",
    "<nowiki/>",
    "<!--",
    "<!-- -->",
    "'''a",
    "''a'''b",
    "&amp;",
    "&#1",
    "__NOTOC__",
    "=",
    "== a ==\n",
    "== a\n",
    "a\n",
    "\n",
    ":",
    ";a:b\n",
    ":[[User:A]] 10:00, 1 May 2019 (UTC)\n",
    "[[User:A]] 10:00, 1 May 2019 (UTC) ",
    "[[User:A]] ",
    "10:00, 1 May 2019 (UTC) ",
    "{{archive top}}\n",
    "{{archive top|result=A [[User:A]] 10:00, 1 May 2019 (UTC)}}\n{{archive bottom}}\n",
    '<div class="boilerplate">[[User:A]] 10:00, 1 May 2019 (UTC)</div>\n',
    "{{archive bottom}}\n",
    '<div class="boilerplate">',
    "{{pb}}",
    "{{collapse top}}",
    "{{small|",
    "<ref name=a>b</ref>",
    "<ref name=a/><ref follow=a>b</ref>",
    "<references><ref name=a>b</ref></references>",
    "<pre>a</pre>",
    "<syntaxhighlight lang=python>a</syntaxhighlight>",
    "<graph>a</graph>",
    "<font color=#c00 style='color:red;font:bold 9px x'>a",
    "<li>",
    "<td>",
    "<table><tr><td>",
    "* <div>\n",
    "# a\n:* b\n",
    "<hr>",
    "'''keep''' ",
    "* '''keep''' [[User:A]] 10:00, 1 May 2019 (UTC)\n",
    "\"'''keep'''\" ",
    "strong ",
    "<s>keep</s> ",
    "== a ==\n{{done}} [[User:A]] 10:00, 1 May 2019 (UTC)\n",
    "== a (erledigt) ==\n",
]
# What holds wikitext that is read by itself: once more for each that is inside another.
APART = [
    "<poem>a\n:b</poem>",
    "<gallery>\nA.png|b\n</gallery>",
    "<gallery><poem><ref>a</ref></poem></gallery>",
]
NESTED = [("{{a|", "}}"), ("{{{a|", "}}}"), ("[[a|", "]]"), ("<div>", "</div>"), ("<b>", "</b>")]
NESTED += [("{|\n|\n", "\n|}"), ("<blockquote>\n", "\n</blockquote>"), ("{{closed|1=\n", "\n}}")]


@pytest.fixture(autouse=True)
def tokenizer_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mwparserfromhell.parser, "use_c", False)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the tokenizer is given."""
    texts: list[str] = []
    tokenize = Tokenizer.tokenize

    def noted(tokenizer: Tokenizer, text: str, *options: object) -> object:
        texts.append(text)
        return tokenize(tokenizer, text, *options)

    monkeypatch.setattr(Tokenizer, "tokenize", noted)
    return texts


def calls(text: str) -> int:
    """How many functions reading it calls, those written in C included."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        parse_page(text, title="Talk:Lamps")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("run", RUNS + APART, ids=repr)
def test_work_grows_with_the_length_of_a_run(run: str, given: list[str]) -> None:
    """And the tokenizer is given a page's text about once."""
    calls(run)
    short = calls(run * (SHORT // len(run)))
    given.clear()
    text = run * (LONG // len(run))
    assert calls(text) <= MOST * short
    assert sum(map(len, given)) <= (4 if run in APART else 2) * len(text)


def test_what_the_tokenizer_is_given_is_seen(given: list[str]) -> None:
    parse_page("<gallery>\nA.png|b\n</gallery>", title="Talk:Lamps")
    assert given


@pytest.mark.parametrize(("begin", "end"), NESTED)
def test_work_grows_with_the_length_of_a_nesting(begin: str, end: str) -> None:
    def nested(size: int) -> str:
        depth = size // len(begin + end)
        return begin * depth + "oil" + end * depth

    calls(nested(SHORT))
    assert calls(nested(LONG)) <= MOST * calls(nested(SHORT))
