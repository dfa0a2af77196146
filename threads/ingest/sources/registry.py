"""Every kind of source that there is; a new one is a module of its own and a line here."""

from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.ingest.wikis.unsettled import of_source
from threads.models import ImportRun

from . import Source, demo, dump, live_wiki, paste, upload
from .kinds import Reopen, SourceKind

KINDS = (paste.KIND, upload.KIND, dump.KIND, live_wiki.KIND, demo.KIND)


def kind_named(name: str) -> SourceKind | None:
    """The kind that imports are stored with by this name; None where there is none any more."""
    return next((kind for kind in KINDS if kind.name == name), None)


def about_numbers(name: str) -> str:
    """What helps where a revision's number is that of another text; in: a kind's name."""
    kind = kind_named(name)
    if kind is None or kind.reopen is None:  # somebody typed it
        return _("Check the revision ID, or leave it empty.")
    return _(
        "The source may be of another wiki: check its database name, or import it under another "
        "one."
    )


def label_of(run: ImportRun) -> str:
    """What an admin reads of where a run's text came from."""
    kind = kind_named(run.source)
    return str(kind.label) if kind else run.source


def source_of(run: ImportRun) -> Source:
    """The source of a run, made again: by whoever works on a run that is queued, or goes on.

    Raises BadInput where the source is not there any more, or was never to be read twice.
    """
    _kind, reopen = _reopening(run)
    return reopen(run.wiki, of_source(run))


def check_source(run: ImportRun) -> None:
    """Raises BadInput where `source_of` would, as far as no other server is asked."""
    kind, reopen = _reopening(run)
    if kind.is_here:
        reopen(run.wiki, of_source(run))


def _reopening(run: ImportRun) -> tuple[SourceKind, Reopen]:
    kind = kind_named(run.source)
    if kind is None or kind.reopen is None:
        raise BadInput(
            "source",
            _("Imports from “%(source)s” cannot be resumed. Import the page again.")
            % {"source": label_of(run)},
        )
    return kind, kind.reopen
