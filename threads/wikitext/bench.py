"""What parsing a page costs, beside a bare mwparserfromhell.parse of the same text.

python -m threads.wikitext.bench FILE… [--language en] [--timezone UTC] [--rounds 9]

The two take turns in one process, so that a machine's changing speed meets both; what
counts is the ratio of the medians. Parsing here gives everything: items, ids, text, HTML.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

import mwparserfromhell

from . import parse_page


def seconds(work: Callable[[], object]) -> float:
    """How much of the processor's time one call takes."""
    begin = process_time()
    work()
    return process_time() - begin


def compare(text: str, language: str, timezone: str, rounds: int) -> tuple[float, float]:
    """The medians, in seconds, of parsing here and of the bare parse."""
    ours, bare = [], []
    read = partial(parse_page, text, title="Talk:Bench", language=language, timezone=timezone)
    for _ in range(rounds):
        ours.append(seconds(read))
        bare.append(seconds(lambda: mwparserfromhell.parse(text)))
    return median(ours), median(bare)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m threads.wikitext.bench", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--language", default="en", help="MediaWiki's code (default: en)")
    parser.add_argument("--timezone", default="UTC", help="IANA name (default: UTC)")
    parser.add_argument("--rounds", type=int, default=9, help="of each (default: 9)")
    given = parser.parse_args()
    for path in given.files:
        text = path.read_text(encoding="utf-8")
        ours, bare = compare(text, given.language, given.timezone, given.rounds)
        sys.stdout.write(
            f"{path.name}: {len(text):,} characters, parse_page {ours * 1000:.1f} ms, "
            f"mwparserfromhell.parse {bare * 1000:.1f} ms, ratio {ours / bare:.2f}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
