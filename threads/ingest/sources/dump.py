"""Pages from MediaWiki's XML: what Special:Export gives, and dumps of whole wikis."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from threads.ingest.errors import BadInput, SourceBroke
from threads.ingest.files.export_parts import Damage, DumpRevision, ExportPart, PageEnd, PageHead
from threads.ingest.files.export_xml import read_export
from threads.ingest.files.uploads import called, place_of
from threads.ingest.reasons import reason
from threads.ingest.wikis.siteinfo import SiteInfo
from threads.models import Wiki
from threads.wikitext.site.titles import namespace_number

from . import PageRevision, Source, Unusable
from .dump_pages import OTHER_MODEL, age, broken, given, redirecting, unusable
from .kinds import SourceKind
from .left_out import LeftOut
from .redirects import Redirects

PROJECT = 4  # the namespace of a wiki's own pages: noticeboards, votes, village pumps
NUMBER = re.compile(r"-?[0-9]{1,9}")


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
                _(
                    "%(name)s belongs to “%(one)s”, not “%(other)s”. Import the files of each wiki "
                    "separately."
                )
                % {"name": called(path), "one": info.dbname, "other": found.dbname},
            )
        found = found or info
    return found or SiteInfo()


def dump(
    paths: Sequence[Path], *, wiki: Wiki, history: bool = False, project: bool = False
) -> Source:
    """The talk pages in files of MediaWiki's export format, in the order of the files.

    In: `history` takes all revisions that a file has, not only each page's latest, but for those
    that only redirect;
    `project` takes the project's own pages as well where somebody signed them.
    Progress is counted in bytes of the files. Raises BadInput for a file that is not there;
    reading raises what `read_export` does.
    """
    sizes = {path.resolve(): _size(path) for path in paths}
    parameters = {"paths": [str(path) for path in sizes], "history": history, "project": project}
    twice = len(paths) > len(sizes)
    return Source(
        KIND.name,
        revisions := _Dump(sizes, wiki, history, project),
        sum(sizes.values()),
        parameters,
        [_("A file was listed twice and is imported once.")] if twice else [],
        revisions.left,
    )


def _size(path: Path) -> int:
    """A file's bytes. Raises BadInput where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError) as error:
        raise BadInput(
            "file",
            _("Could not read %(name)s: %(reason)s.") % {"name": path, "reason": reason(error)},
        ) from error


def _reopen(wiki: Wiki, parameters: Mapping[str, Any]) -> Source:
    return dump(
        [place_of(path) for path in parameters["paths"]],
        wiki=wiki,
        history=parameters["history"],
        project=parameters["project"],
    )


KIND = SourceKind("dump", gettext_lazy("XML export or dump"), reopen=_reopen, is_here=True)


class _Dump:
    """The revisions in some files, read anew by every iteration.

    In: the files with their sizes in bytes. `left` counts what they have besides.
    """

    def __init__(self, sizes: Mapping[Path, int], wiki: Wiki, history: bool, project: bool) -> None:
        self._sizes = sizes
        self._wiki = wiki
        self._history = history
        self._project = project
        self._redirects = Redirects(wiki)
        self.left = LeftOut(self._namespace_name)
        self._dbname = ""  # as the files tell it
        self._head = PageHead()  # of the page that is read
        self._held: DumpRevision | None = None  # its latest so far
        self._signed = False  # one of its revisions is

    def __iter__(self) -> Iterator[PageRevision | Unusable]:
        self.left.clear()
        self._dbname = ""
        before = 0
        for path, size in self._sizes.items():
            for part, at in read_export(path, self._is_wanted):
                yield from self._given(part, called(path), before + at)
            before += size

    def _given(self, part: ExportPart, file: str, at: int) -> Iterator[PageRevision | Unusable]:
        """What comes with a part of a file."""
        match part:
            case SiteInfo():
                self._check_wiki(part, file)
            case PageHead():
                self._head, self._held, self._signed = part, None, False
            case DumpRevision():
                if self._held and self._history:
                    yield from self._revision(file, at, is_last=False)
                if not self._held or self._history or age(part) >= age(self._held):
                    self._held = part
            case PageEnd(head, model):
                self.left.counts["pages"] += 1
                if self._is_wanted(head):
                    self.left.refuse(model)
                    yield from self._page(head, file, at)
                else:
                    self.left.leave(self._namespace(head), model)
                self._held = None
            case Damage(head):
                kinds = ("pages", "taken") if head else ("places",)
                self.left.counts.update(kinds)
                if self._held and self._history:
                    yield from self._revision(file, at, is_last=False)
                self._held = None
                yield broken(part, file, at)

    def _page(self, head: PageHead, file: str, at: int) -> Iterator[PageRevision | Unusable]:
        """The last of a page, or all."""
        if head.redirect is not None and not self._history:
            yield redirecting(head, head.redirect, file, at)
        else:
            yield from self._revision(file, at, is_last=True)
        is_taken = self._signed or self._namespace(head) != PROJECT
        self.left.counts["taken" if is_taken else "unsigned"] += 1

    def _revision(self, file: str, at: int, *, is_last: bool) -> Iterator[PageRevision | Unusable]:
        """The revision that was held, or why not; nothing where the page is not asked for."""
        head, revision = self._head, self._held
        try:
            found = given(head, revision, at)
        except BadInput as error:
            self._signed = True  # it may be, and is told
            # Of an earlier revision the wiki may have hidden the text for good; what is no wikitext
            # is nothing to try again.
            hidden = not is_last and revision is not None and revision.suppressed
            failed = not hidden and error.field != OTHER_MODEL
            yield unusable(head, revision, str(error), file, at, failed=failed)
            return
        if self._namespace(head) == PROJECT and not self._signed:
            self._signed = bool(self._redirects.timestamps.find(found.text))
            if not self._signed:
                return
        target = self._redirects.target(found.text) if self._history else ""
        if not target:
            yield found
        elif is_last:
            yield redirecting(head, target, file, at)

    def _is_wanted(self, head: PageHead) -> bool:
        """Talk namespaces have odd numbers, on every wiki."""
        if not (head.title.strip() or NUMBER.fullmatch(head.namespace.strip())):
            return True  # whatever it is, it is named as broken
        number = self._namespace(head)
        return (number > 0 and number % 2 == 1) or (self._project and number == PROJECT)

    def _namespace(self, head: PageHead) -> int:
        """Its number; of an old export, which has none, by the title."""
        given = head.namespace.strip()
        return int(given) if NUMBER.fullmatch(given) else namespace_number(head.title, self._wiki)

    def _namespace_name(self, number: int) -> str:
        return str(self._wiki.namespaces.get(str(number), {}).get("name", ""))

    def _check_wiki(self, info: SiteInfo, file: str) -> None:
        """Raises SourceBroke where the pages from here on are from another wiki."""
        self._dbname = self._dbname or info.dbname
        if info.dbname not in ("", self._dbname):
            raise SourceBroke(
                _(
                    "%(name)s also contains pages of “%(one)s”, not only “%(other)s”. Split the "
                    "file "
                    "and import each wiki separately."
                )
                % {"name": file, "one": info.dbname, "other": self._dbname}
            )
