"""What a message says that helps, helps: each fault of a file, mended as it is told."""

import bz2
import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.ingest.exports import export, many
from threads.doctor.imports import imports
from threads.models import ImportRun, TalkPage

pytestmark = pytest.mark.django_db

WHOLE = export(*many(3)).encode()
COMMAND = re.compile(r"“?python3 manage\.py ([a-z_]+ \d+)”?")


class Case(NamedTuple):
    spoil: Callable[[bytes], bytes]
    said: str  # the fault, with what helps
    limits: dict[str, int] = {}  # settings that make it a fault, and whose default helps
    stays: bool = False  # the file is as it should be


def cut(data: bytes) -> bytes:
    return data[: data.index(b"Talk:Lamp 3")]


CASES = {
    "cut off": Case(cut, "Download it again."),
    "cut off, packed": Case(lambda data: gzip.compress(data)[:-20], "Download it again."),
    "damaged, packed": Case(lambda data: gzip.compress(data)[:-8] + bytes(8), "Download it again."),
    "packed twice": Case(lambda data: gzip.compress(bz2.compress(data)), "Decompress it once."),
    "packed otherwise": Case(lambda data: b"PK\x03\x04" + data, "Decompress it first."),
    "empty": Case(lambda data: b"", "is empty."),
    "no export": Case(lambda data: b"<html></html>", "Choose a file from Special:Export"),
    "a broken page": Case(
        lambda data: data.replace(b"<title>Talk:Lamp 2", b"<title>&x;"), "download it again."
    ),
    "an odd number": Case(
        lambda data: data.replace(b"<id>2</id>", b"<id>x</id>", 1), "Export the page again."
    ),
    "no text": Case(
        lambda data: re.sub(rb"<text.*?</text>", b"", data, count=1, flags=re.S),
        "Use a dump with content",
    ),
    "another wiki behind it": Case(
        lambda data: data + data.replace(b"lanternwiki", b"lampwiki"),
        "Split the file and import each wiki separately.",
    ),
    "a large page": Case(bytes, "Increase MAX_PAGE_BYTES", {"MAX_PAGE_BYTES": 20}, stays=True),
}


def told(*command: str) -> tuple[int, str]:
    """The exit status of a command, and all that it says."""
    output = io.StringIO()
    try:
        call_command(*command, stdout=output, stderr=output, processes=1)
    except CommandError as error:
        return error.returncode, f"{output.getvalue()}{error}"
    return 0, output.getvalue()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("from_doctor", [False, True])
def test_what_is_said_of_a_file_helps(
    tmp_path: Path, settings: Settings, case: Case, from_doctor: bool
) -> None:
    file = tmp_path / "dump.xml"
    file.write_bytes(case.spoil(WHOLE))
    before = {name: getattr(settings, name) for name in case.limits}
    for name, value in case.limits.items():
        setattr(settings, name, value)
    status, said = told("import_dump", str(file))
    logs = "\n".join(run.log for run in ImportRun.objects.all())
    items = "\n".join(item.log for run in ImportRun.objects.all() for item in run.items.all())
    assert status and case.said in f"{said}{logs}{items}", said

    if from_doctor:
        said = " ".join(finding.remedy for finding in imports() if finding.failed)
    for name, value in before.items():
        setattr(settings, name, value)
    assert case.stays or status == 2 or "replace it with an undamaged copy" in said
    file.write_bytes(WHOLE)
    command = COMMAND.search(said)
    assert bool(command) == (status == 1), said
    again = command[1].split() if command else ["import_dump", str(file)]

    status, said = told(*again)

    assert status == 0, said
    assert TalkPage.objects.count() == 3
    assert not [finding for finding in imports() if finding.failed]
