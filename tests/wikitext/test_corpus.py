"""The parser against DiscussionTools on real talk pages (see reference.py)."""

import io
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from talkarchive.bootstrap import BASE_DIR
from threads.wikitext import parse_page
from threads.wikitext.__main__ import main
from threads.wikitext.site.languages import profile_for
from threads.wikitext.site.timestamps import TimestampPattern

from .reference import CORPUS, HISTORIC_SAMPLES, SAMPLES, VOTES

CASES = sorted(path.parent for path in CORPUS.glob("cases/*/expected.json"))
Figures = Mapping[str, float]
# Signatures that DiscussionTools does not have, and somebody wrote, each looked at: in arguments
# of templates that were not expanded for it, with signature pages whose user has another name
# now, with dates of 2004 and 2005, without a time of day, one without its last bracket, and one
# whose time was added later.
REAL = {
    "dump-wikipedia-loeschkandidaten-12-april-2005": 3,
    "dump-wikipedia-loeschkandidaten-6-juli-2011": 1,
    "en-talk-558617879": 5,
    "fr-unsigned-parsoid": 19,
    "parsoid-sections": 3,
    "pl-big-parsoid": 1,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Figures]:
    """The scorer's figures, by case."""
    scorer = run_path(str(CORPUS / "score.py"))
    return {case.name: scorer["score"](*facts(case)) for case in CASES}


def facts(case: Path) -> tuple[Any, ...]:
    """What the scorer compares: expected items, ours, and what else is known of the page."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    known = (
        json.loads(path.read_text()) if (path := case / name).exists() else ()
        for name in ("texts.json", "more.json")
    )
    return expected, printed(case)["items"], [], *known


def printed(case: Path) -> dict[str, Any]:
    """What the parser's command prints for a page."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    options = [f"--{name}={meta[name]}" for name in ("title", "language", "timezone")]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as output:
        patch.setattr(sys, "argv", ["threads.wikitext", str(case / "page.wikitext"), *options])
        assert main() == 0
    answer: dict[str, Any] = json.loads(output.getvalue())
    return answer


def total(scores: Iterable[Figures]) -> Figures:
    """The sum of each figure."""
    figures: dict[str, float] = {}
    for score in scores:
        for name, number in score.items():
            figures[name] = figures.get(name, 0) + number
    return figures


@pytest.mark.parametrize(
    ("figure", "of", "floor"),
    [
        ("found", "comments", 0.999),
        ("parent", "comments", 0.995),
        ("level", "comments", 0.995),
        ("id", "comments", 0.995),
        ("heads", "headings", 0.995),
        ("hid", "headings", 0.995),
        ("more", "beyond", 0.98),
        ("text", "texts", 0.993),
    ],
)
def test_what_discussiontools_finds_is_found(
    scores: dict[str, Figures], figure: str, of: str, floor: float
) -> None:
    totals = total(scores.values())
    assert totals[figure] >= floor * totals[of]


def test_little_is_found_that_discussiontools_does_not_find(scores: dict[str, Figures]) -> None:
    assert {name: score["extra"] for name, score in scores.items() if score["extra"]} == REAL


def test_few_comments_are_parted(scores: dict[str, Figures]) -> None:
    figures = total(scores.values())
    assert figures["parted"] <= 0.05 * figures["comments"]


def test_positions_and_decisions_are_those_that_a_reader_sees() -> None:
    """The scorer prints its totals as JSON in its last line."""
    truth, cases = VOTES / "votes.json", CORPUS / "cases"
    command = [sys.executable, str(VOTES / "score_votes.py"), str(truth), str(cases)]
    run = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    totals = json.loads(run.stdout.splitlines()[-1])
    assert totals["right"] >= 0.97 * totals["given"]
    assert totals["recalled"] >= 0.85 * totals["wanted"]
    assert totals["decisions_right"] >= 0.97 * totals["decisions"]
    assert totals["decisions_right"] >= 0.95 * totals["decided"]


def test_dates_of_former_years_are_read_to_the_minute() -> None:
    samples = json.loads(HISTORIC_SAMPLES.read_text(encoding="utf-8"))
    missed = [sample for sample in samples if not is_read(sample)]
    assert len(missed) <= 0.02 * len(samples), missed


def is_read(sample: Mapping[str, str]) -> bool:
    """Whether a signature with this date is read as what it means."""
    page = parse_page(
        f"Lit. [[User:Heron]] {sample['text']}",
        title="Talk:Lamps",
        language=sample["language"],
        timezone=sample.get("zone", "UTC"),
    )
    whole_day = len("2004-01-31")
    meant = sample["utc"][: len("2004-01-31T10:08") if len(sample["utc"]) > whole_day else None]
    return any(
        comment.timestamp.isoformat().startswith(meant)
        and (comment.precision == "day") == (len(sample["utc"]) == whole_day)
        for comment in page.comments
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_items_of_a_page_are_its_text(case: Path) -> None:
    facts = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    text = (case / "page.wikitext").read_bytes().decode()
    page = parse_page(
        text, title=facts["title"], language=facts["language"], timezone=facts["timezone"]
    )
    assert "".join(text[item.start : item.end] for item in page.items) == text
    assert len({item.id for item in page.items}) == len(page.items)


def test_all_timestamps_that_mediawiki_wrote_are_read_to_the_minute() -> None:
    samples = json.loads(SAMPLES.read_text(encoding="utf-8"))
    patterns = {
        code: TimestampPattern(profile_for(code)) for code in {s["language"] for s in samples}
    }
    for sample in samples:
        stamp = patterns[sample["language"]].find(sample["text"])
        assert stamp is not None, sample
        assert stamp.when == datetime.fromisoformat(sample["timestamp_iso_utc"]), sample
        # A reader is shown no blank at the beginning, and some formats have one there.
        assert sample["text"][: stamp.start].strip() == "", sample
        assert stamp.end == len(sample["text"]), sample
