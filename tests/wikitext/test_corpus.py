"""The parser against DiscussionTools on real talk pages (see reference.py)."""

import io
import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from threads.wikitext import parse_page
from threads.wikitext.__main__ import main
from threads.wikitext.site.languages import profile_for
from threads.wikitext.site.timestamps import TimestampPattern

from .reference import CORPUS, SAMPLES

CASES = sorted(path.parent for path in CORPUS.glob("cases/*/expected.json"))
Figures = Mapping[str, float]


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
        ("found", "comments", 0.995),
        ("parent", "comments", 0.99),
        ("level", "comments", 0.99),
        ("id", "comments", 0.985),
        ("heads", "headings", 0.995),
        ("text", "texts", 0.98),
    ],
)
def test_what_discussiontools_finds_is_found(
    scores: dict[str, Figures], figure: str, of: str, floor: float
) -> None:
    totals = total(scores.values())
    assert totals[figure] >= floor * totals[of]


def test_little_is_found_that_discussiontools_does_not_find(scores: dict[str, Figures]) -> None:
    """Where it was shown the templates: of the other pages it does not know what stands in
    the templates' arguments."""
    figures = total(score for name, score in scores.items() if not name.startswith("en-talk-"))
    assert figures.get("extra", 0) <= 0.005 * figures["comments"]


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
