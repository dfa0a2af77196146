"""A page's comments by month: always what counting its comments again would give."""

from collections import Counter

import pytest

from tests.store.conftest import TITLE, Store
from threads.models import Repair, TalkPage, Wiki
from threads.store import NewPage, replay, store_new_pages
from threads.wikitext import parse_page

MAY = "Lit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
LATE_MAY = ":Not yet. [[User:Ben]] 23:59, 31 May 2019 (UTC)\n"
JUNE = "::Now. [[User:Ada]] 00:00, 1 June 2019 (UTC)\n"
PAGE = f"== Lamps ==\n{MAY}{LATE_MAY}{JUNE}"


def counted_again(page: TalkPage) -> dict[str, int]:
    times = page.comments.current().values_list("timestamp", flat=True)
    return dict(Counter(f"{time:%Y-%m}" for time in times))


def months_of(page: TalkPage) -> dict[str, int]:
    page.refresh_from_db()
    months: dict[str, int] = page.months
    assert months == counted_again(page)
    return months


def test_comments_are_counted_in_their_months(store: Store) -> None:
    assert months_of(store(PAGE).page) == {"2019-05": 2, "2019-06": 1}


def test_the_months_follow_what_a_later_revision_has(store: Store) -> None:
    store(PAGE, number=1)
    page = store(f"== Lamps ==\n{MAY}", number=2).page
    assert months_of(page) == {"2019-05": 1}

    store(PAGE, number=1)
    assert months_of(page) == {"2019-05": 1}, "an older revision is kept, not shown"

    store("Nothing.", number=3)
    assert months_of(page) == {}

    replay(page)
    assert months_of(page) == {}


def test_a_repair_counts_what_it_makes(store: Store) -> None:
    page = store(PAGE).page
    target = page.comments.get(author__name="Ben")
    Repair.objects.create(
        page=page,
        kind=Repair.Kind.JOIN,
        target=target.ident,
        name=target.name,
        text=target.text,
        value={"with": page.comments.get(timestamp__month=6).ident, "words": ""},
    )

    assert store(PAGE).remarks == []
    assert months_of(page) == {"2019-05": 2}


@pytest.mark.django_db
def test_pages_that_are_stored_together_are_counted_as_well() -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    (stored,) = store_new_pages(wiki, [NewPage(parse_page(PAGE, title=TITLE), PAGE)])
    assert months_of(stored.page) == {"2019-05": 2, "2019-06": 1}
