"""The parser against DiscussionTools on real talk pages (see reference.py)."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from threads.wikitext import parse_page
from threads.wikitext.site.languages import profile_for
from threads.wikitext.site.timestamps import TimestampPattern

from .reference import CORPUS, SAMPLES

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent for path in CORPUS.glob("cases/*/expected.json"))
COMMAND = (
    f"{sys.executable} -m threads.wikitext "
    "{file} --title {title} --language {language} --timezone {timezone}"
)


@pytest.fixture(scope="module")
def totals() -> dict[str, float]:
    """The scorer's totals over all cases."""
    return score()


def score(*cases: str) -> dict[str, float]:
    """The scorer's totals over some cases, or all."""
    result = subprocess.run(
        [sys.executable, CORPUS / "score.py", "--json", "--cmd", COMMAND, *cases],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    scored: dict[str, float] = json.loads(result.stdout.splitlines()[-1])
    return scored


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
    totals: dict[str, float], figure: str, of: str, floor: float
) -> None:
    assert totals[figure] >= floor * totals[of]


def test_little_is_found_that_discussiontools_does_not_find() -> None:
    """Where it was shown the templates: of the other pages it does not know what stands in
    the templates' arguments."""
    shown = [case.name for case in CASES if not case.name.startswith("en-talk-")]
    figures = score(*shown)
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
