"""Archives of every released state of the schema can be brought to today's.

What a reader finds in them is told from their rows, whatever the pages look like today.
"""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.utils.html import escape
from pytest_django import DjangoDbBlocker
from selectolax.lexbor import LexborHTMLParser

from talkarchive.bootstrap import BASE_DIR
from tests.export.loaded import ROWS, assert_loaded, export_to
from tests.ingest.archives import Archive, archive
from tests.migrated import removed
from tests.upgrades.rows import read_rows, state

pytestmark = pytest.mark.django_db

KEPT = sorted((BASE_DIR / "fixtures" / "upgrades").glob("*.jsonl"))
READ = ("-m", "tests.upgrades", "read")
RECOUNT = ("manage.py", "recount", "--check")
IMPORT = ("manage.py", "import_page")
Columns = dict[str, Any]
Found = dict[str, tuple[int, str]]  # by address: the status, and what came
OF_2003 = """\
Full of cobwebs. [[User:Heron|Heron]] 10 March 2003

Sweep it. {{unsigned|Lark}}

With what? -- Wren 10:00, 30 April 2019 (UTC)
:Done. [[User:Heron|Heron]] 10:00, 31 April 2019 (UTC)
"""


class Kept:
    """An older archive as its rows tell of it."""

    def __init__(self, path: Path) -> None:
        self.rows: dict[str, list[Columns]] = {}
        for line in list(read_rows(path))[1:]:
            self.rows.setdefault(line["model"], []).append(line["columns"])
        self.titles = self._told("TalkPage", "title")
        self.authors = self._told("Author", "name")
        self.wiki = self.rows["threads.Wiki"][0]["dbname"]

    def _told(self, model: str, column: str) -> dict[str, str]:
        return {row["id"]: row[column] for row in self.rows[f"threads.{model}"]}

    def comments(self, *, current: bool) -> Iterator[Columns]:
        for row in self.rows["threads.Comment"]:
            if (row["is_current"] == "True") is current:
                yield row

    def page(self, title: str) -> str:
        return f"/wiki/{self.wiki}/{quote(title.replace(' ', '_'))}"


@pytest.fixture(scope="module", params=KEPT, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def older(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Archive]:
    """An archive beside whose database stands one of each older state: see `load`."""
    folder = tmp_path_factory.mktemp("states") / "newest"
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            newest = stack.enter_context(archive(folder, migrated=False))
            for path in KEPT:
                stack.enter_context(removed(state(newest.database, path)))
            code, said = newest.run("-m", "tests.upgrades", "load", *map(str, KEPT))
        assert code == 0, said
        yield newest
        with django_db_blocker.unblock():
            stack.close()


class Upgraded:
    """What came of an older archive after `manage.py migrate`."""

    def __init__(self, one: Archive, told: Kept, folder: Path) -> None:
        """In: a folder for its export. All that is done with it, one process does in turn."""
        self.lines = folder / "lines.jsonl"
        new = next((BASE_DIR / "fixtures" / "demo" / told.wiki).glob("*.wikitext"))
        old = folder / "old.wikitext"
        old.write_text(OF_2003, encoding="utf-8")
        _migrated, self.recounted, found, _exported, self.rows, *_written, recounted, written = (
            one.together(
                ("manage.py", "migrate", "--verbosity=0"),
                RECOUNT,
                (*READ, *sorted(expected(told))),
                ("manage.py", *export_to(self.lines)),
                ROWS,
                ("manage.py", "reparse", "--all"),
                (*IMPORT, str(new), f"--wiki={told.wiki}", "--title=Talk:Newer"),
                (*IMPORT, str(old), f"--wiki={told.wiki}", "--title=Talk:Old"),
                RECOUNT,
                (*READ, *sorted(written_addresses(told))),
            )
        )
        self.recounted_when_written = recounted
        self.found, self.found_when_written = read(found), read(written)


@pytest.fixture(scope="module")
def upgraded(kept: Path, older: Archive, tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """The older archive, migrated, read, exported and written to."""
    folder = tmp_path_factory.mktemp("upgraded")
    one = Archive(folder, state(older.environment["DATABASE_URL"], kept))
    return Upgraded(one, Kept(kept), folder)


def read(said: str) -> Found:
    """What a reader gets at each address."""
    found: Found
    found, _logged = json.JSONDecoder().raw_decode(said)
    return found


@pytest.fixture(scope="module")
def found(upgraded: Upgraded) -> Found:
    """What a reader gets of it."""
    return upgraded.found


def written_addresses(told: Kept) -> set[str]:
    """Where the pages are that were there and those that are imported, and all people."""
    names = [quote(name) for name in (*told.authors.values(), "Lark", "Heron")]
    people = {f"/author/{told.wiki}/{name}" for name in names}
    titles = ["Talk:Newer", "Talk:Old", *told.titles.values()]
    return {*map(told.page, titles), *people, "/search?q=cobwebs"}


def expected(told: Kept) -> dict[str, tuple[int, set[str]]]:
    """By address: the status of its answer, and what has to be in it."""
    wanted: dict[str, tuple[int, set[str]]] = {"/": (200, set(told.titles.values()))}

    def expect(address: str, *texts: str, status: int = 200) -> None:
        wanted.setdefault(address, (status, set()))[1].update(texts)

    for row in told.comments(current=True):
        page, author = told.titles[row["page_id"]], told.authors[row["author_id"]]
        ident = row["ident"]
        expect(told.page(page), f'id="{escape(ident)}"', row["html"], escape(author))
        expect(f"/comment/{quote(ident)}", row["html"])
        expect(f"/author/{told.wiki}/{quote(author)}", row["html"])
        expect(f"/search?q={quote(row['text'].split()[0])}", quote(ident))
        expect(f"/history/{told.wiki}/{quote(ident)}", row["text"].split()[0])
    for row in told.comments(current=False):
        expect(f"/comment/{quote(row['ident'])}", row["html"], status=410)
    for row in told.rows["threads.FormerId"]:
        expect(f"/comment/{quote(row['ident'])}", told.titles[row["page_id"]])
    for row in told.rows["threads.FormerTitle"]:
        expect(told.page(row["title"]), told.titles[row["page_id"]])
    for row in told.rows["threads.UnsignedText"]:
        if row["is_current"] == "True":
            # Links are led elsewhere when they are shown.
            expect(told.page(told.titles[row["page_id"]]), row["html"].partition("<a ")[0])
            if row.get("author_id"):
                expect(f"/author/{told.wiki}/{quote(told.authors[row['author_id']])}")
    for row in told.rows["threads.Collection"]:
        expect(f"/collection/{row['slug']}/", row["title"], row["introduction"])
    return wanted


def test_archives_of_released_states_are_kept() -> None:
    assert {
        "0002_words",
        "0004_history",
        "0011_operations",
        "0014_outcomes",
        "0018_collected_topics",
    } <= {path.stem for path in KEPT}


@pytest.mark.parametrize(
    "kept", [path for path in KEPT if path.stem == "0004_history"], ids=["history"], indirect=True
)
def test_an_upgraded_archive_still_knows_who_wrote_what_nobody_signed(
    kept: Path, found: Found
) -> None:
    fog, old = (Kept(kept).page(title) for title in ("Talk:Fog", "Talk:Old"))
    shown = {
        address: " ".join(LexborHTMLParser(found[address][1]).text().split())
        for address in (fog, old)
    }
    assert re.search(r"added by Dan,[^.]*according to the history ?The fog hides", shown[fog])
    assert re.search(r"added by Eve,[^.]*according to the history ?The bell has", shown[fog])
    assert re.search(r"Ben, not dated.*A bell, perhaps\?.*Cyd 12 March 2003 ", shown[old])


def test_readers_find_all_of_an_older_archive_after_migrating(kept: Path, found: Found) -> None:
    wanted = expected(Kept(kept))
    assert {address: status for address, (status, _html) in found.items()} == {
        address: status for address, (status, _texts) in wanted.items()
    }
    missing = [
        (address, text)
        for address, (_status, texts) in wanted.items()
        for text in texts
        if " ".join(text.split()) not in found[address][1]
    ]
    assert missing == []


def test_an_older_archive_has_its_sums_after_migrating(kept: Path, upgraded: Upgraded) -> None:
    assert upgraded.recounted.startswith("All totals were correct.")
    told = Kept(kept)
    counted = f"{len(told.titles)} talk pages · {len(list(told.comments(current=True)))} comments"
    assert counted in upgraded.found["/"][1]


def test_an_upgraded_archive_can_be_exported_and_loaded(upgraded: Upgraded, tmp_path: Path) -> None:
    with archive(tmp_path / "empty") as empty:
        assert_loaded(upgraded.lines, upgraded.rows, empty, tmp_path)


def test_an_older_archive_takes_imports_after_migrating(kept: Path, upgraded: Upgraded) -> None:
    told, found = Kept(kept), upgraded.found_when_written
    assert upgraded.recounted_when_written.startswith("All totals were correct.")
    assert {status for status, _html in found.values()} == {200}
    assert "10 March 2003</time>" in found["/search?q=cobwebs"][1]
    assert "<bdi>Wren</bdi></b>" in found[told.page("Talk:Old")][1]
    assert "impossible date" in found[told.page("Talk:Old")][1]
