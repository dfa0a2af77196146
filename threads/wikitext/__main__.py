"""Print what a talk page holds, as JSON: python -m threads.wikitext FILE --title TITLE."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from . import BadProfile, UnknownLanguage, UnknownTimezone, parse_page
from .model import Comment, Item, ParsedPage, Section

KINDS = {Section: "heading", Comment: "comment"}


def as_json(item: Item, *, with_position: bool = True) -> dict[str, Any]:
    """One item, as the output has it."""
    values = {"type": KINDS.get(type(item), "unsigned"), **asdict(item)}
    if isinstance(item, Comment) and not with_position:
        values["position"] = None
    return values


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    raise TypeError(f"no JSON for {value!r}")


def _decoded(name: str) -> str:
    """The text of a file in UTF-8, or of standard input for "-"."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        error.reason = f"{name} is not UTF-8: byte {error.start} ({error.reason})"
        raise


def _printed(page: ParsedPage, *, unchecked: bool) -> dict[str, Any]:
    """What is printed of a page."""
    with_positions = page.positions_checked or unchecked
    with_decisions = page.decisions_checked or unchecked
    return {
        "title": page.title,
        "items": [as_json(item, with_position=with_positions) for item in page.items],
        "closures": [asdict(closure) for closure in page.closures],
        "boxes": [asdict(box) for box in page.boxes],
        "decisions": [asdict(decision) for decision in page.decisions if with_decisions],
        "problems": [asdict(problem) for problem in page.problems],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m threads.wikitext", description=__doc__)
    parser.add_argument("file", help="the page's wikitext in UTF-8; - for standard input")
    parser.add_argument("--title", required=True, help="its full title on the wiki")
    parser.add_argument("--language", default="en", help="MediaWiki's code (default: en)")
    parser.add_argument("--timezone", default="UTC", help="IANA name (default: UTC)")
    parser.add_argument("--profile", help="a JSON file with what the wiki has of its own")
    parser.add_argument("--wiki", default="", help="database name of one of Wikimedia's wikis")
    parser.add_argument(
        "--unchecked",
        action="store_true",
        help="positions and decisions also in languages whose words nobody has checked on pages",
    )
    given = parser.parse_args()
    try:
        page = parse_page(
            _decoded(given.file),
            title=given.title,
            language=given.language,
            timezone=given.timezone,
            profile=json.loads(_decoded(given.profile).removeprefix("\ufeff"))
            if given.profile
            else None,
            wiki=given.wiki,
        )
    except OSError as error:
        parser.exit(2, f"{parser.prog}: {error.filename} cannot be read: {error.strerror}\n")
    except (BadProfile, UnknownLanguage, UnknownTimezone) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    except json.JSONDecodeError as error:
        parser.exit(2, f"{parser.prog}: {given.profile} is not JSON: {error}\n")
    except UnicodeDecodeError as error:
        parser.exit(2, f"{parser.prog}: {error.reason}\n")
    json.dump(
        _printed(page, unchecked=given.unchecked), sys.stdout, default=_value, ensure_ascii=False
    )
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
