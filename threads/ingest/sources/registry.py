"""Every kind of source that there is; a new one is a module of its own and a line here."""

from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.ingest.files.uploads import is_upload, place_of
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


def about_going_on(run: ImportRun) -> str:
    """What helps a run, or a page of it, that was ended by what is no fault of its source: once
    that is mended."""
    kind = kind_named(run.source)
    if kind and kind.reopen:
        return _("Nothing imported so far is lost; resume the import after that.")
    return _("After that, import the page again.")


def about_damage(run: ImportRun) -> str:
    """What to do first where the fault is in a run's file; "" where it was read from none."""
    paths = run.parameters.get("paths", ())
    if not paths:
        return ""
    if any(is_upload(place_of(path)) for path in paths):
        return _(
            "If the file is damaged, upload an undamaged copy as a new import instead. Nothing is "
            "stored twice."
        )
    return _("If the file is damaged, replace it with an undamaged copy first.")


def why_not_resumed(run: ImportRun) -> str:
    """Why a run cannot go on, and what to do instead; "" where it can, as far as no other server
    is asked."""
    try:
        kind, reopen = _reopening(run)
    except BadInput as error:
        return str(error)
    try:
        if kind.is_here:
            _reopened(run, reopen)
    except BadInput as error:
        return f"{error} {_('Import it again. Nothing is stored twice.')}"
    return ""


def label_of(run: ImportRun) -> str:
    """What an admin reads of where a run's text came from."""
    kind = kind_named(run.source)
    return str(kind.label) if kind else run.source


def source_of(run: ImportRun) -> Source:
    """The source of a run, made again: by whoever works on a run that is queued, or goes on.

    Raises BadInput where the source is not there any more, or was never to be read twice.
    """
    _kind, reopen = _reopening(run)
    return _reopened(run, reopen)


def _reopening(run: ImportRun) -> tuple[SourceKind, Reopen]:
    kind = kind_named(run.source)
    if kind is None or kind.reopen is None:
        raise _not_resumed(run)
    return kind, kind.reopen


def _reopened(run: ImportRun, reopen: Reopen) -> Source:
    try:
        return reopen(run.wiki, of_source(run))
    except KeyError as missing:  # of an earlier version, which kept other parameters
        raise _not_resumed(run) from missing


def _not_resumed(run: ImportRun) -> BadInput:
    said = _("Imports from “%(source)s” cannot be resumed. Import the page again.")
    return BadInput("source", said % {"source": label_of(run)})
