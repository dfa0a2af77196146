"""Print what a talk page holds, as JSON: python -m threads.wikitext FILE --title TITLE."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from . import BadProfile, UnknownLanguage, UnknownTimezone, parse_page
from .model import Comment, Item, Section

KINDS = {Section: "heading", Comment: "comment"}


def as_json(item: Item) -> dict[str, Any]:
    """One item, as the output has it."""
    return {"type": KINDS.get(type(item), "unsigned"), **asdict(item)}


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    raise TypeError(f"no JSON for {value!r}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m threads.wikitext", description=__doc__)
    parser.add_argument("file", help="the page's wikitext in UTF-8; - for standard input")
    parser.add_argument("--title", required=True, help="its full title on the wiki")
    parser.add_argument("--language", default="en", help="MediaWiki's code (default: en)")
    parser.add_argument("--timezone", default="UTC", help="IANA name (default: UTC)")
    parser.add_argument(
        "--profile", type=Path, help="a JSON file with what the wiki has of its own"
    )
    given = parser.parse_args()
    try:
        raw = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
        profile = json.loads(given.profile.read_text(encoding="utf-8")) if given.profile else None
        page = parse_page(
            raw.decode(),
            title=given.title,
            language=given.language,
            timezone=given.timezone,
            profile=profile,
        )
    except (OSError, ValueError, BadProfile, UnknownLanguage, UnknownTimezone) as error:
        parser.exit(2, f"{parser.prog}: {error}\n")
    result = {
        "title": page.title,
        "items": [as_json(item) for item in page.items],
        "problems": [asdict(problem) for problem in page.problems],
    }
    json.dump(result, sys.stdout, default=_value, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
