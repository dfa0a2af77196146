"""Exports tell what editors of the archive corrected."""

import io
import json
from zipfile import ZipFile

import pytest

from threads.export import FORMATS, Selection
from threads.ingest.repairing import make_repair
from threads.ingest.runs.runner import start_run
from threads.ingest.sources.paste import paste
from threads.models import Comment, Wiki

pytestmark = pytest.mark.django_db

TEXT = (
    "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n\n"
    "Yes. [[User:Ben]] 11:00, 1 May 2019 (UTC)\n"
)
TOLD = {
    "csv": ",author parent\r\n",
    "csv-raw": ",author parent\r\n",
    "markdown": " (corrected: author, parent)",
    "html": " (corrected: author, parent)",
    "mbox": "X-Corrected: author, parent\n",
    "convokit": '"corrected":"author parent"',
    "tei": ' subtype="corrected"',
}


def test_each_format_with_comments_as_they_are_now_tells_what_was_corrected() -> None:
    wiki = Wiki.objects.create(dbname="lanternwiki")
    start_run(wiki, paste(TEXT, wiki=wiki, title="Talk:Lights"))
    before = {form: exported(form).count(told) for form, told in TOLD.items()}

    make_repair(by("Ben"), "author", {"author": "Dag"})
    make_repair(by("Dag"), "parent", {"parent": by("Ada").ident, "name": by("Ada").name})

    assert set(before.values()) == {0}
    assert {form: exported(form).count(told) for form, told in TOLD.items()} == dict.fromkeys(
        TOLD, 1
    )
    assert set(TOLD) == set(FORMATS) - {"jsonl", "wikiconv"}


def by(name: str) -> Comment:
    return Comment.objects.current().get(author__name=name)


def exported(form: str) -> str:
    data = b"".join(FORMATS[form].write(Selection()))
    if form != "convokit":
        return data.decode()
    lines = ZipFile(io.BytesIO(data)).read("utterances.jsonl").splitlines()
    return "\n".join(json.dumps(json.loads(line), separators=(",", ":")) for line in lines)
