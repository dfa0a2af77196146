"""What a dump has that is not imported is counted, and told with what can be done."""

from pathlib import Path

import pytest

from tests.ingest.exports import SIGNED, export, page, revision
from threads.ingest.sources.dump import dump, dump_info
from threads.models import Wiki

WIKI = Wiki(dbname="lanternwiki")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lanternwiki.xml"


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Talk:A", True),
        ("talk:A", True),
        ("User_talk:Ada", True),
        ("LT:A", True),
        ("Lamps", False),
        ("Talking: a history", False),
        ("User:Ada", False),
    ],
)
@pytest.mark.parametrize("schema", ["0.3", "0.4", "0.5"])
def test_old_schemas_tell_the_namespace_by_the_title_alone(
    file: Path, title: str, taken: bool, schema: str
) -> None:
    file.write_text(export(page(title), schema=schema).replace("<ns>1</ns>", ""))
    wiki = Wiki(dbname="lanternwiki", namespaces=dict(dump_info([file]).namespaces))

    assert bool(list(dump([file], wiki=wiki).revisions)) == taken


def test_what_is_no_talk_page_is_counted(file: Path) -> None:
    board = page("Topic:X", revision(model="flow-board"), ns=2600, number=3)
    threads = [page(f"Thread:A/{n}", ns=90, number=n) for n in (4, 5)]
    articles = [page(f"Lamp {n}", ns=0, number=n) for n in range(10, 1210)]
    board_in_project = page("Lanternwiki:B", revision(model="flow-board"), ns=4, number=6)
    file.write_text(export(board, *threads, *articles, board_in_project))
    source = dump([file], wiki=WIKI)

    assert not list(source.revisions)

    assert source.omissions and source.omissions.loses
    others, liquid, flow = source.omissions.told(0, ended=True)
    assert others == (
        "No talk pages found. The dump contains 1,204 pages, all in other namespaces (0: "
        "1,200, 90: 2, 2600: 1, 4: 1). Use a dump with talk pages, such as "
        "“pages-meta-current”."
    )
    assert liquid.startswith("2 LiquidThreads pages were skipped")
    assert flow.startswith("2 Structured Discussions (Flow) pages were skipped")


def test_project_pages_that_nobody_signed_are_counted(file: Path) -> None:
    file.write_text(export(page("Lanternwiki:Rules", revision("No lamps."), ns=4)))
    source = dump([file], wiki=WIKI, project=True)

    assert not list(source.revisions)

    assert source.omissions and not source.omissions.loses
    assert source.omissions.told(0, ended=True) == [
        "1 project page without signatures was skipped."
    ]


def test_once_somebody_signed_a_project_page_its_later_revisions_count(file: Path) -> None:
    states = [revision(text, number=n) for n, text in enumerate(["Rules.", SIGNED, "Empty."], 1)]

    file.write_text(export(page("Lanternwiki:A", *states, ns=4)))
    found = dump([file], wiki=WIKI, project=True, history=True).revisions

    assert [getattr(given, "number", None) for given in found] == [2, 3]
