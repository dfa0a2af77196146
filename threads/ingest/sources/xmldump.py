"""Pages from MediaWiki's XML: what Special:Export gives, and dumps of whole wikis."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from threads.ingest.errors import BadInput
from threads.ingest.exportxml import DumpRevision, Head, PageEnd, read_export
from threads.ingest.siteinfo import SiteInfo
from threads.ingest.text import saved
from threads.ingest.titles import given_title
from threads.models import Wiki
from threads.wikitext.languages import profile_for
from threads.wikitext.timestamps import TimestampPattern

from . import PageRevision, Source, Unusable

PROJECT = 4  # the namespace of a wiki's own pages: noticeboards, votes, village pumps
WIKITEXT = "wikitext"
MOST = 2**63 - 1  # that the database holds
SHOWN = 80  # characters of something wrong that a message repeats


def dump_info(paths: Sequence[Path]) -> SiteInfo:
    """What the files say of the wiki that they are from. Raises BadInput, SourceBroke.

    BadInput where a file is no export, or they are from several wikis.
    """
    found: SiteInfo | None = None
    for path in paths:
        with closing(read_export(path)) as parts:
            first = next(parts, (None, 0))[0]
        info = first if isinstance(first, SiteInfo) else SiteInfo()
        if found and info.dbname != found.dbname:
            raise BadInput(
                "file",
                _("%(name)s is from the wiki “%(one)s”, not “%(other)s”: import it by itself.")
                % {"name": path.name, "one": info.dbname, "other": found.dbname},
            )
        found = found or info
    return found or SiteInfo()


def xmldump(
    paths: Sequence[Path], *, wiki: Wiki, history: bool = False, project: bool = False
) -> Source:
    """The talk pages in files of MediaWiki's export format, in the order of the files.

    In: `history` takes all revisions that a file has, not only each page's latest;
    `project` takes the project's own pages as well where somebody signed them.
    Progress is counted in bytes of the files. Raises BadInput for a file that is not there;
    reading raises what `read_export` does.
    """
    try:
        total = sum(path.stat().st_size for path in paths)
    except (OSError, ValueError) as error:
        raise BadInput("file", _("A dump cannot be read: %s. Check the path.") % error) from error
    parameters = {
        "paths": [str(path.resolve()) for path in paths],
        "history": history,
        "project": project,
    }
    return Source("dump", _Dump(paths, wiki, history, project), total, parameters)


def xmldump_again(wiki: Wiki, parameters: Mapping[str, Any]) -> Source:
    """The same source from its parameters. Raises BadInput."""
    return xmldump(
        [Path(path) for path in parameters["paths"]],
        wiki=wiki,
        history=parameters["history"],
        project=parameters["project"],
    )


class _Dump:
    """The revisions in some files, read anew by every iteration."""

    def __init__(self, paths: Sequence[Path], wiki: Wiki, history: bool, project: bool) -> None:
        self._paths = paths
        self._wiki = wiki
        self._history = history
        self._project = project
        self._timestamps = TimestampPattern(
            profile_for(wiki.language, wiki.timezone, wiki.profile, wiki.known_as)
        )

    def __iter__(self) -> Iterator[PageRevision | Unusable]:
        before = 0
        for path in self._paths:
            yield from self._file(path, before)
            before += path.stat().st_size

    def _file(self, path: Path, before: int) -> Iterator[PageRevision | Unusable]:
        """One file's; `before` is the size of those before it."""
        head = Head()
        held: DumpRevision | None = None  # the page's latest so far
        for part, at in read_export(path, self._is_wanted):
            if isinstance(part, Head):
                head, held = part, None
            elif isinstance(part, DumpRevision):
                if held and self._history:
                    yield from self._given(head, held, before + at, is_last=False)
                if not held or self._history or _age(part) >= _age(held):
                    held = part
            elif isinstance(part, PageEnd):
                yield from self._given(head, held, before + at, is_last=True)

    def _is_wanted(self, head: Head) -> bool:
        """Talk namespaces have odd numbers, on every wiki."""
        if not head.namespace.isdecimal() or len(head.namespace) > len(str(MOST)):
            return False
        number = int(head.namespace)
        return number % 2 == 1 or (self._project and number == PROJECT)

    def _given(
        self, head: Head, revision: DumpRevision | None, at: int, *, is_last: bool
    ) -> Iterator[PageRevision | Unusable]:
        """A page's revision as it can be imported, or why not; nothing for what is not asked."""
        try:
            title = given_title(head.title)
            if head.redirect is not None:
                if is_last:
                    reason = _("It redirects to “%s”.") % Truncator(head.redirect).chars(SHOWN)
                    yield Unusable(title, reason, failed=False, at=at)
                return
            if revision is None:
                raise BadInput("text", _("The file has no revision of it. Export it again."))
            text = _text(revision)
            if int(head.namespace) == PROJECT and not self._timestamps.find(text):
                return
            yield PageRevision(
                title, text, _number(revision.number), _time(revision), _number(head.number), at
            )
        except BadInput as error:
            # Of an earlier revision the wiki may have hidden the text for good.
            failed = is_last or not (revision and revision.suppressed)
            title = Truncator(head.title).chars(SHOWN) or "?"
            yield Unusable(title, _said_of(revision, str(error)), failed, at)


def _age(revision: DumpRevision) -> tuple[str, int]:
    """What is greater for the later of two revisions; the times are written alike."""
    number = revision.number
    return revision.timestamp, int(number) if number.isdecimal() and len(number) < 20 else 0


def _said_of(revision: DumpRevision | None, reason: str) -> str:
    if revision is None or not revision.number:
        return reason
    return _("Revision %(number)s: %(reason)s") % {
        "number": Truncator(revision.number).chars(SHOWN),
        "reason": reason,
    }


def _text(revision: DumpRevision) -> str:
    """Its wikitext. Raises BadInput where there is none."""
    if revision.model not in ("", WIKITEXT):
        raise BadInput(
            "text",
            _("It is no wikitext but “%s”, which has no signed comments to be found.")
            % Truncator(revision.model).chars(SHOWN),
        )
    if revision.suppressed:
        raise BadInput("text", _("The wiki has hidden its text from everybody."))
    if revision.too_large:
        raise BadInput(
            "text",
            _(
                "It is larger than %s, which is the most that a page may have. "
                "Raise MAX_PAGE_BYTES in the archive's settings, and import it again."
            )
            % filesizeformat(settings.MAX_PAGE_BYTES),
        )
    if revision.text is None:
        raise BadInput(
            "text",
            _("The file has no text for it. Take a dump with texts, such as “pages-articles”."),
        )
    return saved(revision.text).replace("\r\n", "\n").replace("\r", "\n")


def _number(given: str) -> int:
    """A page's or a revision's number. Raises BadInput."""
    if given.isdecimal() and len(given) <= len(str(MOST)) and 0 < int(given) <= MOST:
        return int(given)
    raise BadInput(
        "number",
        _("“%s” is no number of a page or revision. Export it again.")
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
            _("“%s” is no time. Export it again.") % Truncator(revision.timestamp).chars(SHOWN),
        ) from error
