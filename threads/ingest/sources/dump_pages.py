"""A page of a dump as it can be imported, or the reason why it cannot."""

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import BigIntegerField
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from threads.edits import Edit
from threads.ingest.errors import BadInput
from threads.ingest.files.export_parts import Damage, DumpRevision, PageHead
from threads.ingest.files.text import saved
from threads.ingest.titles import given_title, named_title

from . import PageRevision, Unusable
from .edits import clean_edit

WIKITEXT = "wikitext"
OTHER_MODEL = "model"  # what is wrong with a page that is no wikitext
MOST = BigIntegerField.MAX_BIGINT  # that the database holds
SHOWN = 80  # characters of something wrong that a message repeats


def age(revision: DumpRevision) -> tuple[str, int]:
    """What is greater for the later of two revisions; the times are written alike."""
    number = revision.number
    return revision.timestamp, int(number) if number.isdecimal() and len(number) < 20 else 0


def given(head: PageHead, revision: DumpRevision | None, at: int) -> PageRevision:
    """A page's revision; `at` is how far the source has come. Raises BadInput."""
    if head.wrong:
        raise BadInput("text", _("%s Export the page again.") % head.wrong)
    title = given_title(head.title)
    if revision is None:
        raise BadInput(
            "text", _("The file contains no revision of this page. Export the page again.")
        )
    text = wikitext(revision)
    number, page = _number(revision.number), _number(head.number)
    return PageRevision(title, text, number, _time(revision), page, at, _edit(revision))


def redirecting(head: PageHead, target: str, file: str, at: int) -> Unusable:
    """Why a redirect is not taken; `target` is "" where the file does not tell it."""
    target = Truncator(target).chars(SHOWN)
    reason = _("Redirect to “%s” (skipped).") % target if target else _("Redirect (skipped).")
    return Unusable(_title(head, file), reason, failed=False, at=at)


def unusable(
    head: PageHead, revision: DumpRevision | None, reason: str, file: str, at: int, *, failed: bool
) -> Unusable:
    """Why a page, or its revision, cannot be taken; `file` is its file's name."""
    return Unusable(_title(head, file), _said_of(revision, reason), failed, at)


def broken(damage: Damage, file: str, at: int) -> Unusable:
    """What is said of a broken place in a file: of the page that is there, if one is."""
    where = _("Byte %(byte)s of %(file)s") % {"byte": damage.byte, "file": file}
    title = _title(damage.head, file) if damage.head else where
    remedy = _("If the file is damaged, download it again.")
    return Unusable(title, f"{damage.reason} {remedy}", at=at)


def _title(head: PageHead, file: str) -> str:
    """By which the import's record names the page: two pages are never called the same."""
    try:
        return given_title(head.title)
    except BadInput:
        return _("%(title)s (byte %(byte)s of %(file)s)") % {
            "title": named_title(head.title),
            "byte": head.byte,
            "file": file,
        }


def _said_of(revision: DumpRevision | None, reason: str) -> str:
    if revision is None or not revision.number:
        return reason
    return _("Revision %(number)s: %(reason)s") % {
        "number": Truncator(revision.number).chars(SHOWN),
        "reason": reason,
    }


def wikitext(revision: DumpRevision) -> str:
    """Its wikitext. Raises BadInput where there is none, or where it is not known for certain."""
    if revision.model not in ("", WIKITEXT):
        raise BadInput(
            OTHER_MODEL,
            _("Content model “%s” is not supported (only wikitext).")
            % Truncator(revision.model).chars(SHOWN),
        )
    if revision.wrong:
        raise BadInput("text", _("%s Export the page again.") % revision.wrong)
    if revision.suppressed:
        raise BadInput("text", _("The text of this revision is hidden on the wiki."))
    if revision.too_large:
        raise BadInput(
            "text",
            _("This page exceeds the limit of %s. Increase MAX_PAGE_BYTES and import it again.")
            % filesizeformat(settings.MAX_PAGE_BYTES),
        )
    if revision.text is None:
        raise BadInput(
            "text",
            _(
                "The file contains no text for this page. Use a dump with content, such as "
                "“pages-articles” or “pages-meta-current”."
            ),
        )
    return saved(revision.text)


def _edit(revision: DumpRevision) -> Edit:
    parent = revision.parent
    is_number = parent.isdecimal() and len(parent) <= len(str(MOST)) and int(parent) <= MOST
    return clean_edit(
        revision.user,
        revision.summary,
        minor=revision.minor,
        user_hidden=revision.user_hidden,
        summary_hidden=revision.summary_hidden,
        parent_number=int(parent) if is_number else None,
    )


def _number(given: str) -> int:
    """A page's or a revision's number. Raises BadInput."""
    if given.isdecimal() and len(given) <= len(str(MOST)) and 0 < int(given) <= MOST:
        return int(given)
    raise BadInput(
        "number",
        _("Invalid page or revision ID “%s”. Export the page again.")
        % Truncator(given).chars(SHOWN),
    )


def _time(revision: DumpRevision) -> datetime:
    """When it was saved, in UTC. Raises BadInput."""
    try:
        time = datetime.fromisoformat(revision.timestamp)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            "timestamp",
            _("Invalid timestamp “%s”. Export the page again.")
            % Truncator(revision.timestamp).chars(SHOWN),
        ) from error
