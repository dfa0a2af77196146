"""Imports, previews and reparses: a source's revisions are parsed, stored and recorded."""

import logging
import traceback
from dataclasses import asdict, dataclass
from time import perf_counter

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from threads.models import ImportItem, ImportRun, TalkPage, Wiki
from threads.models.imports import State
from threads.store import RevisionConflict, Stored, compare_page, read_text, store_page
from threads.wikitext import ParsedPage

from .errors import BadInput
from .sources import PageRevision, Source, Unusable
from .wikis import check_wiki

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring; nothing of it is stored."""

    parsed: ParsedPage
    stored: Stored  # page, counts: what would become of what the archive has


def run_import(wiki: Wiki, source: Source, user: User | None = None) -> ImportRun:
    """Import all that a source gives, and record it; a new wiki is saved first.

    A page that fails is left as it was, and its item's log says why; the others go on.
    """
    if wiki._state.adding:
        wiki.save()
    run = ImportRun.objects.create(source=source.name, wiki=wiki, user=user, state=State.RUNNING)
    state = State.FAILED
    try:
        done = [_import(run, revision) for revision in source.revisions]
        if all(done):
            state = State.DONE
    finally:
        run.state = state
        run.finished_at = timezone.now()
        run.save()
    return run


def preview(wiki: Wiki, revision: PageRevision) -> Preview:
    """What importing a revision would do. Raises BadInput."""
    check_wiki(wiki)
    parsed = read_text(wiki, revision.title, revision.text)
    try:
        stored = compare_page(
            wiki,
            parsed,
            revision.text,
            number=revision.number,
            timestamp=revision.timestamp,
            page_number=revision.page_number,
        )
    except RevisionConflict as error:
        raise BadInput("number", str(error)) from error
    return Preview(parsed, stored)


def reparse(page: TalkPage) -> Stored:
    """Make a page's rows anew from its current revision, with the parser of today."""
    revision = page.current_revision
    if revision is None:
        raise ValueError(f"{page} has no revision to read.")
    text = revision.text
    parsed = read_text(page.wiki, page.title, text)
    return store_page(
        page.wiki,
        parsed,
        text,
        number=revision.number,
        timestamp=revision.timestamp,
        page_number=page.number,
    )


def _import(run: ImportRun, revision: PageRevision | Unusable) -> bool:
    """Import one page and record it; out: whether it is done."""
    item, _created = ImportItem.objects.get_or_create(run=run, title=revision.title)
    begin = perf_counter()
    if isinstance(revision, Unusable):
        item.state = State.FAILED if revision.failed else State.SKIPPED
        item.log = revision.reason
        item.save()
        return not revision.failed
    try:
        parsed = read_text(run.wiki, revision.title, revision.text)
        stored = store_page(
            run.wiki,
            parsed,
            revision.text,
            number=revision.number,
            timestamp=revision.timestamp,
            page_number=revision.page_number,
        )
    except RevisionConflict as error:
        item.state = State.FAILED
        item.log = str(error)
    except Exception:
        # Whatever one page meets, the others are to be imported and its log is to tell.
        log.exception("The import of “%s” failed.", revision.title)
        item.state = State.FAILED
        item.log = traceback.format_exc()
    else:
        item.state = State.DONE
        item.page, item.revision = stored.page, stored.revision
        item.counts = asdict(stored.counts)
        item.log = "\n".join(remarks(parsed, stored))
    item.seconds = round(perf_counter() - begin, 3)
    item.save()
    return item.state == State.DONE


def remarks(parsed: ParsedPage, stored: Stored) -> list[str]:
    """What an import has to say beyond its counts, a sentence each."""
    said = [problem.message for problem in parsed.problems]
    if stored.outdated:
        said.append(
            _("A later revision of this page is in the archive: this one is kept, not shown.")
        )
    return said
