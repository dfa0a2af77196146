"""The columns that hold names or words and are not made from a page's wikitext, and what a
redaction makes of each."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from threads.privacy.withheld.originals import Originals
from threads.wikitext.redaction.comments import without_quotes
from threads.wikitext.redaction.redacting import Redaction

Change = Callable[[Redaction, Any], Any]


def _ident(redaction: Redaction, value: Any) -> Any:
    return redaction.ident(value)


def _title(redaction: Redaction, value: Any) -> Any:
    return redaction.title(value)


def _data(redaction: Redaction, value: Any) -> Any:
    return redaction.data(value)


def _log(redaction: Redaction, value: str) -> Any:
    """What imports said: before archives kept which corrections fail, with words of those."""
    for taken in redaction.comments:
        value = without_quotes(value, taken)
    return redaction.data(value)


OF_TITLES: dict[str, Change] = {"title": _title}
OF_RUNS: dict[str, Change] = {"parameters": _data, "log": _log}
OF_ITEMS: dict[str, Change] = {"title": _title, "log": _log, "problems": _data}
# What is made from wikitext: of rows that no kept revision tells of any more.
OF_UNTOLD: dict[str, Change] = {
    "ident": _ident,
    "name": _ident,
    **dict.fromkeys(("heading", "anchor", "html", "text"), _data),
    **dict.fromkeys(("closures", "decision", "boxes", "cosigners", "stance"), _data),
}


def redact_rows(
    rows: Iterable[Any],
    columns: Mapping[str, Change],
    redaction: Redaction,
    originals: Originals,
) -> list[Any]:
    """Change rows of one kind; out: those that are others than before, unsaved."""
    changed = []
    for row in rows:
        there = [name for name in columns if hasattr(row, name)]
        before = {name: getattr(row, name) for name in there}
        for name in there:
            original = originals.of(row, name, before[name])
            shown = columns[name](redaction, original)
            originals.settle(row, name, original, shown)
            setattr(row, name, shown)
        if any(getattr(row, name) != before[name] for name in there):
            changed.append(row)
    return changed
