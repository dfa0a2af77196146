"""How exactly times are known, who wrote what nobody signed, and whom a page names besides."""

from dataclasses import replace

import pytest
from django.db.models import ProtectedError

from tests.store.conftest import TITLE, Store, comment_by, snapshot
from threads.models import Author, Comment, UnsignedText, Wiki
from threads.store import compare_page, replay, store_page
from threads.store.past import past_rows
from threads.wikitext import parse_page
from threads.wikitext.model import Unsigned

OLD = "The lamp is out. --[[User:Heron|Heron]] 18:45 Mar 10, 2003 (UTC)\n"
DAY = "It is lit. [[User:Otter|Otter]] 11 March 2003\n"
SECOND = "Out again. [[User:Otter|Otter]] 01:54:53, 2005-09-08 (UTC)\n"
LINK = "Where is the oil? --[[User:Heron|Heron]] ([[User talk:Heron|talk]])\n"
TEMPLATE = "In the cellar? {{unsigned|Lark}}\n"
ANSWER = ":In the shed. [[User:Otter|Otter]] 10:09, 21 June 2019 (UTC)\n"
NOBODY = "Nobody knows.\n"
PAGE = (
    f"== Lamps ==\n{OLD}\n{DAY}\n{SECOND}== Oil ==\n{LINK}\n{TEMPLATE}{ANSWER}== Rest ==\n{NOBODY}"
)


def undated() -> dict[str, tuple[str | None, str]]:
    """Who wrote the page's unsigned texts, and what tells so, by their first word."""
    texts = UnsignedText.objects.current().in_order().select_related("author")
    return {
        text.text.split()[0]: (text.author.name if text.author else None, text.known_by)
        for text in texts
    }


def test_a_comment_keeps_how_exactly_its_time_is_known(store: Store) -> None:
    store(PAGE)

    comments = Comment.objects.in_order().values_list("text", "precision")
    assert list(comments) == [
        ("The lamp is out.", "minute"),
        ("It is lit.", "day"),
        ("Out again.", "second"),
        ("In the shed.", "minute"),
    ]
    assert str(comment_by("Otter", precision="day")) == "\u2068Otter\u2069, 11 March 2003"


def test_a_comment_keeps_that_its_time_zone_is_assumed(store: Store) -> None:
    store(PAGE + "== Wicks ==\nTrim it. [[User:Wren|Wren]] 10:00, 3 April 2005\n")

    assumed = Comment.objects.in_order().values_list("author__name", "zone_assumed")
    assert dict(assumed) == {"Heron": False, "Otter": False, "Wren": True}


def test_a_comment_keeps_that_its_date_is_impossible(store: Store) -> None:
    store(PAGE + "== Wicks ==\nTrim it. [[User:Wren|Wren]] 10:00, 31 February 2019 (UTC)\n")

    impossible = Comment.objects.in_order().values_list("author__name", "impossible_date")
    assert dict(impossible) == {"Heron": False, "Otter": False, "Wren": True}


def test_unsigned_text_keeps_who_wrote_it_and_what_tells_so(store: Store) -> None:
    stored = store(PAGE)

    assert undated() == {
        "Where": ("Heron", "link"),
        "In": ("Lark", "template"),
        "Nobody": (None, ""),
    }
    assert stored.page.comment_count == stored.counts.new == 4


def test_a_name_without_a_link_is_no_account(store: Store) -> None:
    store("== Oil ==\nWhere is it? -- Wren 10:00, 1 May 2019 (UTC)\n")

    text = UnsignedText.objects.get()
    assert (text.author, text.plain_name, text.known_by) == (None, "Wren", "name")
    assert not Author.objects.exists()


def test_who_also_signs_is_the_same_author(store: Store) -> None:
    store(PAGE)

    assert comment_by("Heron").author == UnsignedText.objects.get(known_by="link").author


def test_the_same_page_again_changes_nothing(store: Store) -> None:
    store(PAGE)
    before = snapshot()

    assert not store(PAGE).counts.differ
    assert snapshot() == before


def test_another_reading_of_the_same_text_is_taken_over(wiki: Wiki, store: Store) -> None:
    """As that of another parser, or of one that was given the page's history."""
    parsed = parse_page(PAGE, title=TITLE)
    items = [
        replace(item, author="Ana", known_by="history")
        if isinstance(item, Unsigned) and item.text.startswith("Nobody")
        else replace(item, author=None, known_by=None)
        if isinstance(item, Unsigned)
        else item
        for item in parsed.items
    ]
    store(PAGE)
    keys = set(UnsignedText.objects.values_list("pk", flat=True))

    store_page(wiki, replace(parsed, items=tuple(items)), PAGE)

    assert undated() == {"Where": (None, ""), "In": (None, ""), "Nobody": ("Ana", "history")}
    assert set(UnsignedText.objects.values_list("pk", flat=True)) == keys
    store(PAGE)
    assert undated()["Nobody"] == ("Ana", "history"), "it was told once"


def test_a_time_of_day_that_is_added_is_a_change(wiki: Wiki, store: Store) -> None:
    store(PAGE)
    text = PAGE.replace("11 March 2003", "00:00, 11 March 2003 (UTC)")

    compared = compare_page(wiki, parse_page(text, title=TITLE), text)

    assert (compared.counts.changed, compared.counts.unchanged) == (1, 3)
    assert store(text).counts == compared.counts
    assert not Comment.objects.filter(precision="day").exists()


def test_a_history_told_anew_keeps_both(store: Store) -> None:
    page = store(PAGE, number=1).page
    store(PAGE + "More of it.\n", number=2)
    before = undated()

    replay(page)

    assert undated() == before
    assert Comment.objects.current().filter(precision="day").count() == 1


def test_a_page_as_it_once_stood_has_both(store: Store) -> None:
    stored = store(PAGE, number=1)

    rows = past_rows(stored.page, stored.revision)

    assert [comment.precision for comment in rows.comments] == ["minute", "day", "second", "minute"]
    told = [(text.author.name if text.author else None, text.known_by) for text in rows.unsigned]
    assert told == [("Heron", "link"), ("Lark", "template"), (None, "")]
    assert rows.unsigned[0].author == rows.comments[0].author


def test_an_author_of_unsigned_text_is_not_deleted_below_it(store: Store) -> None:
    store(PAGE)

    with pytest.raises(ProtectedError):
        Author.objects.get(name="Lark").delete()


def test_everybody_whom_a_page_names_is_an_author(store: Store) -> None:
    agreed = "Agreed. [[User:Ada]] 10:00, 1 May 2019 (UTC) [[User:Ben]] 10:05, 1 May 2019 (UTC)"
    closed = "{{archive top|status=done|result=Keep. [[User:Moss]] 12:00, 2 May 2019 (UTC)}}"

    store(f"{closed}\n== Lamps ==\n{agreed}\n{{{{archive bottom}}}}\n== Oil ==\n{TEMPLATE}{ANSWER}")

    names = set(Author.objects.values_list("name", flat=True))
    assert names == {"Ada", "Ben", "Moss", "Lark", "Otter"}
