"""A file that lacks lines, or has others, is refused wherever that is; older ones have no end."""

import json
import re
from collections import Counter

import pytest

from tests.export.loaded import emptied
from threads.export import FORMATS, Selection, UnusableExport, load
from threads.models import Collection, PrivacyRule, TalkPage, Wiki
from threads.privacy import mask_addresses, save_rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

WEATHER = (
    "== Tide ==\nHigh. [[User:Ada|Ada]] 08:00, 1 May 2020 (UTC)\n: Low. [[User:Ben|Ben]] 09:00, \
1 May 2020 (UTC)\n"
)


@pytest.fixture
def lines() -> list[bytes]:
    """Those of the archive, which is empty afterwards."""
    save_rule(mask_addresses(Wiki.objects.get(dbname="pierwiki")), reason="By mail.")
    data = exported()
    emptied()
    return data.splitlines(keepends=True)


def exported() -> bytes:
    return b"".join(FORMATS["jsonl"].write(Selection()))


def refused(lines: list[bytes]) -> str:
    """Why these lines are not loaded; nothing of them is kept."""
    with pytest.raises(UnusableExport) as caught:
        load(lines, lambda _done: None)
    for model in (Wiki, TalkPage, Collection, PrivacyRule):
        assert not model._default_manager.exists()
    return str(caught.value)


def test_the_last_line_counts_all_others(lines: list[bytes]) -> None:
    *others, last = map(json.loads, lines)
    assert last == {"type": "end", "lines": Counter(line["type"] for line in others)}


def test_a_file_that_was_cut_at_any_line_is_refused(lines: list[bytes]) -> None:
    for number in range(1, len(lines)):
        said = refused(lines[:number])
        assert f"its last line is number {number}," in said
        assert "export --output archive.jsonl" in said


def test_a_file_without_any_one_of_its_lines_is_refused(lines: list[bytes]) -> None:
    for number in range(1, len(lines) - 1):
        said = refused([*lines[:number], *lines[number + 1 :]])
        assert re.search(r"\b[Ll]ines? \d", said), said


def test_what_is_missing_is_named(lines: list[bytes]) -> None:
    number = max(place for place, line in enumerate(lines) if b'"type":"comment"' in line)
    found = sum(b'"type":"comment"' in line for line in lines)
    said = refused([*lines[:number], *lines[number + 1 :]])
    assert f"line {len(lines) - 1} counts {found} lines of type “comment”" in said
    assert f"there are {found - 1}" in said


def test_lines_after_the_end_are_refused(lines: list[bytes]) -> None:
    assert "after the line of type “end”" in refused([*lines, *lines])


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_older_version_has_no_end(lines: list[bytes], version: int) -> None:
    first = lines[0].replace(b'"version":3', b'"version":%d' % version)
    older = [first, *(line.replace(b',"holds":true', b"") for line in lines[1:-1])]
    assert older != lines
    load(older, lambda _done: None)
    assert exported().splitlines(keepends=True) == lines


def test_a_missing_parent_is_told_as_such(lines: list[bytes]) -> None:
    number = next(place for place, line in enumerate(lines) if b'"parent":"c-' in line)
    lines[number] = re.sub(rb'"parent":"c-[^"]+"', b'"parent":"c-Nobody"', lines[number])
    said = refused(lines)
    assert "not found in the lines above: comment “c-Nobody”" in said
    first, last = map(int, re.findall(r"lines (\d+) to (\d+)", said)[0])
    assert first <= number + 1 <= last
