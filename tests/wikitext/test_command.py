"""The command line: wikitext in, JSON out, and one line about what was wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = """\
Be kind.
== Lamp ==
It is out. [[User:Heron|Heron]] 10:08, 21 June 2019 (UTC) Yes. [[User:Otter|Otter]] 11:08, \
21 June 2019 (UTC) [[User:Lark|Lark]] 12:08, 21 June 2019 (UTC)
"""
SPAN = {"start", "end"}
PLACE = {"type", "id", "parent", "level"} | SPAN


def run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "threads.wikitext", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=False)


def output(*arguments: str | Path, given: bytes = b"") -> dict[str, Any]:
    """What a run prints that goes well."""
    result = run(*arguments, given=given)
    assert (result.returncode, result.stderr) == (0, b"")
    page: dict[str, Any] = json.loads(result.stdout)
    return page


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.wikitext"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_is_printed_as_json(page: Path) -> None:
    printed = output(page, "--title", "Talk:Harbour_lights")
    assert set(printed) == {"title", "items", "boxes", "closures", "decisions", "problems"}
    assert printed["title"] == "Talk:Harbour lights"
    types = [item["type"] for item in printed["items"]]
    assert types == ["heading", "unsigned", "heading", "comment", "comment"]
    assert "".join(PAGE[item["start"] : item["end"]] for item in printed["items"]) == PAGE


def test_a_heading_has_its_text_and_number(page: Path) -> None:
    placeholder, _, heading, *_ = output(page, "--title", "Talk:X")["items"]
    assert set(heading) >= PLACE | {"name", "heading", "heading_level", "placeholder"}
    assert (placeholder["placeholder"], placeholder["heading"]) == (True, "")
    assert (heading["placeholder"], heading["heading"]) == (False, "Lamp")
    assert (heading["heading_level"], heading["level"], heading["parent"]) == (2, 0, None)
    assert heading["id"] == "h-Lamp-2019-06-21T10:08:00.000Z"
    assert heading["name"] == "h-Heron-2019-06-21T10:08:00.000Z"


def test_a_comment_has_its_author_time_and_text(page: Path) -> None:
    *_, heading, host, inline = output(page, "--title", "Talk:X")["items"]
    fields = {"name", "author", "timestamp", "text", "html", "inline", "cosigners"}
    assert set(host) >= PLACE | fields
    assert host["timestamp"] == "2019-06-21T10:08:00Z"
    assert (host["author"], host["text"], host["html"]) == (
        "Heron",
        "It is out.",
        "<p>It is out.</p>",
    )
    assert (host["parent"], host["inline"], host["cosigners"]) == (heading["id"], False, [])
    assert (inline["parent"], inline["inline"]) == (host["id"], True)
    assert [other["author"] for other in inline["cosigners"]] == ["Lark"]


def test_unsigned_text_has_its_text(page: Path) -> None:
    unsigned = output(page, "--title", "Talk:X")["items"][1]
    assert set(unsigned) >= PLACE | {"text", "html"}
    assert (unsigned["text"], unsigned["html"]) == ("Be kind.", "<p>Be kind.</p>")


def test_a_problem_has_its_code_sentence_and_place() -> None:
    (problem,) = output("-", "--title", "Talk:X", given=b"It is out.")["problems"]
    assert set(problem) == {
        "code",
        "message",
        "start",
        "end",
        "severity",
        "section",
        "heading",
        "item",
        "excerpt",
    }
    assert (problem["code"], problem["start"], problem["end"]) == ("no-signature", 0, 10)


def test_the_page_may_come_from_standard_input(page: Path) -> None:
    assert output("-", "--title", "Talk:X", given=PAGE.encode()) == output(
        page, "--title", "Talk:X"
    )


def test_a_year_before_1000_has_four_digits() -> None:
    text = b"It is out. [[User:Heron]] 10:08, 21 June 0019 (UTC)"
    *_, comment = output("-", "--title", "Talk:X", given=text)["items"]
    assert comment["timestamp"] == "0019-06-21T10:08:00Z"


def test_language_and_time_zone_are_the_wikis() -> None:
    text = "Die Lampe ist aus. [[Benutzerin:Heron]] 10:08, 21. Jun. 2019 (CEST)"
    options = ("--language", "de", "--timezone", "Europe/Berlin")
    *_, comment = output("-", "--title", "Diskussion:X", *options, given=text.encode())["items"]
    assert (comment["author"], comment["timestamp"]) == ("Heron", "2019-06-21T08:08:00Z")


def test_a_profile_says_what_the_wiki_has_of_its_own(tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text('{"formats": ["j F Y H:i"], "user": ["Keeper"]}', encoding="utf-8")
    text = b"It is out. [[Keeper:Heron]] 21 June 2019 10:08 (UTC)"
    *_, comment = output("-", "--title", "Talk:X", "--profile", profile, given=text)["items"]
    assert (comment["author"], comment["timestamp"]) == ("Heron", "2019-06-21T10:08:00Z")


def test_an_empty_page_has_nothing_to_show() -> None:
    items = output("-", "--title", "Talk:X")["items"]
    assert [item["type"] for item in items if not item.get("placeholder")] == []


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["no-such-file"], "no-such-file"),
        (["."], "."),
        (["latin1"], "latin1"),
        (["page", "--language", "xx-none"], "“xx-none”"),
        (["page", "--timezone", "Mars/Olympus"], "“Mars/Olympus”"),
        (["page", "--profile", "no-such-profile"], "no-such-profile"),
        (["page", "--profile", "page"], "page"),
        (["page", "--profile", "unknown-field"], "“month”"),
        (["page", "--profile", "list"], "JSON object"),
        (["page", "--profile", "no-year"], "“H:i, j F” has no year"),
    ],
)
def test_bad_input_ends_with_code_2_and_one_line_that_names_it(
    tmp_path: Path, options: list[str], named: str
) -> None:
    (tmp_path / "page").write_text(PAGE, encoding="utf-8")
    (tmp_path / "latin1").write_bytes("Die Lampe ist schön.".encode("latin-1"))
    (tmp_path / "unknown-field").write_text('{"month": []}', encoding="utf-8")
    (tmp_path / "no-year").write_text('{"formats": ["H:i, j F"]}', encoding="utf-8")
    (tmp_path / "list").write_text('["formats"]', encoding="utf-8")
    command = [sys.executable, "-m", "threads.wikitext", "--title", "Talk:X", *options]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert named in line.removeprefix("python -m threads.wikitext: ")


def test_a_title_is_asked_for(page: Path) -> None:
    result = run(page)
    assert result.returncode == 2
    assert b"--title" in result.stderr
    assert b"Traceback" not in result.stderr
