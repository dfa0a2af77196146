"""Names of pages, topics and people, found while they are typed."""

import pytest

from tests.once import rows_once
from tests.views.writing import Comment, Section, write_page, write_wiki
from threads.models import Author, SearchName
from threads.search.index import ranks
from threads.search.index.names import find_names
from threads.store.index.indexing import index_authors

pytestmark = pytest.mark.django_db
Kind = SearchName.Kind


def named(text: str, *kinds: Kind, wiki: int | None = None, limit: int = 9) -> list[str]:
    return [name.text for name in find_names(text, kinds=kinds or Kind, wiki=wiki, limit=limit)]


def write_rows() -> None:
    said = [Comment("Ada O'Brien", f"Number {number}") for number in range(9)]
    write_page("Talk:Strategy/Partnerships", Section("Strategy of lamps", *said))
    write_page("Talk:Strategy", Section("Oil", Comment("Strategos", "Few words")))
    write_page(
        "Talk:東京の灯台", Section("灯台", Comment("Émile", "Oui")), wiki=write_wiki("other")
    )
    index_authors(list(Author.objects.values_list("pk", flat=True)))


archive_once = rows_once(write_rows)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oil", ["Oil"]),
        ("oil !", ["Oil"]),
        ("partn strat", []),
        ("strategy partn", ["Talk:Strategy/Partnerships"]),
        ("lamps strat", ["Strategy of lamps"]),
        ("obrien", ["Ada O'Brien"]),
        ("o'br", ["Ada O'Brien"]),
        ("emi", ["Émile"]),
        ("東京", ["Talk:東京の灯台"]),
        ("nowhere", []),
        ("?!", []),
    ],
)
def test_names_that_have_all_words_are_found_the_last_of_which_may_go_on(
    typed: str, found: list[str]
) -> None:
    assert named(typed) == found


def test_what_is_just_so_comes_first_then_what_much_was_said_under() -> None:
    assert named("strategy", Kind.PAGE) == ["Talk:Strategy", "Talk:Strategy/Partnerships"]
    assert named("talk:strategy", Kind.PAGE)[0] == "Talk:Strategy"
    assert named("strat", Kind.PAGE) == ["Talk:Strategy/Partnerships", "Talk:Strategy"]
    assert named("灯台")[0] == "灯台"


def test_kinds_and_wikis_narrow_what_is_found() -> None:
    other = write_wiki("other")

    assert named("s", Kind.PERSON) == ["Strategos"]
    assert named("strat", Kind.TOPIC) == ["Strategy of lamps"]
    assert named("strat", wiki=other.pk) == []
    assert len(named("灯", wiki=other.pk)) == 2
    assert len(named("s", limit=2)) == 2


def test_a_name_that_is_common_far_from_what_is_much_discussed_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, number in (("WALK", 1), ("MOST", 2)):
        monkeypatch.setattr(ranks, name, number)
    write_page("Talk:Busy", Section("A", *(Comment("Ada", f"Say {n}.") for n in range(9))))
    for number in range(4):
        write_page(f"Talk:Archive {number}", Section("A", Comment("Ben", "Old.")))
    assert len(find_names("archive", kinds=[Kind.PAGE], limit=3)) == 3
