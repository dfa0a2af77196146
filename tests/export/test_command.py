"""What `export` refuses, and in which words."""

import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def refused(*given: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("export", *given, stdout=StringIO())
    return str(caught.value)


def test_a_full_disk_is_told_of_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=full, write=full.write))
        said = refused()
    assert said == "Standard output cannot be written: the disk is full."


def test_an_existing_file_is_overwritten_where_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    file.write_text("Mine.")
    assert "--force" in refused("--output", str(file))
    assert file.read_text() == "Mine."
    call_command("export", "--output", str(file), "--force", stdout=StringIO())
    assert file.read_text().startswith('{"type":"archive"')


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_a_folder_is_told_as_one(tmp_path: Path, force: list[str]) -> None:
    said = refused("--output", str(tmp_path), *force)
    assert said == f"{tmp_path} cannot be written: it is a folder."


@pytest.mark.parametrize(
    "option", ["--format=csv", "--page=Talk:Plan", "--author=Ada", "--search=lamps"]
)
def test_a_list_of_takedowns_is_of_all_or_of_a_wiki(option: str, tmp_path: Path) -> None:
    said = refused("--takedowns-since=2024-01-01", option, "--output", str(tmp_path / "since"))
    assert "lists all takedowns" in said
    assert not list(tmp_path.iterdir())
