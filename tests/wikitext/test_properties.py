"""What holds for every text, whatever it says, and for every thread that one can write."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.wikitext import ParsedPage, parse_page
from threads.wikitext.markup.entities import cleaned
from threads.wikitext.model import Comment
from threads.wikitext.rendering import html

# What a wikitext parser meets, whole and in halves, in an order that nobody meant.
FRAGMENTS = (
    "\ud800",  # half a character
    # lines and lists
    *("\n", "\n\n", "\r\n", " ", "\n:", "\n::", "\n*:#", "\n;", "\n; a : b", "\n ", "\n----", ":"),
    # headings
    *("\n== Lamp ==\n", "\n=", "\n===", "==\n", "\n====== x =\n", "=", "\n== [[a|b]] {{c}} ==\n"),
    # tables
    *(
        "\n{|\n",
        "\n{| class=a\n",
        "\n|-\n",
        "\n| ",
        "||",
        "\n! ",
        "!!",
        "\n|+ ",
        "\n|}\n",
        "\n:{|\n",
    ),
    # templates, parameters, variables
    *("{{", "}}", "{{{", "}}}", "{{a|", "|", "{{a|b=", "{{outdent}}", "{{tq|", "{{ping|Heron}}"),
    *("{{small|", "{{resolved|\n", "{{unsigned|Heron|10:08, 21 June 2019 (UTC)}}", "__TOC__"),
    # links
    *(
        "[[",
        "]]",
        "[[a|",
        "[[User:Heron|Heron]]",
        "[[File:a.png|thumb|",
        "[[Category:a]]",
        "[[",
        "[[#%00]]",
    ),
    *("[http://a.example ", "]", "http://a.example", "[[User talk:Heron#x|", "[[:de:User:Otter]]"),
    # tags and comments
    *(
        "<b>",
        "</b>",
        "<small>",
        "</small>",
        "<div>",
        "</div>",
        "<li>",
        "<table>",
        "<td>",
        "</table>",
    ),
    *("<nowiki>", "</nowiki>", "<nowiki/>", "<ref name=a>", "</ref>", "<ref/>", "<pre>", "</pre>"),
    *(
        "<!--",
        "-->",
        "<br>",
        "<hr>",
        "<blockquote>",
        "</blockquote>",
        "<q>",
        "</q>",
        "<",
        ">",
        "</",
    ),
    *(
        "<span class='mw-notalk'>",
        "</span>",
        "<script>",
        "</script>",
        "<a href=javascript:x>",
        "<p>",
    ),
    # apostrophes and characters
    *("''", "'''", "'''''", "'", "&amp;", "&lt;", "&#0;", "&#x110000;", "&", "~~~~", "\0", "\x07"),
    *("\u200e", "\u200f", "\u00a0", "\u2028", "\ufeff", "\ufffd", "é", "я", "灯", "\U0001f56f"),
    # signatures and their parts
    *("[[User:Heron|Heron]] 10:08, 21 June 2019 (UTC)", "10:08, 21 June 2019 (UTC)", "(UTC)"),
    *("[[Special:Contributions/2001:db8::1|x]] 99:99, 31 February 9999 (UTC)", "10:08, 21 June"),
    *("[[利用者:さぎ|さぎ]] 2019年6月21日 (金) 10:08 (UTC)", "10:08، 21 يونيو 2019 (ت ع م)"),
    *("[[مستخدم:بلشون|بلشون]] ١٠:٠٨، ٢١ يونيو ٢٠١٩ (ت ع م)", "00:00, 0 May 0000 (UTC)"),
    *("[[User:Otter|Otter]] 18:45 Mar 10, 2003 (UTC)", "--[[User:Otter]] 10 May 2003\n"),
    *("-- Otter 9:30, 1 Jun 2004 (CEST)", "[[10 March]] [[2003]]", "2005-09-08 01:54:53"),
    *("{{unsigned|Otter}}", "{{unsigned|Otter 10:08, 21 June 2019}}", "{{cot|a}}\n", "{{cob}}\n"),
    *("{{a|Otter|10:08, 21 June 2019 (UTC)}}\n", "10:08, 21 June 2019 (UTC) [[User:Otter]]\n"),
    *("২৩:৪৫, ২ জানুয়ারি ২০০৪ (ইউটিসি)", "2019. gada 2. janvāris", "[[File:a.png|thumb|a]]\n"),
    *("{{atop|result=a}}", "{{abot}}", "—[[User:Otter]] ([[User talk:Otter|talk]])\n\n", " ("),
    # remarks in brackets, and what signs in other ways
    *(" (no, ", ") ", " [", "[[User:Heron|Heron] 10:08, 21 June 2019 (UTC)\n\n", "{{support|"),
    *("--Finch 10:08, 21 June 2019 (UTC) <small>(", "[[User:Finch]] {{LOCALTIME}}\n"),
    "[[User:Finch|Finch]] 10:08 Jun 21, 2003 (UTC)",
)
# What MediaWiki replaces before it saves a page.
NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LANGUAGES = ("en", "de", "ja", "ar", "th", "bn", "lv")
anything = st.text(st.characters(exclude_categories=["Cs"]))
wikitext = st.lists(st.sampled_from(FRAGMENTS) | st.text("ab :*#;='[]{}|<>&\n", max_size=4)).map(
    "".join
)
texts = wikitext | anything
languages = st.sampled_from(LANGUAGES)


def parse(text: str, language: str = "en") -> ParsedPage:
    return parse_page(text, title="Talk:Harbour lights", language=language)


@given(texts, languages)
def test_items_in_order_are_the_whole_text(text: str, language: str) -> None:
    page = parse(text, language)
    assert "".join(text[item.start : item.end] for item in page.items) == text
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in page.problems)


@given(texts, languages)
def test_signatures_lie_in_their_comments(text: str, language: str) -> None:
    for comment in parse(text, language).comments:
        at = comment.start
        for signature in (comment.signature, *comment.cosigners):
            assert at <= signature.start < signature.end <= comment.end
            assert signature.timestamp.tzinfo is UTC
            assert signature.author
            at = signature.end
        assert (comment.author, comment.timestamp) == (
            comment.signature.author,
            comment.signature.timestamp,
        )


@given(texts, languages)
def test_ids_are_unique_and_parents_stand_before_their_children(text: str, language: str) -> None:
    before: set[str | None] = {None}
    sections: set[str] = set()
    page = parse(text, language)
    for item in page.items:
        assert item.id not in before
        assert item.parent in before
        before.add(item.id)
    for item in page.items:
        if item in page.sections:
            assert item.parent is None or item.parent in sections
            sections.add(item.id)
            continue
        assert item.parent is not None
        assert item.level > 0


@given(texts, languages)
def test_the_same_text_gives_the_same_page(text: str, language: str) -> None:
    assert parse(text, language) == parse(text, language)


@given(texts, languages)
def test_one_paragraph_is_written_as_one_of_several_is(text: str, language: str) -> None:
    page = parse(text, language)
    with patch.object(html, "one_paragraph", return_value=None):
        assert parse(text, language) == page


@dataclass(frozen=True)
class Line:
    """A comment as it is to be written."""

    marks: str  # what indents it
    author: str
    words: str
    blank: bool  # whether a blank line stands before it


@st.composite
def discussions(draw: st.DrawFn) -> list[list[Line]]:
    """Sections of comments, each indented at most one step further than the one before."""
    sections = []
    for _ in range(draw(st.integers(1, 3))):
        lines: list[Line] = []
        deepest = 0
        for _ in range(draw(st.integers(0, 8))):
            level = draw(st.integers(0, deepest))
            marks = draw(st.text(":*#", min_size=level, max_size=level))
            author = draw(st.sampled_from(["Heron", "Otter", "Lark (HL)", "журавль", "192.0.2.7"]))
            words = draw(st.text("abc éя灯.,!()", min_size=1).filter(str.strip))
            # Two lines without marks would be one paragraph.
            lines.append(Line(marks, author, words, blank=not level or draw(st.booleans())))
            deepest = level + 1
        sections.append(lines)
    return sections


@given(discussions())
def test_a_discussion_that_was_written_comes_back(sections: list[list[Line]]) -> None:
    now = datetime(2019, 6, 21, 10, 8, tzinfo=UTC)
    text, wanted = "", []
    for number, lines in enumerate(sections):
        text += f"== Topic {number} ==\n"
        latest = [f"Topic {number}"]
        for line in lines:
            now += timedelta(minutes=7)
            stamp = f"{now:%H:%M}, {now.day} {now:%B %Y} (UTC)"
            signed = f"[[User:{line.author}|{line.author}]] {stamp}"
            text += "\n" * line.blank + f"{line.marks} {line.words}x -- {signed}\n"
            level = len(line.marks) + 1
            wanted.append(
                (line.author.capitalize()[:1] + line.author[1:], now, level, latest[level - 1])
            )
            latest[level:] = [f"{now}"]
    page = parse(text)
    names = {item.id: str(item.timestamp) for item in page.comments}
    names |= {section.id: section.heading for section in page.sections}
    found = [(c.author, c.timestamp, c.level, names[c.parent]) for c in page.comments]
    assert found == wanted
    assert not any(isinstance(item, Comment) and item.inline for item in page.items)
    assert not page.unsigned


# Longer than a title on a wiki can be: an address may name such a user, a link cannot.
LONG = "H" * 256
SIGNED = "10:08, 21 June 2019 (UTC)"


def test_a_name_that_no_user_can_have_signs_nothing() -> None:
    assert not parse(f"One. [http://wiki.example/wiki/User:{LONG} x] {SIGNED}").comments
    assert parse(f"One. [http://wiki.example/wiki/User:{LONG[1:]} x] {SIGNED}").comments


@given(texts)
def test_nothing_that_is_read_has_a_character_that_no_page_can_have(text: str) -> None:
    for item in parse(text).items:
        said = [item.id, item.html, getattr(item, "name", ""), getattr(item, "anchor", "")]
        assert not any(NEVER.search(each) for each in said)


@pytest.mark.parametrize(
    "written",
    ["[[#{}]]", "[[A#{}|a]]", "[[{}]]", "[[/{}]]", "[[User:{}]]", "[//a.example/wiki/User:{} a]"],
)
@pytest.mark.parametrize("escaped", ["%00", "%1F", "&#0;", "%EF%BF%BE"])
def test_what_no_page_can_have_comes_in_by_no_escape(written: str, escaped: str) -> None:
    link = written.format(escaped)
    text = f"== {link} ==\n{link} [[User:Ada]] 10:00, 1 May 2019 (UTC)\n{link}\n"
    for item in parse_page(text, title="Talk:Lamps").items:
        for name in item.__slots__:
            value = getattr(item, name)
            assert not isinstance(value, str) or value == cleaned(value), name
