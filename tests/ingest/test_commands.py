"""The command line: one line for what was done, and one for what could not be."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from talkarchive.bootstrap import BASE_DIR
from threads.ingest.errors import BadInput
from threads.management.commands import import_dump, import_wiki
from threads.management.commands import import_page as import_page_command
from threads.management.progress import refusal
from threads.models import Comment, ImportRun, Revision, TalkPage, Wiki

TEXT = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lights.wikitext"
    path.write_text(TEXT)
    return path


def import_page(file: Path | str, *options: str) -> str:
    output = io.StringIO()
    call_command("import_page", str(file), *options, stdout=output)
    return output.getvalue()


def test_a_file_becomes_a_page_and_a_line_says_so(db: None, file: Path) -> None:
    said = import_page(file, "--wiki=metawiki", "--title=talk:Harbour_lights")

    assert said == "Talk:Harbour lights: 1 new. The page now has 1 topic and 1 comment.\n"
    assert TalkPage.objects.get().wiki.server == "https://meta.wikimedia.org"


def test_standard_input_is_read_for_a_dash(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(TEXT.encode()))
    monkeypatch.setattr("sys.stdin", stdin)

    import_page("-", "--wiki=metawiki", "--title=Talk:Lights")

    assert Comment.objects.get().text == "Lit?"


def test_the_wikis_own_revision_can_be_given(db: None, file: Path) -> None:
    options = ("--revision=48211", "--timestamp=2022-07-13T09:20:00+02:00")
    import_page(file, "--wiki=metawiki", "--title=Talk:Lights", *options)

    revision = Revision.objects.get()
    assert revision.number == 48211
    assert revision.timestamp and revision.timestamp.isoformat() == "2022-07-13T07:20:00+00:00"


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        (b"", [], "is empty"),
        (b"\0\1\2", [], "is a binary file"),
        (b"caf\xe9", [], "is not valid UTF-8 (line 1, byte 3"),
        (b"x" * (8 * 1024 * 1024 + 1), [], "exceeds the limit"),
        (b"x", ["--title=Talk:<script>"], "“<”"),
        (b"x", ["--title="], "Enter the full page title"),
        (b"x", ["--language=nonsense"], "no language “nonsense”"),
        (b"x", ["--timezone=Mars/Sol"], "no time zone “Mars/Sol”"),
        (b"x", ["--wiki=Not a name"], "is not a valid database name"),
        (b"x", ["--wiki=mywiki", "--language=en"], "database name of Burmese Wikipedia"),
    ],
)
def test_bad_input_ends_with_2_and_nothing_is_saved(
    db: None, file: Path, data: bytes, options: list[str], said: str
) -> None:
    file.write_bytes(data)

    with pytest.raises(CommandError) as refused:
        usual = {"--wiki": "lanternwiki", "--title": "Talk:Lights"}
        given = usual | dict(option.split("=") for option in options)
        import_page(file, *(f"{name}={value}" for name, value in given.items()))

    assert refused.value.returncode == 2
    assert said in str(refused.value)
    assert not (Wiki.objects.exists() or TalkPage.objects.exists() or ImportRun.objects.exists())


def test_a_file_that_is_not_there_ends_with_2(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no such file") as refused:
        import_page(tmp_path / "none", "--wiki=metawiki", "--title=Talk:Lights")

    assert refused.value.returncode == 2


def test_a_revision_conflict_ends_with_1(db: None, file: Path) -> None:
    options = ("--wiki=metawiki", "--title=Talk:Lights", "--revision=5")
    import_page(file, *options)
    file.write_text("Other.")

    with pytest.raises(CommandError, match="already exists with different text") as refused:
        import_page(file, *options)

    assert refused.value.returncode == 1


def test_an_error_that_nobody_foresaw_ends_with_1_and_a_sentence(
    db: None, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("the lamp broke")

    monkeypatch.setattr("threads.ingest.runs.runner.room_to_write", fail)

    with pytest.raises(CommandError, match=r"could not be imported\. An error in talk") as ended:
        import_page(file, "--wiki=metawiki", "--title=Talk:Lights")

    assert ended.value.returncode == 1


@pytest.mark.parametrize(
    "options",
    [["--wiki=metawiki"], ["--title=Talk:A", "--wiki=metawiki", "--timestamp=soon"]],
    ids=["no title", "no time"],
)
def test_the_shell_sees_2_and_no_traceback(tmp_path: Path, options: list[str]) -> None:
    command: list[Any] = [sys.executable, BASE_DIR / "manage.py", "import_page", "-"]
    done = subprocess.run([*command, *options], input=b"x", capture_output=True, check=False)

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [import_dump, import_page_command, import_wiki])
def test_what_cannot_be_used_is_named_by_an_option_that_there_is(command: Any) -> None:
    parser = command.Command().create_parser("talkarchive", "import")

    for options in command.OPTIONS.values():
        for option in options.split(", "):
            assert option in parser._option_string_actions
    error = BadInput("dbname", "It is missing.")
    assert str(refusal(error, command.OPTIONS)) == "--wiki: It is missing."


def test_what_was_noticed_on_a_page_is_told_with_its_place(db: None, file: Path) -> None:
    file.write_text("Hi.\n\n== Lamps ==\nLit. [[User:Ada]]\n\nOut. 10:00, 1 May 2019 (UTC)\n")

    said = import_page(file, "--wiki=lanternwiki", "--title=Talk:Lights").splitlines()

    assert "Timestamp without" not in said[0]
    assert any(
        line.startswith("Line 6, “Lamps”: Timestamp without a user link") for line in said
    ), said
