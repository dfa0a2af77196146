"""The wikitext of a reply, and where it goes: a reply put there answers what it should."""

import pytest

from threads.compose import compose, spot_below
from threads.ingest.repairing import make_repair
from threads.models import Comment, Repair, Wiki
from threads.store import store_page
from threads.wikitext import parse_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TIME = "10:08, 21 June 2019 (UTC)"
PAGE = f"""== Lamps ==
Which lamps? [[User:Ada]] {TIME}
: The old ones. [[User:Ben]] {TIME}
:: Why? [[User:Cem]] {TIME}
* In a list. [[User:Dee]] {TIME}
** Bullets below. [[User:Esi]] {TIME}
# Numbered. [[User:Fay]] {TIME}
With a list:
* one
* two
Done. [[User:Gil]] {TIME}

Hosts. [[User:Hal]] {TIME} Is it? [[User:Ivo]] {TIME}

== Oil ==
None. [[User:Jan]] {TIME}
: Some words
: on two lines. [[User:Kim]] {TIME}
"""


@pytest.fixture
def wiki() -> Wiki:
    return Wiki.objects.create(dbname="lanternwiki", server="https://lantern.example")


def by(author: str) -> Comment:
    return Comment.objects.current().with_context().get(author__name=author)


def stored(wiki: Wiki, text: str) -> None:
    store_page(wiki, parse_page(text, title="Talk:Lamps", language="en", timezone="UTC"), text)


@pytest.mark.parametrize(
    ("author", "marks", "after"),
    [
        ("Ada", "#", "Fay"),
        ("Ben", "::", "Cem"),
        ("Cem", ":::", "Cem"),
        ("Dee", "**", "Esi"),
        ("Esi", "**:", "Esi"),
        ("Fay", "#:", "Fay"),
        ("Gil", ":", "Gil"),
        ("Ivo", ":", "Ivo"),
        ("Jan", ":", "Kim"),
        ("Kim", "::", "Kim"),
    ],
)
def test_a_reply_goes_behind_the_replies_there_are_and_joins_their_list(
    wiki: Wiki, author: str, marks: str, after: str
) -> None:
    stored(wiki, PAGE)

    spot = spot_below(by(author))

    assert spot.marks == marks
    assert f"[[User:{after}]]" in spot.after
    assert PAGE.splitlines()[spot.number - 1] == spot.after


def test_a_reply_that_an_editor_moved_below_does_not_move_where_the_next_one_goes(
    wiki: Wiki,
) -> None:
    stored(wiki, PAGE)
    before = spot_below(by("Ben"))
    value = {"parent": by("Ben").ident, "name": by("Ben").name}
    make_repair(by("Fay"), Repair.Kind.PARENT, value)

    assert by("Fay").parent == by("Ben")
    assert spot_below(by("Ben")) == before


def test_a_page_that_grows_while_the_reply_is_made_gets_it_at_its_former_end(wiki: Wiki) -> None:
    stored(wiki, PAGE)
    before = by("Fay")
    stored(wiki, PAGE.replace("[[User:Kim]]", "And more. " * 50 + "[[User:Kim]]"))
    before.end = by("Kim").end

    assert spot_below(before).after == PAGE.splitlines()[-1]


@pytest.mark.parametrize(
    "author", ["Ada", "Ben", "Cem", "Dee", "Esi", "Fay", "Gil", "Ivo", "Jan", "Kim"]
)
@pytest.mark.parametrize(
    "body", ["I agree.", "I agree.\n\nAnd more.", "For these reasons:\n* one\n* two"]
)
def test_a_reply_put_there_answers_the_comment(wiki: Wiki, author: str, body: str) -> None:
    stored(wiki, PAGE)
    before = {comment.ident for comment in Comment.objects.current()}
    reply = compose(by(author), body)
    lines = PAGE.splitlines()
    lines.insert(reply.spot.number, reply.wikitext.replace("~~~~", f"[[User:Zoe]] {TIME}"))
    stored(wiki, "\n".join(lines))

    zoe = by("Zoe")
    assert zoe.parent is not None
    assert zoe.parent.author.name == author
    assert before < {comment.ident for comment in Comment.objects.current()}


@pytest.mark.parametrize(
    ("body", "wikitext"),
    [
        ("I agree.", "::: I agree. ~~~~"),
        ("I agree. ~~~~", "::: I agree. ~~~~"),
        ("  One.\r\n\r\n\r\nTwo.  ", "::: One.\n::: Two. ~~~~"),
        ("For:\n* one", "::: For:\n:::* one\n::: ~~~~"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_every_line_of_a_reply_has_the_marks_and_the_last_is_signed(
    wiki: Wiki, body: str, wikitext: str
) -> None:
    stored(wiki, PAGE)

    assert compose(by("Cem"), body).wikitext == wikitext


def test_a_mention_names_the_author_first(wiki: Wiki) -> None:
    stored(wiki, PAGE)

    reply = compose(by("Cem"), "I agree.", mention=True)

    assert reply.wikitext == "::: @[[User:Cem|Cem]]: I agree. ~~~~"
    assert ">Cem</a>: I agree." in reply.html


def test_the_preview_is_what_readers_will_see_and_safe(wiki: Wiki) -> None:
    stored(wiki, PAGE)

    html = compose(by("Cem"), "'''Yes''' <script>alert(1)</script>\n\n* one").html

    assert "<b>Yes</b>" in html
    assert "<script" not in html
    assert "<li>one</li>" in html


@pytest.mark.parametrize("body", ["{| class=x\n| a\n|}", "<pre>\nx\n</pre>", "== Heading =="])
def test_what_list_marks_would_tear_apart_is_told(wiki: Wiki, body: str) -> None:
    stored(wiki, PAGE)

    assert not compose(by("Cem"), body).indentable
    assert compose(by("Cem"), "a = b").indentable
