"""Sums over pages: whatever becomes of pages, they are what counting gives.

Each test ends with that comparison; see `sums_are_right`.
"""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from tests.store.conftest import ANSWER, ASK, LATER, PAGE, Store
from threads.models import (
    AuthorMonth,
    Collection,
    CollectionShare,
    CollectionTopic,
    Comment,
    Contribution,
    TalkPage,
    TitleBranch,
    Wiki,
    WikiMonth,
    WikiTotals,
)
from threads.store import count_collection, delete_pages


def totals() -> tuple[int, int, int]:
    kept = WikiTotals.objects.get()
    return kept.pages, kept.comments, kept.people


def branches() -> dict[str, tuple[int, int]]:
    """By path: pages and comments."""
    return {each.path: (each.pages, each.comments) for each in TitleBranch.objects.all()}


def test_sums_follow_what_stands_on_pages(store: Store) -> None:
    store(PAGE, title="Talk:Lamps")
    store(f"== Oil ==\n{ASK}", title="Talk:Lamps/Oil")
    assert totals() == (2, 5, 3)
    assert branches() == {"Talk:Lamps": (2, 5), "Talk:Lamps/Oil": (1, 1)}

    store(f"== Lamps ==\n{ASK}{ANSWER}", title="Talk:Lamps")

    assert totals() == (2, 3, 2)
    assert branches() == {"Talk:Lamps": (2, 3), "Talk:Lamps/Oil": (1, 1)}
    months = AuthorMonth.objects.values_list("author__name", "month", "comments")
    assert set(months) == {("Ada", "2019-05", 2), ("Ben", "2019-05", 1)}
    assert list(WikiMonth.objects.values_list("month", "comments")) == [("2019-05", 3)]


def test_a_branch_is_as_old_as_what_is_left_below_it(store: Store) -> None:
    for year in (2010, 2015, 2019):
        store(ASK.replace("2019", str(year)), title=f"Talk:Lamps/{year}")

    store("Nothing.", title="Talk:Lamps/2010")
    store(ASK.replace("2019", "2012"), title="Talk:Lamps/2019")

    lamps = TitleBranch.objects.get(path="Talk:Lamps")
    assert (lamps.first_at, lamps.last_at) == (
        datetime(2012, 5, 1, 10, tzinfo=UTC),
        datetime(2015, 5, 1, 10, tzinfo=UTC),
    )


def test_a_way_leads_to_where_titles_fork_now(store: Store) -> None:
    def way() -> tuple[str, bool]:
        top = TitleBranch.objects.get(path="Talk:A")
        return top.fork, top.is_page

    kept = store(ASK, title="Talk:A/B/C/D").page
    assert way() == ("Talk:A/B/C/D", True)
    other = store(ASK, title="Talk:A/B/E").page
    assert way() == ("Talk:A/B", False)
    above = store(ASK, title="Talk:A").page
    assert way() == ("Talk:A", True)

    delete_pages([above, other])
    assert way() == ("Talk:A/B/C/D", True)
    delete_pages([kept])
    assert not TitleBranch.objects.exists()
    assert totals() == (0, 0, 0)


def test_a_page_that_moves_is_counted_where_it_is(store: Store) -> None:
    store(PAGE, title="Talk:Lamps/2019", page_number=1)
    store(ASK, title="Talk:Oil", page_number=2)

    store(PAGE, title="Talk:Oil", page_number=1)

    assert branches() == {"Talk:Oil": (1, 4), "Talk:Oil [page 2]": (1, 1)}


def test_a_page_that_moves_with_an_outdated_text_is_counted_where_it_is(store: Store) -> None:
    store(PAGE, title="Talk:Lamps", page_number=1, number=5)

    store(ASK, title="Talk:Oil", page_number=1, number=4)

    assert branches() == {"Talk:Oil": (1, 4)}


def test_the_same_again_changes_no_sum(store: Store) -> None:
    store(PAGE)
    before = list(Contribution.objects.order_by("pk").values())

    store(PAGE)

    assert list(Contribution.objects.order_by("pk").values()) == before


def test_a_collection_follows_its_pages(store: Store) -> None:
    pages = [store(PAGE, title=title).page for title in ("Talk:Lamps", "Talk:Oil")]
    collection = Collection.objects.create(slug="light", title="Light")
    collection.pages.set(pages)
    count_collection(collection)

    def share() -> tuple[int, int, int]:
        kept = CollectionShare.objects.get()
        assert kept.first_at
        return kept.pages, kept.comments, kept.first_at.hour

    assert share() == (2, 8, 10)
    store(PAGE + "More! [[User:Dan]] 09:00, 3 May 2019 (UTC)", title="Talk:Oil")
    assert share() == (2, 9, 10)
    for title in ("Talk:Lamps", "Talk:Oil"):
        store(f"== Keepers ==\n{LATER}", title=title)
    assert share() == (2, 2, 9)
    delete_pages(pages[:1])
    assert share() == (1, 1, 9)


def test_a_collection_keeps_the_decided_topics_and_latest_comments_of_its_pages(
    store: Store,
) -> None:
    asked = "Trim? [[User:Ada]] 09:00, 2 May 2019 (UTC)"
    done = ":{{done}} [[User:Dan]] 09:00, 3 May 2019 (UTC)"
    decided = f"{PAGE}== Wicks ==\n{asked}\n{done}\n"
    page = store(decided, title="Talk:Lamps").page
    collection = Collection.objects.create(slug="light", title="Light")
    collection.pages.set([page, store(PAGE, title="Talk:Oil").page])
    assert count_collection(collection, mend=False)
    count_collection(collection)

    def kept() -> list[tuple[str, int]]:
        topics = CollectionTopic.objects.filter(collection=collection)
        return [(topic.topic.section.heading, topic.last_at.day) for topic in topics]

    def latest() -> list[datetime | None]:
        return list(collection.entries.order_by("page").values_list("last_at", flat=True))

    assert kept() == [("Wicks", 3)]
    store(f"{decided}No! [[User:Eve]] 09:00, 4 May 2019 (UTC)\n", title="Talk:Lamps")
    assert kept() == [("Wicks", 4)]
    assert latest()[0] == datetime(2019, 5, 4, 9, tzinfo=UTC)
    assert not count_collection(collection, mend=False)
    store(PAGE, title="Talk:Lamps")
    assert kept() == []
    assert latest()[0] == latest()[1]
    store(decided, title="Talk:Lamps")
    collection.entries.filter(page=page).delete()
    count_collection(collection)
    assert kept() == []


def test_what_is_changed_by_hand_is_found_and_mended(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    collection = Collection.objects.create(slug="light", title="Light")
    collection.pages.add(store(PAGE, title="Talk:Lamps").page)
    store(PAGE, title="Talk:Oil/2019")
    Comment.objects.filter(page__title="Talk:Lamps").update(wiki=None)
    TalkPage.objects.filter(title="Talk:Lamps").update(title="Talk:Lights")
    Comment.objects.filter(author__name="Cem").update(timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    WikiTotals.objects.update(people=7)

    with pytest.raises(CommandError, match="Some totals are wrong"):
        call_command("recount", "--check")

    assert capsys.readouterr().out.splitlines() == [
        "lanternwiki: contributions to 2 pages",
        "lanternwiki: the latest comments of 2 pages",
        "lanternwiki: the wiki of 4 comments",
        "lanternwiki: comments of authors by month",
        "lanternwiki: comments by month",
        "lanternwiki: the tree of titles",
        "lanternwiki: the totals",
        "collection light: the totals of its pages",
    ]
    call_command("recount")
    capsys.readouterr()
    call_command("recount", "--check")
    assert capsys.readouterr().out == "All totals were correct.\n"


def test_pages_of_several_wikis_are_deleted_together(store: Store) -> None:
    page = store(PAGE).page
    other = TalkPage.objects.create(wiki=Wiki.objects.create(dbname="otherwiki"), title="Talk:X")

    delete_pages([other, page])

    assert not TalkPage.objects.exists()
