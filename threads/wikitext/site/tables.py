"""The tables of data/, which its README describes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The table of that name."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


def row_of(name: str, scope: str) -> dict[str, Any]:
    """One row of a table; {} where it has none of that scope."""
    return dict(table(name).get(scope, {}))


def interwiki_table() -> dict[str, dict[str, str]]:
    """Prefixes of other wikis: "projects" and "wikis" of data/interwiki.json."""
    return table("interwiki")


def historic_table() -> dict[str, Any]:
    """Dates of former years: "languages", "zones", "clocks" of data/historic.json."""
    return table("historic")
