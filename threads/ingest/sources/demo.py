"""The demo archive: talk pages that were written for this project."""

import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from threads.models import Wiki

from . import Source
from .upload import upload


def demo(folder: Path) -> Iterator[tuple[Wiki, Source]]:
    """The pages that `folder`/pages.toml lists, as a source for each of its wikis.

    A wiki that is not in the archive yet is given unsaved. Raises BadInput.
    """
    listed = tomllib.loads((folder / "pages.toml").read_text(encoding="utf-8"))
    for dbname, entries in groupby(listed["pages"], lambda entry: Path(entry["file"]).parent.name):
        facts = listed["wikis"][dbname]
        wiki = Wiki.objects.filter(dbname=dbname).first() or Wiki(dbname=dbname, **facts)
        files = [
            upload(
                (folder / entry["file"]).read_bytes(),
                entry["file"],
                wiki=wiki,
                title=entry["title"],
                number=entry["revision"],
                timestamp=entry["timestamp"],
            )
            for entry in entries
        ]
        yield wiki, Source("demo", [page for file in files for page in file.revisions])
