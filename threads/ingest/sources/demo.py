"""The demo archive: talk pages that were written for this project."""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from threads.models import Wiki

from . import PageRevision, Source, Unusable
from .kinds import SourceKind
from .upload import upload


def demo(folder: Path) -> Iterator[tuple[Wiki, Source]]:
    """The pages that `folder`/pages.toml lists, as a source for each of its wikis.

    A wiki that is not in the archive yet is given unsaved. Raises BadInput.
    """
    listed = _listed(folder)
    for dbname, _entries in groupby(listed["pages"], _wiki_of):
        facts = listed["wikis"][dbname]
        wiki = Wiki.objects.settled().filter(dbname=dbname).first() or Wiki(dbname=dbname, **facts)
        yield wiki, demo_pages(wiki, {"folder": str(folder)})


def demo_pages(wiki: Wiki, parameters: Mapping[str, Any]) -> Source:
    """The listed pages of one wiki. Raises BadInput."""
    folder = Path(parameters["folder"])
    entries = [entry for entry in _listed(folder)["pages"] if _wiki_of(entry) == wiki.dbname]
    return Source(KIND.name, _revisions(wiki, folder, entries), len(entries), parameters)


def _revisions(
    wiki: Wiki, folder: Path, entries: list[dict[str, Any]]
) -> Iterator[PageRevision | Unusable]:
    for entry in entries:
        yield from upload(
            (folder / entry["file"]).read_bytes(),
            entry["file"],
            wiki=wiki,
            title=entry["title"],
            number=entry["revision"],
            timestamp=entry["timestamp"],
        ).revisions


def _listed(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pages.toml").read_text(encoding="utf-8"))


def _wiki_of(entry: dict[str, Any]) -> str:
    return Path(entry["file"]).parent.name


KIND = SourceKind("demo", gettext_lazy("Demo pages"), reopen=demo_pages, is_here=True)
