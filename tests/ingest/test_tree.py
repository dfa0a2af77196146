"""A tree of talk pages on a real MediaWiki: imported two ways, imported again, and followed."""

import io
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from tests.ingest.exports import export, page, revision
from tests.mediawiki import OPEN_TO_ALL, MediaWiki, mediawiki
from tests.rows import rows_of
from threads.models import Comment, ImportRun, Wiki

pytestmark = [pytest.mark.any_database, pytest.mark.mediawiki]

PAGES = 50
PEOPLE = ("Ada", "Bo", "Cy", "Dörte", "عمر", "Eve O'Neil")
ROOT = "Talk:Harbour/"
NAMES = ("Lamps", "Öl & Docht", "Крановщик", "Boats (small)", "50% of the quay")
REVISED = range(0, PAGES, 5)  # the pages that have been saved twice


def signed(page: int, place: int) -> str:
    """A signature that stands nowhere else."""
    person = PEOPLE[(page + place) % len(PEOPLE)]
    return f"[[User:{person}|{person}]] {place:02}:{page:02}, {1 + place} May 2019 (UTC)"


def title(page: int) -> str:
    return f"{ROOT}{NAMES[page % len(NAMES)]} {page}"


def text(page: int) -> str:
    """Two topics with threads, and words that nobody signed."""
    return "\n".join(
        [
            "{{Talk header}}",
            f"== Topic one of {page} ==",
            f"A '''question''' about [[quay {page}]]. {signed(page, 1)}",
            f":An answer. {signed(page, 2)}",
            f"::A second thought,\n::* in a list. {signed(page, 3)}",
            f":Another answer. {signed(page, 4)}",
            f"== Topic two of {page} ==",
            f"Done <small>and dusted</small>. {signed(page, 5)}",
            "Somebody forgot to sign this.",
        ]
    )


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaWiki]:
    file = tmp_path_factory.mktemp("tree") / "tree.xml"
    file.write_text(export(*(page_as_saved(number) for number in range(PAGES))))
    with mediawiki(settings=OPEN_TO_ALL) as running:
        running.maintain("importDump", str(file))
        yield running


def page_as_saved(number: int) -> str:
    """The page as an export that MediaWiki takes in, with one revision or two."""
    texts = [text(number)]
    if number in REVISED:
        texts.insert(0, text(number).partition(":Another")[0].strip())
    states = (
        revision(state, number=10 * number + place, time=f"2020-01-0{place}T10:00:00Z")
        for place, state in enumerate(texts, 1)
    )
    return page(title(number), *states, number=number + 1)


@pytest.fixture
def live(running: MediaWiki, settings: Settings, db: None) -> MediaWiki:
    settings.IMPORT_PRIVATE_HOSTS = [running.address.removeprefix("http://")]
    return running


def import_tree(live: MediaWiki, *options: str) -> str:
    """Out: the last line of what the command says."""
    output = io.StringIO()
    tree = (live.address, f"--prefix={ROOT}", "--processes=1")
    call_command("import_wiki", *tree, *options, stdout=output)
    return output.getvalue().splitlines()[-1]


def import_dump(file: Path, *options: str) -> None:
    call_command("import_dump", str(file), "--processes=1", *options, stdout=io.StringIO())


@pytest.mark.parametrize("history", [False, True], ids=["current", "history"])
def test_the_api_and_the_dump_give_equal_archives(
    live: MediaWiki, tmp_path: Path, history: bool
) -> None:
    options = ["--history"] if history else []
    live.dump(tmp_path / "dump.xml", history=history)

    import_tree(live, "--wiki=byapi", *options)
    import_dump(tmp_path / "dump.xml", "--wiki=bydump", *options)

    by_api, by_dump = (rows_of(Wiki.objects.get(dbname=name)) for name in ("byapi", "bydump"))
    assert len(by_api["TalkPage"]) == PAGES
    assert len(by_api["Comment"]) == 5 * PAGES
    assert len(by_api["Revision"]) == PAGES + (len(REVISED) if history else 0)
    assert by_api == by_dump


def test_a_second_run_fetches_and_changes_nothing(live: MediaWiki) -> None:
    import_tree(live)
    wiki = Wiki.objects.get()
    rows, before = rows_of(wiki), len(live.asked())

    said = import_tree(live)

    assert said == f"Pages: {PAGES} completed. Comments: {5 * PAGES} unchanged."
    assert rows_of(wiki) == rows
    assert not [asked for asked in live.asked()[before:] if "revids" in asked]
    assert len(live.asked()) - before == 3, "what wiki it is, which pages, their revision ids"


def test_a_third_run_tells_just_what_was_done_and_no_permalink_breaks(
    live: MediaWiki, client: Client
) -> None:
    import_tree(live)
    stood = dict(Comment.objects.values_list("ident", "page__title"))
    assert len(stood) == 5 * PAGES
    expected = do_things(live)

    said = import_tree(live)

    assert said == (
        "Pages: 51 completed. Comments: 1 new, 4 known from other pages, 1 changed, "
        "244 unchanged, 1 removed, 4 moved out."
    )
    assert told_items() == expected
    reached = Counter(page_reached(client, ident) for ident in stood)
    renamed, archive = reached.pop(f"{ROOT}Renamed"), reached.pop(f"{title(6)}/Archive 1")
    assert (renamed, archive, reached[title(6)], reached[title(3)]) == (5, 4, 1, 5)
    assert reached.total() == 5 * PAGES - 9
    assert "" not in reached


def told_items() -> dict[str, dict[str, int]]:
    """What the last run did, by page; pages where it did nothing are left out."""
    items = ImportRun.objects.latest("pk").items.values_list("title", "counts")
    told = {title: {name: n for name, n in counts.items() if n} for title, counts in items}
    return {title: counts for title, counts in told.items() if counts != {"unchanged": 5}}


def do_things(live: MediaWiki) -> dict[str, dict[str, int]]:
    """Edits, a move and an archiving; out: what they come to, by page."""
    live.edit(title(1), f"{text(1)}\n:A new comment. {signed(1, 9)}")
    live.edit(title(2), text(2).replace("An answer.", "An answer, corrected."))
    live.edit(title(3), text(3).replace(f":Another answer. {signed(3, 4)}\n", ""))
    live.move(title(4), f"{ROOT}Renamed")
    above, _heading, below = text(6).partition("== Topic one")
    topic, heading, rest = below.partition("== Topic two")
    live.edit(title(6), above + heading + rest)
    live.edit(f"{title(6)}/Archive 1", f"== Topic one{topic}")
    return {
        title(1): {"new": 1, "unchanged": 5},
        title(2): {"changed": 1, "unchanged": 4},
        title(3): {"gone": 1, "unchanged": 4},
        title(6): {"left": 4, "unchanged": 1},
        f"{title(6)}/Archive 1": {"moved": 4},
    }


def page_reached(client: Client, ident: str) -> str:
    """The title of the page that a permalink shows its comment on, "" where it does not."""
    answer = client.get(f"/comment/{ident}", follow=True)
    readable = answer.status_code in (200, 410)  # 410: it stands nowhere now, and is shown so
    shown = readable and f'id="{ident}"' in unescape(answer.content.decode())
    return str(answer.context["page"].title) if shown else ""
