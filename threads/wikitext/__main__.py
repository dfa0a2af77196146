"""Print what a talk page holds, as JSON: python -m threads.wikitext FILE --title TITLE."""

import argparse
import json
import sys
from pathlib import Path

from . import BadProfile, UnknownLanguage, UnknownTimezone, parse_page
from .as_json import page_as_json, value_as_json


def _decoded(name: str) -> str:
    """The text of a file in UTF-8, or of standard input for "-"."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        error.reason = f"{name} is not UTF-8: byte {error.start} ({error.reason})"
        raise


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
    found = page_as_json(page, unchecked=given.unchecked)
    json.dump(found, sys.stdout, default=value_as_json, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
